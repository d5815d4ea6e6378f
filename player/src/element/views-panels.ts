import { html, type TemplateResult } from 'lit';
import type { ChannelSetting } from './channels.js';
import * as icons from './icons-player.js';
import type { Locale, Words } from './locales/en.js';
import { say } from './messages.js';

/** What the panels show. */
export interface ChannelsModel {
  readonly locale: Locale;
  readonly channelNames: readonly [string, string];
  readonly channelSettings: readonly [ChannelSetting, ChannelSetting];
  readonly asks: {
    channel(index: 0 | 1, setting: ChannelSetting): void;
    help(open: boolean): void;
  };
}

/** Mute and pan for each channel of a call. */
export function channelsView(model: ChannelsModel): TemplateResult {
  return html`<div class="mixer" part="channels" role="group" aria-label=${say(model.locale, 'channels')}>
    ${channelView(model, 0)}${channelView(model, 1)}
  </div>`;
}

function channelView(model: ChannelsModel, index: 0 | 1): TemplateResult {
  const { locale, asks } = model;
  const name = model.channelNames[index];
  const setting = model.channelSettings[index];
  const mute = say(locale, 'muteChannel', { name });
  const pan = say(locale, 'panChannel', { name });
  return html`<div class="channel ${index === 0 ? 'first' : 'second'}">
    <span class="dot"></span>
    <span class="name" title=${name}>${name}</span>
    <button
      class="tool mute-channel"
      part="button"
      type="button"
      title=${mute}
      aria-label=${mute}
      aria-pressed=${setting.muted ? 'true' : 'false'}
      @click=${() => asks.channel(index, { ...setting, muted: !setting.muted })}
    >
      ${setting.muted ? icons.mutedIcon() : icons.loudIcon()}
    </button>
    <span class="pan" dir="ltr">
      <span aria-hidden="true">${say(locale, 'left')}</span>
      <input
        type="range"
        min="-1"
        max="1"
        step="0.1"
        title=${pan}
        aria-label=${pan}
        aria-valuetext=${spokenPan(locale, setting.pan)}
        .value=${String(setting.pan)}
        @input=${(event: Event) =>
          asks.channel(index, { ...setting, pan: Number((event.target as HTMLInputElement).value) })}
      />
      <span aria-hidden="true">${say(locale, 'right')}</span>
    </span>
  </div>`;
}

function spokenPan(locale: Locale, pan: number): string {
  const percent = Math.round(Math.abs(pan) * 100);
  if (percent === 0) return say(locale, 'panCentre');
  return say(locale, pan < 0 ? 'panLeft' : 'panRight', { percent });
}

const KEYS: readonly (readonly [keys: readonly string[], words: keyof Words])[] = [
  [['␣', 'K'], 'keyToggle'],
  [['←', '→'], 'keySkipShort'],
  [['J', 'L'], 'keySkipLong'],
  [['0', '…', '9'], 'keyJump'],
  [['Home', 'End'], 'keyEnds'],
  [['↑', '↓'], 'keyVolume'],
  [['M'], 'keyMute'],
  [['<', '>'], 'keySpeed'],
  [['S'], 'keySilence'],
  [['?'], 'keyHelp'],
];

/** The keys, in a dialog that the browser itself keeps the focus in. */
export function helpView(model: ChannelsModel): TemplateResult {
  const { locale, asks } = model;
  return html`<dialog
    part="help"
    aria-labelledby="help-title"
    @click=${(event: Event) => {
      if (event.target === event.currentTarget) asks.help(false);
    }}
  >
    <header>
      <h2 id="help-title">${say(locale, 'help')}</h2>
      <button
        class="tool"
        type="button"
        title=${say(locale, 'close')}
        aria-label=${say(locale, 'close')}
        @click=${() => asks.help(false)}
      >
        ${icons.closeIcon()}
      </button>
    </header>
    <dl class="keys">
      ${KEYS.map(
        ([keys, words]) =>
          html`<dt>${keys.map((key) => keyView(locale, key))}</dt>
            <dd>${say(locale, words)}</dd>`,
      )}
    </dl>
  </dialog>`;
}

function keyView(locale: Locale, key: string): TemplateResult {
  if (key === '…') return html`<span>…</span>`;
  return html`<kbd>${key === '␣' ? say(locale, 'keySpace') : key}</kbd>`;
}
