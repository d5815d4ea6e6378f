import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { LISTED_STATES, isEmpty, NO_FILTER, wantedBy, type Filter } from '../filter.js';
import type { ConsoleLocale } from '../locales/en.js';
import { knownReasons, say } from '../messages.js';
import { hashOf, type Route } from '../route.js';
import { controls, tokens } from '../shell/styles.js';
import { filterStyles } from './filter-styles.js';

/** What is looked for; a change goes into the address, from where the page takes it. */
export class Filters extends LitElement {
  static override styles = [tokens, controls, filterStyles];

  @property({ attribute: false }) locale!: ConsoleLocale;
  @property({ attribute: false }) filter: Filter = NO_FILTER;
  @state() private wrong: 'findNonsense' | 'daysWrong' | undefined;

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('filter')) this.wrong = undefined;
  }

  protected override render(): TemplateResult {
    const { locale, filter } = this;
    const fails = filter.state === 'failed' || filter.state === 'waiting';
    return html`<form
      class="find"
      role="search"
      aria-label=${say(locale, 'find')}
      novalidate
      @submit=${(event: Event) => this.#submit(event)}
    >
      <label class="wide"
        ><span>${say(locale, 'findCall')}</span
        ><input
          name="call"
          type="search"
          dir="ltr"
          autocomplete="off"
          spellcheck="false"
          placeholder=${say(locale, 'findCallHint')}
          aria-invalid=${this.wrong === 'findNonsense'}
          aria-describedby="wrong"
          .value=${filter.call}
      /></label>
      <label
        ><span>${say(locale, 'state')}</span
        ><select name="state" @change=${() => this.#apply()}>
          <option value="" ?selected=${filter.state === ''}>${say(locale, 'anyState')}</option>
          ${LISTED_STATES.map(
            (each) =>
              html`<option value=${each} ?selected=${each === filter.state}>
                ${say(locale, each).replace(/…$/, '')}
              </option>`,
          )}
        </select></label
      >
      ${fails ? this.#reasonView() : nothing}
      ${(['from', 'to'] as const).map(
        (name) =>
          html`<label
            ><span>${say(locale, name)}</span
            ><input
              name=${name}
              type="date"
              aria-invalid=${this.wrong === 'daysWrong'}
              aria-describedby="wrong"
              .value=${filter[name]}
              @change=${() => this.#apply()}
          /></label>`,
      )}
      <button type="submit">${say(locale, 'apply')}</button>
      ${isEmpty(filter) ? nothing : html`<a class="button quiet" href="#/recordings">${say(locale, 'clear')}</a>`}
      <p id="wrong" class="wrong" role="alert">${this.wrong ? say(locale, this.wrong) : ''}</p>
    </form>`;
  }

  #reasonView(): TemplateResult {
    const { locale, filter } = this;
    return html`<label
      ><span>${say(locale, 'reason')}</span
      ><select name="reason" @change=${() => this.#apply()}>
        <option value="" ?selected=${filter.reason === ''}>${say(locale, 'anyReason')}</option>
        ${knownReasons(locale).map(
          ([reason, name]) => html`<option value=${reason} ?selected=${reason === filter.reason}>${name}</option>`,
        )}
      </select></label
    >`;
  }

  #submit(event: Event): void {
    event.preventDefault();
    this.#apply();
  }

  #apply(): void {
    const form = this.renderRoot.querySelector('form');
    if (!form) return;
    const data = new FormData(form);
    const text = (name: string) => String(data.get(name) ?? '');
    const wanted = wantedBy(text('call'));
    const [from, to] = [text('from'), text('to')];
    if (wanted.is === 'nonsense') this.wrong = 'findNonsense';
    else if (from && to && from > to) this.wrong = 'daysWrong';
    else if (wanted.is === 'recording') go({ page: 'recording', sid: wanted.sid });
    else {
      this.wrong = undefined;
      const state = text('state') as Filter['state'];
      const reason = state === 'failed' || state === 'waiting' ? (text('reason') as Filter['reason']) : '';
      const call = wanted.is === 'call' ? wanted.sid : '';
      go({ page: 'recordings', filter: { call, state, reason, from, to } });
    }
  }
}

function go(route: Route): void {
  location.hash = hashOf(route);
}
