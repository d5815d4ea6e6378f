import { afterEach, describe, expect, it, vi } from 'vitest';
import { MAX_RETRY_AFTER_MS, pauseMs, presets, retryAfterMs, sleep } from './retry.js';

afterEach(() => {
  vi.useRealTimers();
});

describe('a policy', () => {
  it('waits as long as its presets say', () => {
    const waits = (policy: keyof typeof presets) =>
      presets[policy].delaysMs.map((_, tried) => pauseMs(presets[policy], tried, {}, 0) / 1_000);
    expect(waits('every2s')).toEqual([2, 2, 2, 2, 2, 2, 2, 2, 2, 2]);
    expect(waits('stepped')).toEqual([3, 5, 8, 12, 20]);
    expect(waits('patient')).toEqual([2, 3, 5, 8, 12, 20, 30, 30, 30, 30]);
  });

  it('repeats its last delay for whoever goes on beyond its end', () => {
    expect(pauseMs(presets.stepped, 99, {}, 0)).toBe(20_000);
  });

  it("takes Retry-After in place of its own delay where it honours it, and ignores it where it doesn't", () => {
    expect(pauseMs(presets.patient, 5, { retryAfterMs: 1_000 }, 0)).toBe(1_000);
    expect(pauseMs(presets.every2s, 5, { retryAfterMs: 1_000 }, 0)).toBe(2_000);
  });

  it('never asks sooner than a server allows that has refused', () => {
    expect(pauseMs(presets.every2s, 0, { retryAfterMs: 9_000, refused: true }, 0)).toBe(9_000);
    expect(pauseMs(presets.every2s, 0, { retryAfterMs: 1_000, refused: true }, 0)).toBe(2_000);
  });

  it('believes no Retry-After beyond its bound', () => {
    expect(pauseMs(presets.patient, 0, { retryAfterMs: 86_400_000 }, 0)).toBe(MAX_RETRY_AFTER_MS);
  });

  it('is made longer by chance, never shorter', () => {
    expect(pauseMs(presets.patient, 0, {}, 1)).toBe(2_400);
    expect(pauseMs(presets.patient, 0, {}, 0)).toBe(2_000);
  });
});

describe('Retry-After', () => {
  it('is read as seconds or as a date, and is nothing otherwise', () => {
    const now = Date.parse('2026-03-04T05:06:07Z');
    expect(retryAfterMs('2', now)).toBe(2_000);
    expect(retryAfterMs('Wed, 04 Mar 2026 05:06:17 GMT', now)).toBe(10_000);
    expect(retryAfterMs('Wed, 04 Mar 2026 05:06:00 GMT', now)).toBe(0);
    expect(retryAfterMs('soon', now)).toBeUndefined();
    expect(retryAfterMs(null, now)).toBeUndefined();
  });
});

describe('a wait', () => {
  it('ends in its time and leaves no timer', async () => {
    vi.useFakeTimers();
    const waited = sleep(2_000, new AbortController().signal);
    await vi.advanceTimersByTimeAsync(2_000);
    await expect(waited).resolves.toBeUndefined();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('ends at once when it is aborted and leaves no timer', async () => {
    vi.useFakeTimers();
    const ending = new AbortController();
    const waited = sleep(2_000, ending.signal);
    ending.abort();
    await expect(waited).rejects.toMatchObject({ code: 'aborted' });
    await expect(sleep(2_000, ending.signal)).rejects.toMatchObject({ code: 'aborted' });
    expect(vi.getTimerCount()).toBe(0);
  });
});
