import { defineConfig } from 'vitest/config';

/** Tests that drive a real Chromium against the built examples and a small gateway: `npm run test:browser`. */
export default defineConfig({
  test: {
    include: ['test/browser/**/*.spec.ts'],
    environment: 'node',
    globalSetup: 'test/browser/site.ts',
    // One browser at a time: they play sound in real time, and would be late on a small machine.
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 180_000,
    allowOnly: false,
    passWithNoTests: false,
  },
});
