import { describe, expect, it } from 'vitest';
import type { Peaks } from '../client/index.js';
import { afterSilence, silentSpans } from './silence.js';

/** Ten buckets a second; each number is a second of that level. */
function peaks(...channels: number[][]): Peaks {
  const spread = channels.map((levels) => levels.flatMap((level) => Array<number>(10).fill(level)));
  return { version: 1, durationMillis: (channels[0]?.length ?? 0) * 1000, samplesPerSecond: 10, channels: spread };
}

describe('silence', () => {
  it('is what is quiet for two seconds or more, less a quarter of a second on either side', () => {
    expect(silentSpans(peaks([0.5, 0, 0, 0, 0.5]))).toEqual([{ from: 1.25, to: 3.75 }]);
  });

  it('is not a pause of one second', () => {
    expect(silentSpans(peaks([0.5, 0, 0.5]))).toEqual([]);
  });

  it('is only where both channels are silent', () => {
    expect(silentSpans(peaks([0.5, 0, 0, 0, 0, 0.5], [0, 0.5, 0, 0, 0.5, 0]))).toEqual([{ from: 2.25, to: 3.75 }]);
  });

  it('reaches to the end of the recording', () => {
    expect(silentSpans(peaks([0.5, 0, 0]))).toEqual([{ from: 1.25, to: 2.75 }]);
  });

  it('is measured by how loud the recording is: the noise of a line is silence, a quiet voice is not', () => {
    expect(silentSpans(peaks([0.6, 0.03, 0.03, 0.03, 0.6]))).toHaveLength(1);
    expect(silentSpans(peaks([0.06, 0.03, 0.03, 0.03, 0.06]))).toHaveLength(0);
  });

  it('is none where there are no peaks', () => {
    expect(silentSpans(peaks([]))).toEqual([]);
  });

  it('is left at its end, and speech is not left at all', () => {
    const spans = silentSpans(peaks([0.5, 0, 0, 0, 0.5, 0, 0, 0, 0.5]));
    expect(afterSilence(spans, 2)).toBe(3.75);
    expect(afterSilence(spans, 6)).toBe(7.75);
    expect(afterSilence(spans, 1)).toBeUndefined();
    expect(afterSilence(spans, 3.75)).toBeUndefined();
    expect(afterSilence([], 1)).toBeUndefined();
  });
});
