import { describe, expect, it } from 'vitest';
import { formatClock, parseMoment, spokenTime } from './time.js';

describe('the clock', () => {
  it.each([
    [0, '0:00'],
    [59.9, '0:59'],
    [83, '1:23'],
    [3599, '59:59'],
    [3600, '1:00:00'],
    [10_799, '2:59:59'],
  ])('shows %d seconds as %s', (seconds, shown) => {
    expect(formatClock(seconds)).toBe(shown);
  });

  it.each([undefined, Number.NaN, Number.POSITIVE_INFINITY, -1])('shows dashes where the time is %s', (seconds) => {
    expect(formatClock(seconds)).toBe('–:––');
  });
});

describe('a spoken time', () => {
  it('names only the units that there are, in English', () => {
    expect(spokenTime(3723, 'en')).toBe('1 hour, 2 minutes, 3 seconds');
    expect(spokenTime(60, 'en')).toBe('1 minute');
  });

  it('says that the beginning is zero seconds', () => {
    expect(spokenTime(0.4, 'en')).toBe('0 seconds');
  });

  it('speaks Hebrew', () => {
    expect(spokenTime(60, 'he')).toContain('דקה');
  });
});

describe('a moment in a link', () => {
  it.each([
    ['83', 83],
    ['83.5', 83.5],
    ['83s', 83],
    ['1:23', 83],
    ['1:02:03', 3723],
    ['1h2m3s', 3723],
    ['2m', 120],
    [' 1H ', 3600],
  ])('is read from %s', (text, seconds) => {
    expect(parseMoment(text)).toBe(seconds);
  });

  it.each([null, undefined, '', '  ', 'abc', '-5', '1:2:3:4', '1:23pm', 'NaN', '1e3'])('is none in %s', (text) => {
    expect(parseMoment(text)).toBeUndefined();
  });
});
