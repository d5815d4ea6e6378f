import { html, nothing, type TemplateResult } from 'lit';
import * as icons from './icons-player.js';
import type { EarshotTimeRange } from './controls.js';
import type { Locale, Words } from './locales/en.js';
import { say } from './messages.js';
import { isLoaded, isUnderWay, type PlayerState } from './state.js';
import { formatClock, spokenTime } from './time.js';
import { barView, noTooltip } from './views-bar.js';
import { messageView } from './views-message.js';
import { channelsView, helpView, type ChannelsModel } from './views-panels.js';

/** All that is shown, and what the controls ask for. */
export interface Model extends ChannelsModel {
  readonly state: PlayerState;
  /** Whether it plays by itself as soon as it is here. */
  readonly isAwaited: boolean;
  readonly locale: Locale;
  readonly dir: string;
  readonly heading: string;
  readonly source: string;
  readonly refused: string;
  readonly media: HTMLMediaElement;
  readonly waved: boolean;
  readonly time: number;
  readonly duration: number | undefined;
  readonly speed: number;
  readonly muted: boolean;
  readonly skipsSilence: boolean;
  readonly canSkipSilence: boolean;
  readonly canChannels: boolean;
  readonly showsChannels: boolean;
  readonly byKeyboard: boolean;
  readonly said: string;
  readonly notice: string;
  readonly asks: Asks & ChannelsModel['asks'];
}

/** What the user can ask for. */
export interface Asks {
  toggle(): void;
  retry(): void;
  speed(speed: number): void;
  silence(): void;
  channels(): void;
  channel: ChannelsModel['asks']['channel'];
  link(): void;
  download(): void;
  help(open: boolean): void;
}

/** The whole player. */
export function playerView(model: Model): TemplateResult {
  const { state, locale } = model;
  const name = model.heading ? `${say(locale, 'player')}: ${model.heading}` : say(locale, 'player');
  return html`
    <div
      class="player ${model.byKeyboard ? 'keyboard' : ''}"
      part="player"
      role="group"
      tabindex="-1"
      aria-label=${name}
      lang=${locale.lang}
      dir=${model.dir}
      aria-busy=${isUnderWay(state) ? 'true' : 'false'}
    >
      <div class="probes" aria-hidden="true"><i></i><i></i><i></i><i></i></div>
      <earshot-controller audio nohotkeys novolumepref nomutedpref gesturesdisabled noautohide>
        ${model.media}
        <div>
          ${headingView(model)}
          <div class="main">
            ${playButton(model)}
            <div class="stage" part="stage">${messageView(model) ?? trackView(model)}</div>
            ${timesView(model)}
          </div>
          ${barView(model)} ${model.showsChannels && model.canChannels ? channelsView(model) : nothing}
        </div>
      </earshot-controller>
      ${helpView(model)}
      <div class="said" role="status" aria-live="polite">${model.said}</div>
    </div>
  `;
}

function headingView(model: Model): TemplateResult | typeof nothing {
  if (!model.heading && !model.source) return nothing;
  const from = model.source ? say(model.locale, 'playsFrom', { source: model.source }) : '';
  const not = model.refused ? say(model.locale, 'refusedBy', { refused: model.refused }) : '';
  return html`<div class="heading" part="heading">
    <span class="title">${model.heading}</span>
    <span class="source" part="source">${[from, not].filter(Boolean).join(' · ')}</span>
  </div>`;
}

function playButton({ state, isAwaited, locale }: Model): TemplateResult {
  const waits = isUnderWay(state) || state.name === 'buffering';
  const sounds = state.name === 'playing' || state.name === 'buffering';
  const key: keyof Words = isAwaited ? 'stopPreparing' : state.name === 'error' ? 'retry' : sounds ? 'pause' : 'play';
  const off = state.name === 'error' && !state.retryable;
  return html`<div class="go ${waits ? 'waits' : ''}">
    <earshot-play-button part="play-button" notooltip ?disabled=${off} .words=${say(locale, key)}>
      ${
        isUnderWay(state)
          ? [icons.stopIcon('play'), icons.stopIcon('pause')]
          : [icons.playIcon('play'), icons.pauseIcon('pause')]
      }
      ${noTooltip}</earshot-play-button
    >
  </div>`;
}

function trackView(model: Model): TemplateResult {
  const { locale } = model;
  const spoken = (current: number, total: number) =>
    Number.isFinite(total) && total > 0
      ? say(locale, 'positionOf', {
          current: spokenTime(current, locale.lang),
          total: spokenTime(total, locale.lang),
        })
      : say(locale, 'positionUnknown');
  // Time runs from left to right in every language, as on every recorder; media-chrome's bar is wrong otherwise, too.
  return html`<div class="track ${model.waved ? 'waved' : ''}" part="track" dir="ltr">
    <div class="wave" part="waveform" aria-hidden="true"></div>
    <earshot-time-range
      part="seek-bar"
      dir="ltr"
      ?disabled=${!isLoaded(model.state)}
      .spoken=${spoken}
      .words=${say(locale, 'position')}
      @focusin=${(event: Event) => (event.currentTarget as EarshotTimeRange).speak()}
    ></earshot-time-range>
  </div>`;
}

function timesView(model: Model): TemplateResult {
  const { state } = model;
  if (state.name === 'error') return html`<div class="times">${model.notice}</div>`;
  const began = isLoaded(state) || state.name === 'loading';
  return html`<div class="times" part="time" dir="ltr" aria-hidden="true">
    <span class="now">${began ? formatClock(model.time) : ''}</span>
    <span class="notice" lang=${model.locale.lang}
      >${model.notice || (state.name === 'idle' ? say(model.locale, 'notAsked') : '')}</span
    >
    <span>${began || model.duration ? formatClock(model.duration) : ''}</span>
  </div>`;
}
