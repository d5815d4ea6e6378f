/** What every language file says of itself. */
export interface Language {
  /** The language as BCP 47 names it, such as `he` or `pt-BR`. */
  readonly lang: string;
  readonly dir: 'ltr' | 'rtl';
}

/** The languages of one surface, such as the player or the console: each has words of its own, found in the same way. */
export class LocaleBook<L extends Language> {
  readonly #locales = new Map<string, L>();
  readonly #fallback: L;

  /** @param fallback what is used where no language that is wanted is known */
  constructor(fallback: L, ...others: L[]) {
    this.#fallback = fallback;
    for (const locale of [fallback, ...others]) this.register(locale);
  }

  /** Adds a language, or puts another translation in the place of one that is there. */
  register(locale: L): void {
    this.#locales.set(locale.lang.toLowerCase(), locale);
  }

  known(): readonly L[] {
    return [...this.#locales.values()];
  }

  /** The best locale for the languages wanted, in order: the exact one, then its base, then the fallback. */
  find(...wanted: (string | null | undefined)[]): L {
    for (const each of wanted) {
      // Two old codes of Hebrew and Yiddish are still about; browsers report the first.
      const lang = each?.toLowerCase().replace(/^iw\b/, 'he');
      if (!lang) continue;
      const found = this.#locales.get(lang) ?? this.#locales.get(lang.split('-')[0] ?? '');
      if (found) return found;
    }
    return this.#fallback;
  }
}

/** Puts values into the places of a message. */
export function fill(message: string, values: Readonly<Record<string, string | number>>): string {
  return message.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}
