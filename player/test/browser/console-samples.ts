import type { Recording } from '../../src/client/index.js';
import type { Failures, Storage } from '../../src/console/api.js';
import { sid } from './console-gateway.js';

const MINUTE = 60_000;
const DAY = 86_400_000;

/** Some recordings of today and yesterday, in every state; the first is the newest, and ready. */
export function someRecordings(count = 12): Recording[] {
  return Array.from({ length: count }, (_, index) => recording(index));
}

function recording(index: number): Recording {
  const n = 0x9a41c07 * (index + 3);
  const seconds = [214, 47, 1284, 96, 15, 331, 602, 74][index % 8] ?? 60;
  const began = Date.now() - (index * 97 + 4) * MINUTE;
  const known: Recording = {
    recordingSid: sid('RE', n),
    callSid: sid('CA', n + 11),
    accountSid: `AC${'3'.repeat(32)}`,
    state: 'ready',
    attempt: 1,
    startedAt: new Date(began).toISOString(),
    durationSeconds: seconds,
    channels: index % 3 === 0 ? 2 : 1,
  };
  switch (index % 8) {
    case 1:
      return { ...known, state: 'fetching' };
    case 3:
      return { ...known, state: 'failed', attempt: 10, reason: 'upstream-error', retryable: true };
    case 5:
      return { ...known, state: 'evicted' };
    case 6:
      return { ...known, state: 'failed', reason: 'source-deleted', retryable: false };
    case 7:
      return { ...known, state: 'registered', attempt: 0 };
    default:
      return {
        ...known,
        durationMillis: seconds * 1000 + 4,
        sizeBytes: seconds * 4000,
        sha256: n.toString(16).padStart(64, '9f86d081884c7d65'),
        contentType: 'audio/mpeg',
        readyAt: new Date(began + 2 * MINUTE).toISOString(),
      };
  }
}

export function someFailures(): Failures {
  const ago = (minutes: number) => new Date(Date.now() - minutes * MINUTE).toISOString();
  return {
    total: 57,
    reasons: [
      { reason: 'upstream-error', count: 41, retrying: 6, final: false, oldest: ago(2900), newest: ago(12) },
      { reason: 'source-deleted', count: 13, final: true, oldest: ago(9000), newest: ago(700) },
      { reason: 'store-unavailable', count: 3, final: false, oldest: ago(95), newest: ago(90) },
    ],
  };
}

/** A working week is busy, a weekend is not. */
export function someStorage(): Storage {
  const today = Math.floor(Date.now() / DAY) * DAY;
  const days = Array.from({ length: 90 }, (_, index) => {
    const time = today - (89 - index) * DAY;
    const weekday = new Date(time).getUTCDay();
    const busy = weekday === 0 || weekday === 6 ? 0.12 : 1;
    const recordings = Math.round(busy * (180 + 2 * index + 60 * Math.sin(index * 1.7)));
    return { date: new Date(time).toISOString().slice(0, 10), recordings, bytes: recordings * 1_130_000 };
  });
  return {
    recordings: 18_412,
    bytes: 20_805_560_000,
    states: { ready: 18_412, waiting: 6, fetching: 2, registered: 311, evicted: 4020, failed: 57 },
    days,
  };
}
