import { html, nothing, type TemplateResult } from 'lit';
import type { Recording } from '../../client/index.js';
import { formatBytes, formatMoment, formatNumber, secondsOf } from '../format.js';
import * as icons from '../icons.js';
import { explain } from '../locales/reasons.js';
import { reasonName, say } from '../messages.js';
import { linkTo } from '../route.js';
import type { Shell } from '../shell/shell.js';
import { momentOf } from './row.js';
import { possible } from './states.js';

export interface PanelModel {
  readonly recording: Recording;
  readonly shell: Shell;
  copy(text: string, what: string): void;
}

/** What a row opens: the player, and everything that is known of the recording. */
export function panelView(model: PanelModel): TemplateResult {
  const { recording, shell } = model;
  const { locale } = shell;
  return html`${possible(recording).play && shell.rights.mayPlay ? playerView(model) : nothing}
    ${recording.reason ? reasonView(model) : nothing}
    <dl class="facts" aria-label=${say(locale, 'details')}>${factsView(model)}</dl>
    <p class="links">
      <a href=${linkTo(recording.recordingSid)}>${say(locale, 'linkHere')}</a>
      ${
        recording.callSid
          ? html`<a href="#/recordings?call=${recording.callSid}">${say(locale, 'callAll')}</a>`
          : nothing
      }
    </p>`;
}

function playerView({ recording, shell }: PanelModel): TemplateResult {
  const { locale, baseUrl } = shell;
  const seconds = secondsOf(recording);
  return html`<earshot-player
    base-url=${baseUrl}
    sid=${recording.recordingSid}
    heading=${momentOf(recording, locale).time}
    .duration=${seconds}
    lang=${locale.lang}
  ></earshot-player>`;
}

function reasonView({ recording, shell }: PanelModel): TemplateResult {
  const { locale } = shell;
  const { means, todo } = explain(locale.lang, recording.reason ?? '');
  return html`<div class="why">
    <strong>${reasonName(locale, recording.reason ?? '')}</strong>
    <p>${means}</p>
    <p>${todo}</p>
  </div>`;
}

function factsView(model: PanelModel): TemplateResult[] {
  const { recording, shell } = model;
  const { locale } = shell;
  const { lang } = locale;
  const facts: [string, TemplateResult | string | undefined][] = [
    [say(locale, 'recordingSid'), sidView(model, recording.recordingSid, say(locale, 'recordingSid'))],
    [say(locale, 'callSid'), recording.callSid ? sidView(model, recording.callSid, say(locale, 'callSid')) : undefined],
    [say(locale, 'size'), recording.sizeBytes === undefined ? undefined : formatBytes(recording.sizeBytes, lang)],
    [say(locale, 'format'), recording.contentType],
    [say(locale, 'storedAt'), recording.readyAt ? formatMoment(recording.readyAt, lang) : undefined],
    [say(locale, 'attempts'), recording.attempt ? formatNumber(recording.attempt, lang) : undefined],
    [say(locale, 'nextAttempt'), recording.nextAttemptAt ? formatMoment(recording.nextAttemptAt, lang) : undefined],
    [say(locale, 'checksum'), recording.sha256 ? sidView(model, recording.sha256, 'SHA-256') : undefined],
  ];
  return facts
    .filter(([, value]) => value !== undefined)
    .map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd><bdi>${value}</bdi></dd>
        </div>`,
    );
}

function sidView({ shell, copy }: PanelModel, text: string, what: string): TemplateResult {
  const label = `${say(shell.locale, 'copy')}: ${what}`;
  return html`<span class="sid">${text}</span>
    <button class="act copy" type="button" title=${label} aria-label=${label} @click=${() => copy(text, what)}>
      ${icons.copyIcon()}
    </button>`;
}
