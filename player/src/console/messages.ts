import { fill, LocaleBook, type Language } from '../element/locale-book.js';
import { formatNumber } from './format.js';
import { en, type ConsoleLocale, type ConsoleWords, type ReasonKey } from './locales/en.js';

/** A language that can be chosen, by its own name; its words come when it is. */
export interface Choice extends Language {
  readonly name: string;
  load(): Promise<ConsoleLocale>;
}

/** The console's languages, found as the player's are. A further one is a file, and a line here. */
export const languages = new LocaleBook<Choice>(
  { lang: 'en', dir: 'ltr', name: 'English', load: async () => en },
  { lang: 'he', dir: 'rtl', name: 'עברית', load: async () => (await import('./locales/he.js')).he },
);

export type Values = Readonly<Record<string, string | number>>;

/** A message in a locale; numbers are written as the language does. */
export function say(locale: ConsoleLocale, key: keyof ConsoleWords, values: Values = {}): string {
  const written = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === 'number' ? formatNumber(value, locale.lang) : isolate(value, locale),
  ]);
  return fill(locale.words[key], Object.fromEntries(written));
}

/** Keeps what runs from left to right, such as `8.2 GB` or a SID, in order within a text that runs from right to left. */
function isolate(text: string, { dir }: ConsoleLocale): string {
  return dir === 'ltr' || text === '' ? text : `\u2068${text}\u2069`;
}

type Many = { [Key in keyof ConsoleWords]: Key extends `${infer Name}Many` ? Name : never }[keyof ConsoleWords];

/** The message for one, or the one for many with its `{count}`. */
export function sayCount(locale: ConsoleLocale, key: Many, count: number): string {
  return say(locale, `${key}${count === 1 ? 'One' : 'Many'}`, { count });
}

/** The name of a reason; one that is not known is shown by its code. */
export function reasonName(locale: ConsoleLocale, reason: string): string {
  return Object.hasOwn(locale.reasons, reason) ? locale.reasons[reason as ReasonKey] : reason;
}

/** The reasons that can be looked for. */
export function knownReasons(locale: ConsoleLocale): readonly (readonly [string, string])[] {
  return Object.entries(locale.reasons).filter(([reason]) => reason !== 'other');
}
