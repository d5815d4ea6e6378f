import { en, type Locale, type Words } from './locales/en.js';
import { he } from './locales/he.js';

const locales = new Map<string, Locale>();

/**
 * Adds a language, or puts another translation in the place of one that is there. Players that are on the page already show it
 * from their next change on, so register before the first player if you can.
 */
export function registerLocale(locale: Locale): void {
  locales.set(locale.lang.toLowerCase(), locale);
}

registerLocale(en);
registerLocale(he);

/** The languages that are known, for tests and for language menus. */
export function knownLocales(): readonly Locale[] {
  return [...locales.values()];
}

/** The best locale for the languages wanted, in order: the exact one, then its base, then English. */
export function localeFor(...wanted: (string | null | undefined)[]): Locale {
  for (const each of wanted) {
    // Two old codes of Hebrew and Yiddish are still about; browsers report the first.
    const lang = each?.toLowerCase().replace(/^iw\b/, 'he');
    if (!lang) continue;
    const found = locales.get(lang) ?? locales.get(lang.split('-')[0] ?? '');
    if (found) return found;
  }
  return en;
}

/** Puts values into the places of a message. */
export function fill(message: string, values: Readonly<Record<string, string | number>>): string {
  return message.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}

/** A message in a locale. */
export function say(locale: Locale, key: keyof Words, values: Readonly<Record<string, string | number>> = {}): string {
  return fill(locale.words[key], values);
}
