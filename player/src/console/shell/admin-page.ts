import { LitElement, type PropertyValues } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { EarshotError } from '../../client/index.js';
import { Scope } from '../../element/scope.js';
import { asError } from '../errors.js';
import type { Shell } from './shell.js';

/** A page that shows one answer of the gateway: loads it, and again when it is about something else. */
export abstract class AdminPage<T> extends LitElement {
  @property({ attribute: false }) shell!: Shell;
  /** Of whom; empty for all that one may see. */
  @property({ attribute: false }) tenant = '';
  @state() protected answer: T | undefined;
  @state() protected error: EarshotError | undefined;

  #loading = new Scope();

  protected abstract ask(signal: AbortSignal): Promise<T>;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#loading.close();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('tenant') || !this.hasUpdated) void this.load();
  }

  /** Asks anew; what is shown stays until there is something newer. */
  protected async load(): Promise<void> {
    this.#loading.close();
    const loading = (this.#loading = new Scope());
    this.error = undefined;
    try {
      const answer = await this.ask(loading.signal);
      if (!loading.closed) this.answer = answer;
    } catch (error) {
      if (!loading.closed) this.error = asError(error);
    }
  }
}
