import { html, nothing, type TemplateResult } from 'lit';
import * as icons from './icons-player.js';
import type { Words } from './locales/en.js';
import { SPEEDS } from './keyboard.js';
import { say } from './messages.js';
import { isLoaded } from './state.js';
import type { Model } from './views.js';

/** media-chrome's own tooltip speaks another language, and would be part of the button's name; the title is ours. */
export const noTooltip = html`<span slot="tooltip"></span>`;

/** The row of controls. */
export function barView(model: Model): TemplateResult {
  const { locale, asks, state } = model;
  const off = !isLoaded(state);
  const gone = state.name === 'error';
  return html`<div class="bar" part="controls">
    <!-- Back is left of forward in every language, as the time axis has it. -->
    <span class="skips" dir="ltr">
      <earshot-back-button
        part="button"
        notooltip
        seekoffset="10"
        ?disabled=${off}
        .words=${say(locale, 'back', { seconds: 10 })}
        >${icons.backIcon('icon')}${noTooltip}</earshot-back-button
      >
      <earshot-forward-button
        part="button"
        notooltip
        seekoffset="10"
        ?disabled=${off}
        .words=${say(locale, 'forward', { seconds: 10 })}
        >${icons.forwardIcon('icon')}${noTooltip}</earshot-forward-button
      ></span
    >
    ${speedView(model)}
    ${
      model.canSkipSilence
        ? toolView(model, 'skipSilence', icons.silenceIcon(), () => asks.silence(), { pressed: model.skipsSilence })
        : nothing
    }
    ${
      model.canChannels
        ? toolView(model, 'channels', icons.channelsIcon(), () => asks.channels(), { expanded: model.showsChannels })
        : nothing
    }
    <span class="space"></span>
    <earshot-mute-button part="button" notooltip .words=${say(locale, model.muted ? 'unmute' : 'mute')}>
      ${icons.mutedIcon('off')}${icons.quietIcon('low')}${icons.quietIcon('medium')}${icons.loudIcon('high')}
      ${noTooltip}</earshot-mute-button
    >
    <earshot-volume-range part="volume" dir="ltr" .words=${say(locale, 'volume')}></earshot-volume-range>
    ${toolView(model, 'copyLink', icons.linkIcon(), () => asks.link(), { bare: true, off: gone })}
    ${toolView(model, 'download', icons.downloadIcon(), () => asks.download(), { bare: true, off: gone })}
    ${toolView(model, 'help', icons.helpIcon(), () => asks.help(true), { bare: true })}
  </div>`;
}

interface ToolLooks {
  readonly pressed?: boolean;
  readonly expanded?: boolean;
  readonly bare?: boolean;
  readonly off?: boolean;
}

function toolView(
  { locale }: Model,
  key: keyof Words,
  icon: unknown,
  ask: () => void,
  { pressed, expanded, bare, off }: ToolLooks,
): TemplateResult {
  const name = say(locale, key);
  return html`<button
    class="tool ${key}"
    part="button"
    type="button"
    title=${name}
    aria-label=${name}
    aria-pressed=${pressed === undefined ? nothing : pressed ? 'true' : 'false'}
    aria-expanded=${expanded === undefined ? nothing : expanded ? 'true' : 'false'}
    ?disabled=${off ?? false}
    @click=${ask}
  >
    ${icon}${bare ? nothing : html`<span class="label">${name}</span>`}
  </button>`;
}

function speedView({ locale, speed, asks }: Model): TemplateResult {
  const offered = SPEEDS.includes(speed) ? SPEEDS : [...SPEEDS, speed].sort((a, b) => a - b);
  return html`<select
    class="speed"
    part="speed"
    dir="ltr"
    title=${say(locale, 'speed')}
    aria-label=${say(locale, 'speed')}
    .value=${String(speed)}
    @change=${(event: Event) => asks.speed(Number((event.target as HTMLSelectElement).value))}
  >
    ${offered.map((each) => html`<option value=${each} ?selected=${each === speed}>${each}×</option>`)}
  </select>`;
}
