import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { english, type Locale } from './locales/en.js';
import { fill, knownLocales, localeFor, registerLocale, say } from './messages.js';

const placesIn = (message: string) => [...message.matchAll(/\{\w+\}/g)].map(String).sort();

const files = readdirSync(new URL('./locales', import.meta.url)).filter((file) => file.endsWith('.ts'));

describe.each(files)('the language file %s', (file) => {
  it('has every message, with the places of the English one, and nothing else', async () => {
    const { default: locale } = (await import(
      /* @vite-ignore */ new URL(`./locales/${file}`, import.meta.url).href
    )) as { default: Locale };
    expect(Object.keys(locale.words).sort()).toEqual(Object.keys(english).sort());
    for (const [key, message] of Object.entries(english)) {
      const translated = locale.words[key as keyof typeof english];
      expect(translated.trim(), key).not.toBe('');
      expect(placesIn(translated), key).toEqual(placesIn(message));
    }
  });
});

describe('the language', () => {
  it('has English and Hebrew from the start, and Hebrew runs from right to left', () => {
    const known = knownLocales();
    expect(known.map(({ lang, dir }) => [lang, dir])).toEqual([
      ['en', 'ltr'],
      ['he', 'rtl'],
    ]);
  });

  it('is the first one wanted that is known, by its base if need be, and English at last', () => {
    expect(localeFor('he-IL').lang).toBe('he');
    expect(localeFor('iw').lang).toBe('he');
    expect(localeFor(undefined, '', 'HE').lang).toBe('he');
    expect(localeFor('xx', 'he').lang).toBe('he');
    expect(localeFor('xx').lang).toBe('en');
    expect(localeFor().lang).toBe('en');
  });

  it('can be added by a file', () => {
    registerLocale({ lang: 'de-AT', dir: 'ltr', words: { ...english, play: 'Abspielen' } });
    expect(say(localeFor('de-at'), 'play')).toBe('Abspielen');
  });

  it('fills values in, and leaves a place that has none', () => {
    expect(fill('{try} of {tries}', { try: 3, tries: 10 })).toBe('3 of 10');
    expect(fill('{try} of {tries}', { try: 3 })).toBe('3 of {tries}');
  });
});
