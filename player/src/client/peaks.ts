import { EarshotError } from './errors.js';
import type { Peaks } from './types.js';

interface Wire {
  version: number;
  durationMillis: number;
  bucketsPerSecond: number;
  channels: { peaks: string }[];
}

/** Unsigned bytes in Base64, one for each bucket; 255 is full scale. @throws EarshotError `bad-answer` */
export function peaksOf(json: unknown): Peaks {
  const wire = json as Partial<Wire>;
  if (wire.version !== 1 || !Array.isArray(wire.channels) || !wire.bucketsPerSecond || !wire.durationMillis) {
    throw new EarshotError('bad-answer', 'Peaks of a version that is not known here');
  }
  return {
    version: 1,
    durationMillis: wire.durationMillis,
    samplesPerSecond: wire.bucketsPerSecond,
    channels: wire.channels.map(({ peaks }) => Array.from(atob(peaks), (byte) => byte.charCodeAt(0) / 255)),
  };
}
