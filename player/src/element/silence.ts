import type { Peaks } from '../client/index.js';

/** A stretch of the recording, in seconds. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** What counts as silence. */
export interface SilenceRule {
  /** Shorter ones are pauses of speech, which belong to it. */
  readonly shortestSeconds: number;
  /** What is left of a silence on either side, so that no word is cut. */
  readonly paddingSeconds: number;
}

/** Two seconds is longer than people pause inside a sentence; a quarter of one keeps the onset of a word. */
export const SILENCE: SilenceRule = { shortestSeconds: 2, paddingSeconds: 0.25 };

/**
 * Below which level a bucket is silent: a fixed level would take a quiet line for silence and a noisy one for speech, so it is
 * a twelfth of what is loud in this recording, within bounds that telephone noise keeps to.
 */
function silentBelow(levels: readonly number[]): number {
  const sorted = [...levels].sort((a, b) => a - b);
  const loud = sorted[Math.floor(sorted.length * 0.95)] ?? 0;
  return Math.min(0.05, Math.max(0.008, loud / 12));
}

/** The loudest of all channels in each bucket: nobody is to be cut off because the other one is silent. */
function levelsOf(peaks: Peaks): number[] {
  const length = Math.max(0, ...peaks.channels.map((channel) => channel.length));
  const levels = new Array<number>(length).fill(0);
  for (const channel of peaks.channels) {
    channel.forEach((value, index) => {
      levels[index] = Math.max(levels[index] ?? 0, Math.abs(value));
    });
  }
  return levels;
}

/** The stretches in which nobody speaks, in order, without what is to be kept of them. */
export function silentSpans(peaks: Peaks, rule: SilenceRule = SILENCE): Span[] {
  const levels = levelsOf(peaks);
  const limit = silentBelow(levels);
  const spans: Span[] = [];
  let start = -1;
  for (let index = 0; index <= levels.length; index++) {
    const silent = index < levels.length && (levels[index] ?? 0) < limit;
    if (silent && start < 0) start = index;
    if (silent || start < 0) continue;
    const from = start / peaks.samplesPerSecond;
    const to = index / peaks.samplesPerSecond;
    if (to - from >= rule.shortestSeconds)
      spans.push({ from: from + rule.paddingSeconds, to: to - rule.paddingSeconds });
    start = -1;
  }
  return spans;
}

/** Where to go on from `seconds`: the end of the silence that it lies in, or undefined outside of one. */
export function afterSilence(spans: readonly Span[], seconds: number): number | undefined {
  let low = 0;
  let high = spans.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const span = spans[middle];
    if (!span) return undefined;
    if (seconds < span.from) high = middle - 1;
    else if (seconds >= span.to) low = middle + 1;
    else return span.to;
  }
  return undefined;
}
