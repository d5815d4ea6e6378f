// The one place that knows how to start the browser: headless, quiet on the network, with a profile of its own.
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--autoplay-policy=no-user-gesture-required',
];

/** Where Debian has it; CHROMIUM says otherwise. */
const DEBIAN = '/usr/bin/chromium';

export function startChromium() {
  const named = process.env.CHROMIUM ?? (existsSync(DEBIAN) ? DEBIAN : undefined);
  return chromium.launch({ args: FLAGS, ...(named ? { executablePath: named } : { channel: 'chromium' }) });
}
