import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { EarshotError, Recording } from '../../client/index.js';
import { asError, errorText } from '../errors.js';
import { shortSid } from '../format.js';
import { say } from '../messages.js';
import type { Shell } from '../shell/shell.js';
import { controls, dialogs, tokens } from '../shell/styles.js';
import { momentOf } from './row.js';

/**
 * Asks before a recording is deleted, and deletes it.
 *
 * @fires {CustomEvent<string>} console-deleted - The SID of the recording that is gone
 */
export class DeleteDialog extends LitElement {
  static override styles = [tokens, controls, dialogs];

  @property({ attribute: false }) shell!: Shell;
  @state() private recording: Recording | undefined;
  @state() private isWorking = false;
  @state() private error: EarshotError | undefined;

  /** Asks about one recording. */
  async ask(recording: Recording): Promise<void> {
    this.recording = recording;
    this.error = undefined;
    this.isWorking = false;
    await this.updateComplete;
    // The harmless answer has the focus: nothing is deleted by pressing Enter once too often.
    this.#dialog?.showModal();
  }

  protected override render(): TemplateResult {
    return html`<dialog aria-labelledby="title" aria-describedby="text" @cancel=${this.#onCancel}>
      ${this.#content()}
    </dialog>`;
  }

  #content(): TemplateResult | typeof nothing {
    const { recording, isWorking, error } = this;
    if (!recording) return nothing;
    const { locale } = this.shell;
    const facts = { sid: shortSid(recording.recordingSid), ...momentOf(recording, locale) };
    return html`<h2 id="title">${say(locale, 'deleteTitle')}</h2>
      <div id="text">
        <p>${say(locale, 'deleteText', facts)}</p>
        <p class="muted">${say(locale, 'deleteTwilio')}</p>
      </div>
      ${error ? this.#errorView(error) : nothing}
      <div class="answers">
        <button type="button" autofocus aria-disabled=${isWorking} @click=${() => this.#cancel()}>
          ${say(locale, 'cancel')}
        </button>
        <button class="danger" type="button" aria-disabled=${isWorking} @click=${() => void this.#delete(recording)}>
          ${say(locale, isWorking ? 'deleting' : 'deleteYes')}
        </button>
      </div>`;
  }

  #errorView(error: EarshotError): TemplateResult {
    const { title, hint, code } = errorText(this.shell.locale, error);
    return html`<div class="trouble" role="alert">
      <div>
        <strong>${title}</strong>
        <p>${hint} <span class="code">${code}</span></p>
      </div>
    </div>`;
  }

  #cancel(): void {
    if (!this.isWorking) this.#dialog?.close();
  }

  /** What is being deleted cannot be called back, so nothing may look as if it were. */
  #onCancel(event: Event): void {
    if (this.isWorking) event.preventDefault();
  }

  async #delete(recording: Recording): Promise<void> {
    if (this.isWorking) return;
    const { recordingSid } = recording;
    this.isWorking = true;
    this.error = undefined;
    try {
      await this.shell.api.remove(recordingSid);
      this.dispatchEvent(new CustomEvent('console-deleted', { detail: recordingSid }));
    } catch (error) {
      // A browser may close the dialog whatever is said, and it may be about another recording by now.
      if (this.recording === recording) this.error = asError(error);
    }
    if (this.recording !== recording) return;
    this.isWorking = false;
    if (!this.error) this.#dialog?.close();
  }

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector('dialog');
  }
}
