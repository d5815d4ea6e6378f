import { describe, expect, it } from 'vitest';
import { linkedMoment, momentLink, parseDeepLink } from './deep-link.js';

const PAGE = 'https://calls.example/list?page=2#top';

describe('a link to a moment', () => {
  it('names recording and second, and keeps the rest of the address', () => {
    expect(momentLink(PAGE, 'REa', 83.7)).toBe('https://calls.example/list?page=2&recording=REa&t=83#top');
  });

  it('replaces the moment of an older link', () => {
    const link = momentLink(momentLink(PAGE, 'REa', 10), 'REb', 20);
    expect(parseDeepLink(link)).toEqual({ seconds: 20, recording: 'REb' });
  });

  it('is none without a moment that can be read', () => {
    expect(parseDeepLink(PAGE)).toBeUndefined();
    expect(parseDeepLink(`${PAGE.replace('#top', '')}&t=soon`)).toBeUndefined();
  });

  it('is followed by the recording that it names alone', () => {
    const link = momentLink(PAGE, 'REb', 20);
    expect(linkedMoment(link, 'REa')).toBeUndefined();
    expect(linkedMoment(link, 'REb')).toBe(20);
  });

  it('without a recording is followed by the first player that asks, and by that one again', () => {
    const link = 'https://calls.example/one?t=1:05';
    expect(linkedMoment(link, 'REa')).toBe(65);
    expect(linkedMoment(link, 'REb')).toBeUndefined();
    expect(linkedMoment(link, 'REa')).toBe(65);
  });
});
