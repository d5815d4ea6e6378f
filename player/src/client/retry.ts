import type { RetryPolicy } from './types.js';

const patient: RetryPolicy = {
  delaysMs: [2_000, 3_000, 5_000, 8_000, 12_000, 20_000, 30_000, 30_000, 30_000, 30_000],
  honourRetryAfter: true,
  jitter: 0.2,
};

/** Ready-made policies. */
export const presets = {
  /** Ten tries within about three minutes, at the gateway's own pace. The default. */
  patient,
  /** Every 2 s, ten times, as many older players do. */
  every2s: { delaysMs: Array<number>(10).fill(2_000), honourRetryAfter: false, jitter: 0 },
  /** After 3, 5, 8, 12 and 20 s. */
  stepped: { delaysMs: [3_000, 5_000, 8_000, 12_000, 20_000], honourRetryAfter: false, jitter: 0 },
} satisfies Record<string, RetryPolicy>;
