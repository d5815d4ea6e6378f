import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx', 'test/**/*.test.ts'],
    // The client and the offline part need no page; a test of the element names its environment in its first line.
    environment: 'node',
    // A test that was narrowed or left empty must not pass for the whole.
    allowOnly: false,
    passWithNoTests: false,
    restoreMocks: true,
    // What is slow here is the machine: every wait of a test ends by a condition.
    expect: { poll: { timeout: 15_000 } },
    testTimeout: 30_000,
  },
});
