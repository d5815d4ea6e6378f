import { html, nothing, type TemplateResult } from 'lit';
import { say } from '../messages.js';
import { hashOf } from '../route.js';
import type { Shell } from './shell.js';

/** Operators see all tenants, or narrow to one. */
export function tenantView(
  { locale, rights }: Shell,
  page: 'failures' | 'storage',
  tenant: string,
): TemplateResult | typeof nothing {
  if (!rights.isOperator) return nothing;
  const narrow = (event: SubmitEvent) => {
    event.preventDefault();
    const wanted = new FormData(event.target as HTMLFormElement).get('tenant');
    location.hash = hashOf({ page, tenant: String(wanted ?? '').trim() });
  };
  return html`<form class="narrow" @submit=${narrow}>
    <label
      ><span>${say(locale, 'tenant')}</span
      ><input
        name="tenant"
        dir="ltr"
        autocomplete="off"
        spellcheck="false"
        placeholder=${say(locale, 'allTenants')}
        .value=${tenant}
    /></label>
    <button type="submit">${say(locale, 'narrow')}</button>
  </form>`;
}
