import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type BrowserContext, type Page as Tab } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { build } from 'vite';
import { Gateway, sid } from '../gateway.js';
import { CONTRACT } from '../storage-contract.js';
import type { Page } from './page.js';

declare const page: Page;

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--autoplay-policy=no-user-gesture-required',
];

let gateway: Gateway;
let profile: string;
let browser: BrowserContext;
let tab: Tab;

beforeAll(async () => {
  gateway = await Gateway.start();
  gateway.audioType = 'audio/wav';
  gateway.pages.set('/', { type: 'text/html', body: '<!doctype html><script type="module" src="/page.js"></script>' });
  gateway.pages.set('/page.js', { type: 'text/javascript', body: await bundle() });
  profile = await mkdtemp(join(tmpdir(), 'player-'));
  const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
  browser = await chromium.launchPersistentContext(profile, { executablePath, headless: true, args: FLAGS });
  tab = await browser.newPage();
  await tab.goto(gateway.url);
  await tab.waitForFunction('globalThis.page !== undefined');
});

afterAll(async () => {
  await browser?.close();
  await gateway?.stop();
  if (profile) await rm(profile, { recursive: true, force: true, maxRetries: 5 });
});

async function bundle(): Promise<string> {
  const entry = fileURLToPath(new URL('page.ts', import.meta.url));
  const lib = { entry, formats: ['es' as const] };
  const built = await build({ configFile: false, logLevel: 'error', build: { write: false, target: 'es2022', lib } });
  const [first] = Array.isArray(built) ? built : [built];
  if (!first || !('output' in first)) throw new Error('Nothing was built');
  return first.output.map((chunk) => ('code' in chunk ? chunk.code : '')).join('');
}

/** 16-bit PCM, so that any browser plays it: a tone of so many seconds. */
function wav(seconds: number): Buffer<ArrayBuffer> {
  const rate = 8_000;
  const audio = Buffer.alloc(44 + rate * 2 * seconds);
  audio.write('RIFF', 0);
  audio.writeUInt32LE(audio.length - 8, 4);
  audio.write('WAVEfmt ', 8);
  audio.writeUInt32LE(16, 16);
  audio.writeUInt16LE(1, 20);
  audio.writeUInt16LE(1, 22);
  audio.writeUInt32LE(rate, 24);
  audio.writeUInt32LE(rate * 2, 28);
  audio.writeUInt16LE(2, 32);
  audio.writeUInt16LE(16, 34);
  audio.write('data', 36);
  audio.writeUInt32LE(audio.length - 44, 40);
  for (let n = 0; n < rate * seconds; n++) audio.writeInt16LE(Math.round(8_000 * Math.sin(n / 3)), 44 + n * 2);
  return audio;
}

describe.each(['opfs', 'cache'] as const)('the storage %s in Chromium', (kind) => {
  it.each(CONTRACT.map(({ name }) => name))('%s', async (name) => {
    const told = await tab.evaluate(([of, which]) => page.contract(of, which), [kind, name] as const);
    expect(told).toBe(kind);
  });
});

describe('offline recordings in Chromium', () => {
  it('choose OPFS', async () => {
    expect(await tab.evaluate(() => page.chosen())).toBe('opfs');
  });

  it('go on where the page was left, and play and seek with the gateway gone', async () => {
    // Three segments.
    const row = gateway.add(1, 'ready', wav(600));
    expect(await tab.evaluate((of) => page.keepSome(of, 5_000_000), sid(1))).toBe('aborted');
    await tab.reload();
    await tab.waitForFunction('globalThis.page !== undefined');
    expect(await tab.evaluate((of) => page.keep(of), sid(1))).toEqual({ storage: 'opfs', isVerified: true });
    const resumed = gateway.seen.filter(({ path }) => path.endsWith('/download')).at(-1)?.headers.range;
    expect(Number(/bytes=(\d+)-/.exec(resumed ?? '')?.[1])).toBeGreaterThanOrEqual(4 * 1024 * 1024);
    await gateway.stop();
    const played = await tab.evaluate((of) => page.play(of), sid(1));
    expect(played).toMatchObject({ source: 'local', refused: [], duration: (row.audio.length - 44) / 16_000 });
    expect(played.to).toBeGreaterThan(played.from);
  });
});
