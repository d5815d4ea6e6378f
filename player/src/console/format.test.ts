import { describe, expect, it } from 'vitest';
import { dayOf, formatBytes, formatMoment, formatUtcDay, secondsOf, shortSid } from './format.js';

describe('sizes', () => {
  it.each([
    [0, '0 byte'],
    [999, '999 byte'],
    [480_044, '480 kB'],
    [999_600, '1 MB'],
    [1_130_000, '1.1 MB'],
    [20_805_560_000, '20.8 GB'],
  ])('%d is %s', (bytes, text) => {
    expect(formatBytes(bytes, 'en')).toBe(text);
  });
});

describe('days', () => {
  const now = new Date(2026, 10, 20, 0, 30);

  it.each([
    [new Date(2026, 10, 20, 0, 1), 'today'],
    [new Date(2026, 10, 19, 23, 59), 'yesterday'],
    [new Date(2026, 10, 18, 12, 0), 'Wednesday, November 18'],
    [new Date(2025, 10, 18, 12, 0), 'Tuesday, November 18, 2025'],
  ])('%s is %s', (then, day) => {
    expect(dayOf(then.toISOString(), 'en', now)).toBe(day);
  });

  it('are in the words of the language', () => {
    expect(dayOf(now.toISOString(), 'he', now)).toBe('היום');
  });

  it('of UTC are those of UTC wherever one is', () => {
    expect(formatUtcDay('2026-11-20', 'en', { dateStyle: 'long' })).toBe('November 20, 2026');
  });

  it('that are not known are not made up', () => {
    expect(dayOf(undefined, 'en', now)).toBe('');
    expect(formatMoment(undefined, 'en')).toBe('–');
    expect(formatMoment('soon', 'en')).toBe('–');
  });
});

it('shortens a SID by its middle', () => {
  expect(shortSid('CA0123456789abcdef0123456789abcdef')).toBe('CA0123…cdef');
  expect(shortSid('CA12')).toBe('CA12');
});

it('takes the exact duration before the one that Twilio told', () => {
  expect(secondsOf({ durationMillis: 60_004, durationSeconds: 60 })).toBe(60.004);
  expect(secondsOf({ durationSeconds: 60 })).toBe(60);
  expect(secondsOf({})).toBeUndefined();
});
