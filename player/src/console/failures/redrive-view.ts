import { html, nothing, type TemplateResult } from 'lit';
import { errorText } from '../errors.js';
import type { ConsoleLocale } from '../locales/en.js';
import { reasonName, say, sayCount } from '../messages.js';
import type { Redrive } from './redrive.js';

/** What the dialog says at each step. */
export function redriveView(locale: ConsoleLocale, redrive: Redrive, close: () => void): TemplateResult {
  const { state, group } = redrive;
  // What is being handed over cannot be called back.
  const closes =
    state.is === 'working' ||
    state.is === 'done' ||
    state.is === 'failed' ||
    (state.is === 'asking' && state.matched === 0);
  const asks = state.is === 'counting' || state.is === 'working' || (state.is === 'asking' && !closes);
  const waits = state.is === 'counting' || state.is === 'working';
  return html`<h2 id="title">${say(locale, 'redriveTitle')}</h2>
    <p class="muted">${reasonName(locale, group.reason)}</p>
    <div role="status">${stepView(locale, redrive)}</div>
    ${
      asks
        ? html`${group.final ? html`<p class="warned">${say(locale, 'redriveFinal')}</p>` : nothing}
            <p class="muted">${say(locale, 'redriveSlow')}</p>`
        : nothing
    }
    <div class="answers">
      <button type="button" autofocus @click=${close}>${say(locale, closes ? 'close' : 'cancel')}</button>
      ${
        state.is === 'failed'
          ? html`<button class="primary" type="button" @click=${() => void redrive.count()}>
              ${say(locale, 'retry')}
            </button>`
          : nothing
      }
      ${
        asks
          ? html`<button class="primary" type="button" aria-disabled=${waits} @click=${() => void redrive.confirm()}>
              ${say(locale, 'redriveYes')}
            </button>`
          : nothing
      }
    </div>`;
}

function stepView(locale: ConsoleLocale, { state }: Redrive): TemplateResult {
  const waiting = (text: string) => html`<p class="loading"><span class="spinner"></span>${text}</p>`;
  switch (state.is) {
    case 'counting':
      return waiting(say(locale, 'redriveCounting'));
    case 'working':
      return waiting(say(locale, 'redriveWorking'));
    case 'asking': {
      const { matched, limit } = state;
      if (matched === 0) return html`<p>${say(locale, 'redriveNone')}</p>`;
      return html`<p><strong>${sayCount(locale, 'redrive', matched)}</strong></p>
        ${matched > limit ? html`<p>${say(locale, 'redriveLimit', { limit })}</p>` : nothing}`;
    }
    case 'done':
      return html`<p><strong>${sayCount(locale, 'redriveDone', state.redriven)}</strong></p>
        ${state.left > 0 ? html`<p>${say(locale, 'redriveLeft', { count: state.left })}</p>` : nothing}`;
    case 'failed': {
      const { title, hint, code } = errorText(locale, state.error);
      return html`<div class="trouble">
        <div>
          <strong>${title}</strong>
          <p>${hint} <span class="code">${code}</span></p>
        </div>
      </div>`;
    }
  }
}
