import { html, nothing, type SVGTemplateResult, type TemplateResult } from 'lit';
import type { Face } from './faces.js';
import * as icons from './icons-player.js';
import { say } from './messages.js';
import type { PlayerState } from './state.js';
import type { Model } from './views.js';

const FACE_ICONS: Readonly<Partial<Record<Face, () => SVGTemplateResult>>> = {
  expired: icons.clockIcon,
  slow: icons.clockIcon,
  deleted: icons.goneIcon,
  offline: icons.offlineIcon,
  notFound: icons.searchIcon,
  forbidden: icons.lockIcon,
  signedOut: icons.lockIcon,
};

/** What stands in the place of the bar while there is nothing to seek in; undefined when there is. */
export function messageView(model: Model): TemplateResult | undefined {
  switch (model.state.name) {
    case 'preparing':
      return preparingView(model, model.state);
    case 'error':
      return troubleView(model, model.state);
    default:
      return undefined;
  }
}

type Preparing = Extract<PlayerState, { readonly name: 'preparing' }>;

function preparingView(model: Model, { try: step, tries, reached }: Preparing): TemplateResult {
  const { locale } = model;
  const counted = step !== undefined && tries !== undefined && tries > 1;
  const words = reached === false ? 'reaching' : 'preparingCount';
  const text = counted ? say(locale, words, { try: step, tries }) : say(locale, 'preparing');
  return html`<div class="message" part="message">
    <div class="text">
      <strong>${text}</strong>
      <span class="hint">${say(locale, 'preparingHint')}</span>
      ${
        counted
          ? html`<div class="meter" aria-hidden="true"><i .style=${`inline-size:${(step / tries) * 100}%`}></i></div>`
          : nothing
      }
    </div>
  </div>`;
}

function troubleView(
  model: Model,
  { face, retryable }: { readonly face: Face; readonly retryable: boolean },
): TemplateResult {
  const { locale, asks } = model;
  return html`<div class="message trouble" part="message">
    ${(FACE_ICONS[face] ?? icons.problemIcon)()}
    <div class="text">
      <strong>${say(locale, `${face}Title`)}</strong>
      <span class="hint">${say(locale, `${face}Hint`)}</span>
    </div>
    ${
      retryable
        ? html`<button class="retry" part="retry" type="button" @click=${() => asks.retry()}>
            ${icons.retryIcon()}${say(locale, 'retry')}
          </button>`
        : nothing
    }
  </div>`;
}
