import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Recording } from '../../client/index.js';
import { searchIcon } from '../../element/icons.js';
import { dayOf } from '../format.js';
import * as icons from '../icons.js';
import { say, sayCount } from '../messages.js';
import type { Shell } from '../shell/shell.js';
import { emptyView, errorView, loadingView } from '../shell/views.js';
import type { Listing } from './listing.js';
import { rowView, type RowAsks } from './row.js';

/** What a row opens, as soon as its code is here. */
export type Later = 'loading' | 'failed' | Pick<typeof import('./later.js'), 'panelView'>;

interface ListModel {
  readonly shell: Shell;
  readonly listing: Listing;
  /** One recording alone, by its own address. */
  readonly isOne: boolean;
}

export interface HeadModel extends ListModel {
  /** Unknown until the first connection. */
  readonly isLive: boolean | undefined;
}

export interface TableModel extends ListModel {
  readonly opened: string | undefined;
  readonly fresh: string | undefined;
  readonly later: Later;
  readonly asks: RowAsks;
  readonly isFiltered: boolean;
  copy(text: string, what: string): void;
  turn(to: 'older' | 'newer' | 'newest' | 'again'): void;
}

const COLUMNS = 7;

export function headView({ shell: { locale }, isLive, isOne }: HeadModel): TemplateResult {
  const live =
    isLive === undefined
      ? nothing
      : html`<span
          class="live"
          data-live=${isLive}
          role="status"
          title=${say(locale, isLive ? 'liveHint' : 'notLiveHint')}
          ><i aria-hidden="true"></i>${say(locale, isLive ? 'live' : 'notLive')}</span
        >`;
  return html`<div class="head">
    <h1 tabindex="-1">${say(locale, isOne ? 'listOne' : 'recordings')}</h1>
    ${live} ${isOne ? html`<a class="back" href="#/recordings">${say(locale, 'backToList')}</a>` : nothing}
  </div>`;
}

export function tableView(model: TableModel): TemplateResult {
  const { shell, listing, turn } = model;
  const { locale } = shell;
  if (listing.error) return html`<div class="place">${errorView(locale, listing.error, () => turn('again'))}</div>`;
  if (!listing.rows) return loadingView(locale);
  return html`<div class="news" role="status">${newsView(model)}</div>
    <div class="card list" aria-busy=${listing.isLoading}>
      ${listing.rows.length === 0 ? nothingView(model) : rowsView(model, listing.rows)}
    </div>
    ${pagesView(model)}`;
}

function newsView({ shell, listing, turn, isOne }: TableModel): TemplateResult | typeof nothing {
  const count = listing.newcomers.size;
  if (count === 0 || isOne) return nothing;
  return html`<button class="primary" type="button" @click=${() => turn('newest')}>
    ${sayCount(shell.locale, 'new', count)}
  </button>`;
}

function nothingView({ shell, isFiltered }: TableModel): TemplateResult {
  const { locale, session } = shell;
  if (isFiltered) return emptyView(say(locale, 'noneTitle'), say(locale, 'noneHint'), searchIcon());
  const hint = say(locale, session.simulatorUrl ? 'emptySimulate' : 'emptyHint');
  return emptyView(say(locale, 'emptyTitle'), hint, icons.waveIcon());
}

function rowsView(model: TableModel, rows: readonly Recording[]): TemplateResult {
  const { locale } = model.shell;
  const head = (name: 'time' | 'call' | 'duration' | 'channels' | 'state') =>
    html`<th scope="col" class=${name}>${say(locale, name)}</th>`;
  return html`<table>
    <caption class="unseen">
      ${say(locale, model.isOne ? 'listOne' : 'list')}
    </caption>
    <thead>
      <tr>
        <th scope="col" class="go"><span class="unseen">${say(locale, 'details')}</span></th>
        ${head('time')}${head('call')}${head('duration')}${head('channels')}${head('state')}
        <th scope="col" class="acts"><span class="unseen">${say(locale, 'actions')}</span></th>
      </tr>
    </thead>
    ${repeat(
      byDay(rows, model),
      ([day]) => day,
      ([day, ofDay]) =>
        html`<tbody>
          <tr class="day">
            <th scope="rowgroup" colspan=${COLUMNS}>${day}</th>
          </tr>
          ${repeat(
            ofDay,
            ({ recordingSid }) => recordingSid,
            (recording) => oneView(model, recording),
          )}
        </tbody>`,
    )}
  </table>`;
}

function oneView(model: TableModel, recording: Recording): TemplateResult {
  const { shell, opened, fresh, asks } = model;
  const { locale, rights } = shell;
  const isOpen = opened === recording.recordingSid;
  const isNew = fresh === recording.recordingSid;
  return html`${rowView({ recording, locale, rights, isOpen, isNew, asks })}
  ${
    isOpen
      ? html`<tr class="panel">
          <td colspan=${COLUMNS}>${openedView(model, recording)}</td>
        </tr>`
      : nothing
  }`;
}

function openedView({ shell, later, copy }: TableModel, recording: Recording): TemplateResult {
  if (later === 'loading') return loadingView(shell.locale);
  if (later === 'failed') return html`<p class="trouble" role="alert">${say(shell.locale, 'playerFailed')}</p>`;
  return later.panelView({ recording, shell, copy });
}

/** Newest first as they come, so that those of a day stand together. */
function byDay(rows: readonly Recording[], { shell: { locale } }: TableModel): (readonly [string, Recording[]])[] {
  const days = new Map<string, Recording[]>();
  for (const row of rows) {
    const day = dayOf(row.startedAt, locale.lang) || say(locale, 'noDay');
    days.set(day, [...(days.get(day) ?? []), row]);
  }
  return [...days];
}

function pagesView({ shell: { locale }, listing, turn }: TableModel): TemplateResult | typeof nothing {
  if (!listing.hasNewer && !listing.hasOlder) return nothing;
  return html`<nav class="pages turns" aria-label=${say(locale, 'pages')}>
    <button type="button" ?disabled=${!listing.hasNewer} @click=${() => turn('newer')}>
      ${icons.newerIcon()} ${say(locale, 'newer')}
    </button>
    <span>${say(locale, 'page', { page: listing.page })}</span>
    <button type="button" ?disabled=${!listing.hasOlder} @click=${() => turn('older')}>
      ${say(locale, 'older')} ${icons.olderIcon()}
    </button>
  </nav>`;
}
