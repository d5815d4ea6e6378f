import type { StorageDay } from '../api.js';

export type Measure = 'bytes' | 'recordings';

/** One day's bar, in the units of the drawing; `y` grows downwards. */
export interface Bar {
  readonly day: StorageDay;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A line across, and the value that it stands for. */
export interface GridLine {
  readonly value: number;
  readonly y: number;
}

export interface Chart {
  readonly bars: readonly Bar[];
  readonly grid: readonly GridLine[];
  /** The days that are named below, so far apart that they have room. */
  readonly named: readonly Bar[];
}

const GAP = 0.28;
/** A day with anything at all is to be seen. */
const LEAST_HEIGHT = 2;
const MOST_NAMES = 7;

/** The next number of the form 1, 2, 2.5 or 5 times a power of ten: what people like to read on an axis. */
export function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const factor = [1, 2, 2.5, 5, 10].find((each) => each * power >= least * (1 - 1e-9)) ?? 10;
  return factor * power;
}

/** Works out the drawing of days side by side, oldest first. */
export function chartOf(days: readonly StorageDay[], measure: Measure, width: number, height: number): Chart {
  const most = Math.max(0, ...days.map((day) => day[measure]));
  // Nobody stores half a recording, or half a byte.
  const step = most === 0 ? 1 : Math.max(1, niceStep(most / 4));
  const top = Math.max(step, Math.ceil(most / step - 1e-9) * step);
  const slot = days.length === 0 ? width : width / days.length;
  const bars = days.map((day, index): Bar => {
    const value = day[measure];
    const tall = value === 0 ? 0 : Math.max(LEAST_HEIGHT, (value / top) * height);
    return { day, x: (index + GAP / 2) * slot, y: height - tall, width: slot * (1 - GAP), height: tall };
  });
  const grid = Array.from({ length: Math.round(top / step) + 1 }, (_, index) => ({
    value: index * step,
    y: height - ((index * step) / top) * height,
  }));
  const every = Math.max(1, Math.ceil(days.length / MOST_NAMES));
  // Counted from the newest, so that today always has its name.
  return { bars, grid, named: bars.filter((_, index) => (bars.length - 1 - index) % every === 0) };
}

/** What the chart says in a sentence: how much came in all these days, and on which most. */
export function growthOf(days: readonly StorageDay[]): { recordings: number; bytes: number; busiest?: StorageDay } {
  const recordings = days.reduce((sum, day) => sum + day.recordings, 0);
  const bytes = days.reduce((sum, day) => sum + day.bytes, 0);
  const busiest = days.reduce<StorageDay | undefined>(
    (most, day) => (day.bytes > (most?.bytes ?? 0) ? day : most),
    undefined,
  );
  return { recordings, bytes, ...(busiest ? { busiest } : {}) };
}
