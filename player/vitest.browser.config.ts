import { defineConfig } from 'vitest/config';
import examples from './examples/vite.config.js';

/** Drives a real browser from Node, for what Node does not have: OPFS, Cache Storage, media elements, and the element itself. */
export default defineConfig({
  resolve: examples.resolve ?? {},
  test: {
    include: ['test/browser/*.browser.ts', 'test/browser/*.spec.ts'],
    environment: 'node',
    globalSetup: 'test/browser/site.ts',
    // One browser at a time: they play sound in real time, and would be late on a small machine.
    fileParallelism: false,
    allowOnly: false,
    passWithNoTests: false,
    // A busy machine needs longer than the second that is given by default.
    expect: { poll: { timeout: 20_000 } },
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
