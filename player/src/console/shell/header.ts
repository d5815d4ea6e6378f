import { html, nothing, type TemplateResult } from 'lit';
import * as icons from '../../element/icons.js';
import type { ConsoleLocale } from '../locales/en.js';
import { languages, say } from '../messages.js';
import { hashOf, type Route } from '../route.js';
import { NO_FILTER } from '../filter.js';
import { logo } from './logo.js';
import { reload } from './address.js';
import { THEMES, type Preferences, type Theme } from './preferences.js';
import type { Shell } from './shell.js';

export interface HeaderModel {
  readonly locale: ConsoleLocale;
  /** Absent until it is known who is signed in. */
  readonly shell: Shell | undefined;
  readonly route: Route;
  readonly preferences: Preferences;
  choose(preferences: Preferences): void;
  called(sid: string): void;
  /** Goes to the content, past everything up here. */
  skip(): void;
}

export function headerView(model: HeaderModel): TemplateResult {
  const { locale, shell } = model;
  return html`<header class="top">
    <button class="skip" type="button" @click=${() => model.skip()}>${say(locale, 'skip')}</button>
    <div class="bar">
      <a class="brand" href="#/recordings">${logo()}<span>Earshot</span></a>
      ${shell ? navigationView(model, shell) : nothing}
      <span class="space"></span>
      ${
        shell?.session.simulatorUrl && shell.session.tenant
          ? html`<console-simulate
              .shell=${shell}
              @console-called=${(event: CustomEvent<string>) => model.called(event.detail)}
            ></console-simulate>`
          : nothing
      }
      ${settingsView(model)} ${shell ? whoView(locale, shell) : nothing}
    </div>
  </header>`;
}

function navigationView({ locale, route }: HeaderModel, { rights }: Shell): TemplateResult | typeof nothing {
  // One page needs no way to others.
  if (!rights.isAdmin) return nothing;
  const here = route.page === 'recording' ? 'recordings' : route.page;
  const tenant = 'tenant' in route ? route.tenant : '';
  const link = (page: 'recordings' | 'failures' | 'storage') => {
    const to: Route = page === 'recordings' ? { page, filter: NO_FILTER } : { page, tenant };
    return html`<a href=${hashOf(to)} aria-current=${here === page ? 'page' : nothing}>${say(locale, page)}</a>`;
  };
  return html`<nav aria-label=${say(locale, 'navigation')}>
    ${link('recordings')}${link('failures')}${link('storage')}
  </nav>`;
}

function settingsView({ locale, preferences, choose }: HeaderModel): TemplateResult {
  const themes: Record<Theme, string> = {
    auto: say(locale, 'themeAuto'),
    light: say(locale, 'themeLight'),
    dark: say(locale, 'themeDark'),
  };
  const value = (event: Event) => (event.target as HTMLSelectElement).value;
  return html`<div class="settings" role="group" aria-label=${say(locale, 'settings')}>
    <select
      aria-label=${say(locale, 'language')}
      @change=${(event: Event) => choose({ ...preferences, lang: value(event) })}
    >
      ${languages
        .known()
        .map(
          ({ lang, name }) =>
            html`<option value=${lang} lang=${lang} ?selected=${lang === locale.lang}>${name}</option>`,
        )}
    </select>
    <select
      aria-label=${say(locale, 'theme')}
      @change=${(event: Event) => choose({ ...preferences, theme: value(event) as Theme })}
    >
      ${THEMES.map(
        (theme) => html`<option value=${theme} ?selected=${theme === preferences.theme}>${themes[theme]}</option>`,
      )}
    </select>
  </div>`;
}

function whoView(locale: ConsoleLocale, { session }: Shell): TemplateResult {
  const name = session.name || session.subject;
  return html`<div class="who" title=${say(locale, 'signedInAs', { name })}>
      <bdi class="name">${name}</bdi>
      ${session.tenant ? html`<bdi class="tenant">${session.tenant}</bdi>` : nothing}
    </div>
    ${
      session.signOutUrl
        ? html`<a class="button quiet" href=${session.signOutUrl}>${say(locale, 'signOut')}</a>`
        : nothing
    }`;
}

/** The session has ended. The page itself asks for signing in, and leads back to where one is. */
export function bannerView(locale: ConsoleLocale): TemplateResult {
  return html`<div class="banner" role="alert">
    ${icons.lockIcon()}
    <p><strong>${say(locale, 'signedOut')}</strong> ${say(locale, 'signedOutHint')}</p>
    <a
      class="button primary"
      href=${location.pathname}
      @click=${(event: Event) => {
        // The address without the fragment could be the same page without a load.
        event.preventDefault();
        reload();
      }}
      >${say(locale, 'signIn')}</a
    >
  </div>`;
}
