import type { Browser } from 'playwright-core';

/** Starts a headless Chromium with a fresh profile. */
export function startChromium(): Promise<Browser>;
