import { html, type PropertyValues, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { Storage } from '../api.js';
import { LISTED_STATES, NO_FILTER } from '../filter.js';
import { formatBytes, formatNumber } from '../format.js';
import { say } from '../messages.js';
import { hashOf } from '../route.js';
import { AdminPage } from '../shell/admin-page.js';
import { controls, tokens } from '../shell/styles.js';
import { tenantView } from '../shell/tenant-view.js';
import { errorView, loadingView } from '../shell/views.js';
import { growthOf, type Measure } from './chart.js';
import { chartView, daysTableView, growthSentence } from './chart-view.js';
import { storageStyles } from './page-styles.js';

const SPANS = [7, 30, 90] as const;

/** How much is stored, and how it grows. */
export class StoragePage extends AdminPage<Storage> {
  static override styles = [tokens, controls, storageStyles];

  @state() private days: (typeof SPANS)[number] = 30;
  @state() private measure: Measure = 'bytes';

  protected override ask(signal: AbortSignal): Promise<Storage> {
    return this.shell.api.storage(this.tenant, this.days, signal);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (this.hasUpdated && (changed as Map<string, unknown>).has('days')) void this.load();
  }

  protected override render(): TemplateResult {
    const { shell, tenant } = this;
    const { locale } = shell;
    return html`<div class="head">
        <h1>${say(locale, 'storage')}</h1>
        <p>${say(locale, 'storageIntro')}</p>
      </div>
      ${tenantView(shell, 'storage', tenant)} ${this.#content()}`;
  }

  #content(): TemplateResult {
    const { answer, error, shell } = this;
    if (error) return errorView(shell.locale, error, () => void this.load());
    if (!answer) return loadingView(shell.locale);
    return html`${this.#figuresView(answer)} ${this.#growthView(answer)} ${this.#statesView(answer)}`;
  }

  #figuresView({ recordings, bytes, days }: Storage): TemplateResult {
    const { locale } = this.shell;
    const { lang } = locale;
    const average = recordings === 0 ? '–' : formatBytes(bytes / recordings, lang);
    const figures = [
      [say(locale, 'storedRecordings'), formatNumber(recordings, lang)],
      [say(locale, 'storedBytes'), formatBytes(bytes, lang)],
      [say(locale, 'storedAverage'), average],
      [say(locale, 'grown', { days: days.length }), `+${formatBytes(growthOf(days).bytes, lang)}`],
    ];
    return html`<dl class="figures">
      ${figures.map(
        ([name, value]) =>
          html`<div class="card">
            <dt>${name}</dt>
            <dd><bdi>${value}</bdi></dd>
          </div>`,
      )}
    </dl>`;
  }

  #growthView({ days }: Storage): TemplateResult {
    const { measure } = this;
    const { locale } = this.shell;
    return html`<section class="card growth" aria-labelledby="growth">
      <div class="title">
        <div>
          <h2 id="growth">${say(locale, 'growth')}</h2>
          <p class="hint">${say(locale, 'growthHint')}</p>
        </div>
        <div class="choices">${this.#measureView()} ${this.#spanView()}</div>
      </div>
      <p class="sentence">${growthSentence(locale, days)}</p>
      ${chartView(locale, days, measure)}
      <details>
        <summary>${say(locale, 'asTable')}</summary>
        ${daysTableView(locale, days)}
      </details>
    </section>`;
  }

  #measureView(): TemplateResult {
    const { locale } = this.shell;
    const choice = (measure: Measure, text: string) =>
      html`<button type="button" aria-pressed=${this.measure === measure} @click=${() => (this.measure = measure)}>
        ${text}
      </button>`;
    return html`<div class="switch" role="group" aria-label=${say(locale, 'measure')}>
      ${choice('bytes', say(locale, 'bySize'))}${choice('recordings', say(locale, 'byCount'))}
    </div>`;
  }

  #spanView(): TemplateResult {
    const { locale } = this.shell;
    return html`<select
      aria-label=${say(locale, 'days')}
      @change=${(event: Event) =>
        (this.days = Number((event.target as HTMLSelectElement).value) as (typeof SPANS)[number])}
    >
      ${SPANS.map(
        (days) =>
          html`<option value=${days} ?selected=${days === this.days}>${say(locale, 'lastDays', { days })}</option>`,
      )}
    </select>`;
  }

  #statesView({ states }: Storage): TemplateResult {
    const { locale, rights } = this.shell;
    return html`<section class="card states" aria-labelledby="states">
      <h2 id="states">${say(locale, 'byState')}</h2>
      <ul>
        ${LISTED_STATES.filter((each) => states[each]).map((each) => {
          const name = say(locale, each).replace(/…$/, '');
          const count = html`<strong>${formatNumber(states[each] ?? 0, locale.lang)}</strong>`;
          return html`<li data-state=${each}>
            ${
              rights.mayPlay
                ? html`<a href=${hashOf({ page: 'recordings', filter: { ...NO_FILTER, state: each } })}>${name}</a>`
                : name
            }
            ${count}
          </li>`;
        })}
      </ul>
    </section>`;
  }
}
