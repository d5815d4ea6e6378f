import { html, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { FailureGroup, Failures } from '../api.js';
import { NO_FILTER, type Filter } from '../filter.js';
import { formatMoment } from '../format.js';
import * as icons from '../icons.js';
import { explain } from '../locales/reasons.js';
import { reasonName, say, sayCount } from '../messages.js';
import { hashOf } from '../route.js';
import { AdminPage } from '../shell/admin-page.js';
import { controls, dialogs, tokens } from '../shell/styles.js';
import { tenantView } from '../shell/tenant-view.js';
import { emptyView, errorView, loadingView } from '../shell/views.js';
import { failuresStyles } from './page-styles.js';
import { redriveView } from './redrive-view.js';
import { Redrive } from './redrive.js';

/** What could not be fetched, grouped by why, and the way to have it fetched again. */
export class FailuresPage extends AdminPage<Failures> {
  static override styles = [tokens, controls, dialogs, failuresStyles];

  @state() private redrive: Redrive | undefined;

  protected override ask(signal: AbortSignal): Promise<Failures> {
    return this.shell.api.failures(this.tenant, signal);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.redrive?.close();
  }

  protected override render(): TemplateResult {
    const { shell, tenant } = this;
    const { locale } = shell;
    return html`<div class="head">
        <h1>${say(locale, 'failures')}</h1>
        <p>${say(locale, 'failuresIntro')}</p>
      </div>
      ${tenantView(shell, 'failures', tenant)} ${this.#content()}
      <dialog aria-labelledby="title" @close=${() => this.#closed()}>
        ${this.redrive ? redriveView(locale, this.redrive, () => this.#dialog?.close()) : ''}
      </dialog>`;
  }

  #content(): TemplateResult {
    const { answer, error, shell } = this;
    const { locale } = shell;
    if (error) return errorView(locale, error, () => void this.load());
    if (!answer) return loadingView(locale);
    if (answer.reasons.length === 0)
      return html`<div class="card">
        ${emptyView(say(locale, 'failuresNone'), say(locale, 'failuresNoneHint'), icons.doneIcon())}
      </div>`;
    return html`<p class="total">${sayCount(locale, 'failuresTotal', answer.total)}</p>
      ${shell.rights.mayPlay && !this.#isOwn ? html`<p class="elsewhere">${say(locale, 'showElsewhere')}</p>` : ''}
      <ul class="groups">
        ${answer.reasons.map((group) => this.#groupView(group))}
      </ul>`;
  }

  #groupView(group: FailureGroup): TemplateResult {
    const { locale, rights } = this.shell;
    const name = reasonName(locale, group.reason);
    const { means, todo } = explain(locale.lang, group.reason);
    const retrying = group.retrying ?? 0;
    return html`<li class="card group">
      <div class="what">
        <h2>${name} ${group.final ? html`<span class="final">${say(locale, 'isFinal')}</span>` : ''}</h2>
        <p class="counts">
          <strong>${say(locale, 'failedCount', { count: group.count })}</strong>
          ${retrying > 0 ? html`<span>${say(locale, 'retryingCount', { count: retrying })}</span>` : ''}
          <span class="span">${this.#spanOf(group)}</span>
        </p>
        <p>${means}</p>
        <p class="todo"><b>${say(locale, 'whatToDo')}:</b> ${todo}</p>
        <p class="code" dir="ltr">${group.reason}</p>
      </div>
      <div class="acts">
        ${
          rights.mayPlay && this.#isOwn
            ? html`<a class="button" href=${hashOf({ page: 'recordings', filter: filterFor(group) })}
                >${say(locale, 'showThem')}<span class="unseen"> ${name}</span></a
              >`
            : ''
        }
        ${
          group.count > 0
            ? html`<button
                class=${group.final ? '' : 'primary'}
                type="button"
                aria-label=${say(locale, 'redriveOf', { reason: name })}
                @click=${() => void this.#redrive(group)}
              >
                ${say(locale, 'redrive')}
              </button>`
            : ''
        }
      </div>
    </li>`;
  }

  /** The list of recordings is that of the own tenant, whatever else an operator looks at here. */
  get #isOwn(): boolean {
    const { rights, session } = this.shell;
    return !rights.isOperator || (this.tenant !== '' && this.tenant === session.tenant);
  }

  #spanOf({ oldest, newest }: FailureGroup): string {
    const { locale } = this.shell;
    if (!newest) return '';
    const [first, last] = [formatMoment(oldest, locale.lang), formatMoment(newest, locale.lang)];
    return !oldest || first === last
      ? say(locale, 'spanOne', { newest: last })
      : say(locale, 'span', { oldest: first, newest: last });
  }

  async #redrive(group: FailureGroup): Promise<void> {
    const { api } = this.shell;
    const redrive = new Redrive(
      group,
      this.tenant,
      (wanted, signal) => api.redrive(wanted, signal),
      () => this.requestUpdate(),
    );
    this.redrive = redrive;
    void redrive.count();
    await this.updateComplete;
    this.#dialog?.showModal();
  }

  /** What was handed over is not failed any more. */
  #closed(): void {
    const { redrive } = this;
    this.redrive = undefined;
    redrive?.close();
    if (!redrive || redrive.state.is === 'counting' || redrive.state.is === 'asking') return;
    void redrive.settled.then(() => {
      if (this.isConnected) void this.load();
    });
  }

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector('dialog');
  }
}

function filterFor({ reason, count }: FailureGroup): Filter {
  const state = count > 0 ? 'failed' : 'waiting';
  return { ...NO_FILTER, state, reason: reason as Filter['reason'] };
}
