import { EarshotError } from './errors.js';
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

/** No `Retry-After` is believed beyond this: every wait has a bound. */
export const MAX_RETRY_AFTER_MS = 120_000;

/** What the server had to say about when to come back. */
export interface Hint {
  retryAfterMs?: number | undefined;
  /** The server refused (429, 503) rather than asked for patience: then it is never asked sooner than it says. */
  refused?: boolean;
}

/**
 * How long to wait after a try, in milliseconds.
 *
 * @param tried how many tries were made before this one; beyond the policy's end its last delay repeats
 * @param random 0 to 1
 */
export function pauseMs(policy: RetryPolicy, tried: number, hint: Hint = {}, random = Math.random()): number {
  const own = policy.delaysMs[Math.min(tried, policy.delaysMs.length - 1)] ?? 0;
  const asked = hint.retryAfterMs === undefined ? undefined : Math.min(hint.retryAfterMs, MAX_RETRY_AFTER_MS);
  let pause = own;
  if (asked !== undefined && policy.honourRetryAfter) pause = asked;
  if (asked !== undefined && hint.refused) pause = Math.max(pause, asked);
  return Math.round(pause * (1 + policy.jitter * random));
}

/**
 * Reads `Retry-After` (RFC 9110, section 10.2.3): seconds, or a date.
 *
 * @returns milliseconds, `undefined` if it is absent or neither
 */
export function retryAfterMs(header: string | null, nowMs = Date.now()): number | undefined {
  if (header === null) return undefined;
  if (/^\s*\d{1,9}\s*$/.test(header)) return Number(header) * 1_000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - nowMs);
}

/** Resolves after so many milliseconds; rejects with `aborted`, and leaves no timer, when the signal says so. */
export function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      clearTimeout(timer);
      reject(new EarshotError('aborted', 'Ended by the caller', { cause: signal.reason }));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', abort);
      resolve();
    }, ms);
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
  });
}
