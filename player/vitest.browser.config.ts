import { defineConfig } from 'vitest/config';

/** Drives a real browser from Node, for what Node does not have: OPFS, Cache Storage, media elements. */
export default defineConfig({
  test: {
    include: ['test/browser/*.browser.ts'],
    environment: 'node',
    allowOnly: false,
    passWithNoTests: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
