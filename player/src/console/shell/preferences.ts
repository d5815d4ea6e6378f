import type { ConsoleLocale } from '../locales/en.js';
import { languages } from '../messages.js';

export const THEMES = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** What the user chose for this browser. */
export interface Preferences {
  readonly lang: string;
  readonly theme: Theme;
}

const KEY = 'earshot.console';

/** What was chosen; where nothing was, or nothing may be kept, the browser's language and the system's colours. */
export function readPreferences(): Preferences {
  let kept: Partial<Preferences> = {};
  try {
    kept = (JSON.parse(localStorage.getItem(KEY) ?? '{}') ?? {}) as Partial<Preferences>;
  } catch {
    // A browser that keeps nothing, or a value that somebody else wrote.
  }
  const theme = THEMES.find((each) => each === kept.theme) ?? 'auto';
  return { lang: languages.find(kept.lang, ...navigator.languages).lang, theme };
}

export function keepPreferences(preferences: Preferences): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(preferences));
  } catch {
    // It then counts for as long as the page is open.
  }
}

/** Shows the page in a language and in colours. */
export function applyPreferences(locale: ConsoleLocale, theme: Theme): void {
  const { documentElement } = document;
  documentElement.lang = locale.lang;
  documentElement.dir = locale.dir;
  if (theme === 'auto') delete documentElement.dataset['theme'];
  else documentElement.dataset['theme'] = theme;
}
