import { fill, LocaleBook } from './locale-book.js';
import { en, type Locale, type Words } from './locales/en.js';
import { he } from './locales/he.js';

const book = new LocaleBook<Locale>(en, he);

/**
 * Adds a language, or puts another translation in the place of one that is there. Players that are on the page already show it
 * from their next change on, so register before the first player if you can.
 */
export function registerLocale(locale: Locale): void {
  book.register(locale);
}

/** The languages that are known, for tests and for language menus. */
export function knownLocales(): readonly Locale[] {
  return book.known();
}

/** The best locale for the languages wanted, in order: the exact one, then its base, then English. */
export function localeFor(...wanted: (string | null | undefined)[]): Locale {
  return book.find(...wanted);
}

export { fill };

/** A message in a locale. */
export function say(locale: Locale, key: keyof Words, values: Readonly<Record<string, string | number>> = {}): string {
  return fill(locale.words[key], values);
}
