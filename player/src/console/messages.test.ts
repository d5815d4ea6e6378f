import { describe, expect, it } from 'vitest';
import { EarshotError } from '../client/index.js';
import { asError, errorText } from './errors.js';
import { en, english } from './locales/en.js';
import { he } from './locales/he.js';
import { explain } from './locales/reasons.js';
import { languages, reasonName, say, sayCount } from './messages.js';

const keys = Object.keys(english) as (keyof typeof english)[];
const places = (message: string) => [...message.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

describe('the languages', () => {
  it.each(keys)('keep the places of "%s"', (key) => {
    expect(places(he.words[key])).toEqual(places(en.words[key]));
  });

  it('are found by what the browser wants, and English otherwise', () => {
    expect(languages.find('iw-IL').lang).toBe('he');
    expect(languages.find('fr', 'he-IL').lang).toBe('he');
    expect(languages.find('fr').lang).toBe('en');
  });

  it('come with their words when they are chosen', async () => {
    for (const language of languages.known()) {
      const { lang, dir } = await language.load();
      expect([lang, dir]).toEqual([language.lang, language.dir]);
    }
  });
});

describe('messages', () => {
  it('say one otherwise than many, with numbers as the language writes them', () => {
    expect(sayCount(en, 'new', 1)).toBe('One new recording. Show it');
    expect(sayCount(en, 'new', 1200)).toBe('1,200 new recordings. Show them');
  });

  it('keep a SID or a size in order within a text from right to left', () => {
    expect(say(he, 'errorCode', { code: 'offline' })).toBe('קוד: \u2068offline\u2069');
    expect(say(en, 'errorCode', { code: 'offline' })).toBe('Code: offline');
  });

  it('show a reason that is not known by its code', () => {
    expect(reasonName(en, 'absent')).toBe('Never recorded');
    expect(reasonName(en, 'constructor')).toBe('constructor');
    expect(explain('en', 'brand-new').means).toContain('does not know');
    expect(explain('he', 'absent').todo).not.toBe(explain('en', 'absent').todo);
  });
});

describe('errors', () => {
  it.each([
    ['offline', 'The gateway cannot be reached'],
    ['role-missing', 'You may not do this'],
    ['tenant-missing', 'Your account belongs to no tenant'],
    ['foreign-origin', 'The gateway did not take this from this address'],
    ['recording-deleted', 'This recording is gone'],
    ['rate-limited', 'The gateway has too much to do just now'],
    ['unauthenticated', 'You were signed out'],
    ['database-unavailable', 'A part of the gateway is down'],
    ['something-new', 'Something went wrong'],
    ['toString', 'Something went wrong'],
  ])('%s says what happened, what to do, and its code', (code, title) => {
    const text = errorText(en, new EarshotError(code, ''));
    expect(text).toMatchObject({ title, code: `Code: ${code}` });
    expect(text.hint).not.toBe('');
  });

  it('are made of whatever was thrown', () => {
    expect(asError(new EarshotError('offline', '')).code).toBe('offline');
    expect(asError(new TypeError('broken')).code).toBe('console-failed');
  });
});
