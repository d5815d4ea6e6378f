import { describe, expect, it } from 'vitest';
import type { StorageDay } from '../api.js';
import { chartOf, growthOf, niceStep } from './chart.js';

const days = (...bytes: number[]): StorageDay[] =>
  bytes.map((each, index) => ({
    date: `2026-11-${String(index + 1).padStart(2, '0')}`,
    recordings: each / 100,
    bytes: each,
  }));

describe('the steps of the axis', () => {
  it.each([
    [1, 1],
    [1.2, 2],
    [2.1, 2.5],
    [26, 50],
    [51, 100],
    [0.3e9, 0.5e9],
  ])('at least %d is %d', (least, step) => {
    expect(niceStep(least)).toBeCloseTo(step, 6);
  });
});

describe('the drawing', () => {
  it('has a bar for each day, as high as its share of a top above all of them', () => {
    const { bars, grid } = chartOf(days(100, 400, 0, 350), 'bytes', 400, 200);
    expect(grid.map(({ value }) => value)).toEqual([0, 100, 200, 300, 400]);
    expect(grid.map(({ y }) => y)).toEqual([200, 150, 100, 50, 0]);
    expect(bars.map(({ height }) => height)).toEqual([50, 200, 0, 175]);
    for (const { y, height } of bars) expect(y + height).toBe(200);
  });

  it('keeps bars side by side within its width, oldest first', () => {
    const { bars } = chartOf(days(1, 2, 3, 4, 5), 'bytes', 500, 100);
    for (const [index, { x, width }] of bars.entries()) {
      expect(x).toBeGreaterThan(index * 100);
      expect(x + width).toBeLessThan((index + 1) * 100);
    }
  });

  it('shows a day with anything at all', () => {
    const { bars } = chartOf(days(1, 1_000_000), 'bytes', 100, 100);
    expect(bars[0]?.height).toBe(2);
  });

  it('counts recordings in whole ones', () => {
    const { grid } = chartOf(days(100, 200), 'recordings', 100, 100);
    expect(grid.map(({ value }) => value)).toEqual([0, 1, 2]);
  });

  it.each([[[]], [[0, 0, 0]]])('of nothing (%j) has an axis and no bar', (bytes) => {
    const { bars, grid } = chartOf(days(...bytes), 'bytes', 100, 100);
    expect(grid.map(({ value }) => value)).toEqual([0, 1]);
    expect(bars.every(({ height }) => height === 0)).toBe(true);
  });

  it.each([7, 30, 90])('names few of %d days, and today among them', (count) => {
    const { named, bars } = chartOf(days(...Array<number>(count).fill(1)), 'bytes', 900, 100);
    expect(named.length).toBeLessThanOrEqual(7);
    expect(named.at(-1)).toBe(bars.at(-1));
  });
});

describe('the growth in words', () => {
  it('adds up, and knows the busiest day', () => {
    expect(growthOf(days(100, 400, 300))).toEqual({ recordings: 8, bytes: 800, busiest: days(100, 400)[1] });
    expect(growthOf(days(0, 0))).toEqual({ recordings: 0, bytes: 0 });
  });
});
