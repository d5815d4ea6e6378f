import { html, type TemplateResult } from 'lit';
import type { EarshotError } from '../../client/index.js';
import * as icons from '../../element/icons.js';
import { errorText } from '../errors.js';
import type { ConsoleLocale } from '../locales/en.js';
import { say } from '../messages.js';

export function loadingView(locale: ConsoleLocale): TemplateResult {
  return html`<p class="loading" role="status"><span class="spinner"></span>${say(locale, 'loading')}</p>`;
}

/** What went wrong in the place of what should be here. */
export function errorView(locale: ConsoleLocale, error: EarshotError, retry: () => void): TemplateResult {
  const { title, hint, code } = errorText(locale, error);
  return html`<div class="trouble" role="alert">
    ${error.code === 'offline' ? icons.offlineIcon() : icons.problemIcon()}
    <div>
      <strong>${title}</strong>
      <p>${hint} <span class="code">${code}</span></p>
    </div>
    <button type="button" @click=${retry}>${icons.retryIcon()} ${say(locale, 'retry')}</button>
  </div>`;
}

export function emptyView(title: string, hint: string, icon: TemplateResult | unknown): TemplateResult {
  return html`<div class="empty">
    ${icon}
    <strong>${title}</strong>
    <p>${hint}</p>
  </div>`;
}
