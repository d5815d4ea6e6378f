import { html, nothing, type TemplateResult } from 'lit';
import type { Recording } from '../../client/index.js';
import * as playerIcons from '../../element/icons.js';
import { formatClock, spokenTime } from '../../element/time.js';
import { formatMoment, formatTime, secondsOf, shortSid } from '../format.js';
import * as icons from '../icons.js';
import type { ConsoleLocale } from '../locales/en.js';
import { say } from '../messages.js';
import type { Rights } from '../session.js';
import { possible, stateWords } from './states.js';

/** What a row asks of its page. */
export interface RowAsks {
  toggle(recording: Recording): void;
  prefetch(recording: Recording): void;
  download(recording: Recording): void;
  delete(recording: Recording): void;
}

export interface RowModel {
  readonly recording: Recording;
  readonly locale: ConsoleLocale;
  readonly rights: Rights;
  readonly isOpen: boolean;
  readonly isNew: boolean;
  readonly asks: RowAsks;
}

/** One recording. Its buttons carry its time in their names, so that each is told from those of other rows. */
export function rowView(model: RowModel): TemplateResult {
  const { recording, locale, isOpen, isNew } = model;
  const seconds = secondsOf(recording);
  const { text, tone } = stateWords(locale, recording);
  const isGone = tone === 'calm' && !possible(recording).delete;
  return html`<tr class="row ${isOpen ? 'open' : ''} ${isNew ? 'new' : ''} ${isGone ? 'gone' : ''}">
    <td class="go">${goView(model)}</td>
    <td class="time">${formatTime(recording.startedAt, locale.lang)}</td>
    <td class="call">
      <bdi class="sid" title=${recording.callSid ?? recording.recordingSid}
        >${shortSid(recording.callSid ?? recording.recordingSid)}</bdi
      >
    </td>
    <td class="duration">
      <span aria-hidden="true">${formatClock(seconds)}</span>
      <span class="unseen">${seconds === undefined ? '' : spokenTime(seconds, locale.lang)}</span>
    </td>
    <td class="channels">
      ${
        recording.channels === undefined
          ? '–'
          : html`<span class="lanes" data-count=${recording.channels} aria-hidden="true"><i></i><i></i></span>
              ${say(locale, recording.channels === 2 ? 'dual' : 'mono')}`
      }
    </td>
    <td class="state" data-tone=${tone}><span class="dot" aria-hidden="true"></span>${text}</td>
    <td class="acts">${actsView(model)}</td>
  </tr>`;
}

function goView({ recording, locale, isOpen, rights, asks }: RowModel): TemplateResult {
  const plays = possible(recording).play && rights.mayPlay;
  const name = say(locale, isOpen ? 'shut' : plays ? 'open' : 'look', momentOf(recording, locale));
  return html`<button
    class="round ${plays && !isOpen ? 'plays' : ''}"
    type="button"
    title=${name}
    aria-label=${name}
    aria-expanded=${isOpen}
    @click=${() => asks.toggle(recording)}
  >
    ${isOpen ? icons.foldIcon() : plays ? playerIcons.playIcon() : icons.infoIcon()}
  </button>`;
}

function actsView({ recording, locale, rights, asks }: RowModel): TemplateResult {
  const can = possible(recording);
  const act = (name: 'prefetch' | 'download' | 'delete', icon: TemplateResult | unknown) => {
    const label = say(locale, `${name}Of`, momentOf(recording, locale));
    return html`<button
      class="act ${name}"
      type="button"
      title=${label}
      aria-label=${label}
      @click=${() => asks[name](recording)}
    >
      ${icon}
    </button>`;
  };
  return html`${can.prefetch && rights.mayPrefetch ? act('prefetch', icons.fetchIcon()) : nothing}
  ${can.download && rights.mayPlay ? act('download', playerIcons.downloadIcon()) : nothing}
  ${can.delete && rights.mayDelete ? act('delete', playerIcons.goneIcon()) : nothing}`;
}

/** When it was, for the names of things. */
export function momentOf({ startedAt, recordingSid }: Recording, locale: ConsoleLocale): { time: string } {
  return { time: startedAt ? formatMoment(startedAt, locale.lang) : shortSid(recordingSid) };
}
