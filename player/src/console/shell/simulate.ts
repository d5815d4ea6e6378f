import { html, LitElement, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { callIcon } from '../icons.js';
import { Scope } from '../../element/scope.js';
import { say } from '../messages.js';
import type { Shell } from './shell.js';
import { controls, tokens } from './styles.js';

/** What the simulator says of the call that it made. */
interface Called {
  readonly recordingSid: string;
  /** What the gateway answered the webhook with; absent where that is sent later. */
  readonly webhookStatus?: number;
}

/** A call of two people, long enough for a waveform and short enough to be listened to. */
const CALL = { seconds: 42, channels: 2 };

/** A simulator on the same machine answers within moments. */
const PATIENCE_MILLIS = 15_000;

/**
 * Places a call in the local stack's simulator, so that a newcomer sees the whole way from a call to its waveform.
 *
 * @fires {CustomEvent<string>} console-called - The SID of the recording that will come
 */
export class SimulateButton extends LitElement {
  static override styles = [tokens, controls];

  @property({ attribute: false }) shell!: Shell;
  @state() private isCalling = false;
  #scope = new Scope();

  override connectedCallback(): void {
    super.connectedCallback();
    this.#scope = new Scope();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#scope.close();
  }

  protected override render(): TemplateResult {
    const { locale } = this.shell;
    return html`<button class="primary" type="button" aria-disabled=${this.isCalling} @click=${() => void this.#call()}>
      ${callIcon()} ${say(locale, this.isCalling ? 'simulating' : 'simulate')}
    </button>`;
  }

  async #call(): Promise<void> {
    if (this.isCalling) return;
    this.isCalling = true;
    const { locale, notify } = this.shell;
    try {
      const { recordingSid, webhookStatus = 204 } = await this.#place();
      const isTaken = webhookStatus >= 200 && webhookStatus < 300;
      notify(say(locale, isTaken ? 'simulated' : 'simulateRefused', { status: webhookStatus }));
      this.dispatchEvent(new CustomEvent('console-called', { detail: recordingSid }));
    } catch {
      if (!this.#scope.closed) notify(say(locale, 'simulateFailed'));
    }
    this.isCalling = false;
  }

  async #place(): Promise<Called> {
    const { session } = this.shell;
    const url = `${session.simulatorUrl?.replace(/\/+$/, '')}/simulator/recordings`;
    // Plain text asks the simulator for no permission beforehand; it reads JSON whatever it is called.
    const body = new Blob([JSON.stringify({ tenant: session.tenant, ...CALL })], { type: 'text/plain' });
    const signal = AbortSignal.any([this.#scope.signal, AbortSignal.timeout(PATIENCE_MILLIS)]);
    const answer = await fetch(url, { method: 'POST', body, credentials: 'omit', signal });
    if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
    return (await answer.json()) as Called;
  }
}
