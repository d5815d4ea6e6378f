import { LocaleBook, type Language } from '../../element/locale-book.js';
import type { ReasonKey } from './en.js';
import { en } from './reasons-en.js';
import { he } from './reasons-he.js';

/** What a reason means, and what can be done. */
export interface Explanation {
  readonly means: string;
  readonly todo: string;
}

/** Of all reasons, in one language: a missing one does not compile. */
export type Explanations = Readonly<Record<ReasonKey, Explanation>>;

interface Explained extends Language {
  readonly reasons: Explanations;
}

// Apart from the other words: they are long, and nobody needs them before something has failed.
const book = new LocaleBook<Explained>(
  { lang: 'en', dir: 'ltr', reasons: en },
  { lang: 'he', dir: 'rtl', reasons: he },
);

/** Explains a reason in a language. */
export function explain(lang: string, reason: string): Explanation {
  const { reasons } = book.find(lang);
  return Object.hasOwn(reasons, reason) ? reasons[reason as ReasonKey] : reasons.other;
}
