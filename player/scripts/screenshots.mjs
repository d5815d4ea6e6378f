// Takes a picture of every state of the player and of the console, light and dark, left to right and right to left, into
// screenshots/. `npm run screenshots`, or `npm run screenshots -- dual help console-storage` for some of them.
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { preview, runnerImport } from 'vite';
import { startChromium } from './chromium.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const configFile = `${root}examples/vite.config.ts`;
const out = `${root}screenshots/`;
const wanted = process.argv.slice(2);

/** Brings a player into the state that is to be seen. */
async function stage(page, how) {
  const player = page.locator('earshot-player');
  if (how === 'idle') return;
  await player.locator('earshot-play-button').click();
  if (how === 'begun') {
    // The preparing one is held at its third step of ten.
    await player.locator('.trouble, .meter i[style*="30%"]').waitFor();
    return;
  }
  const state = (name) =>
    page.waitForFunction((expected) => document.querySelector('earshot-player').state === expected, name);
  await state('playing');
  await page.evaluate(() => document.querySelector('earshot-player').seek(31));
  await page.waitForFunction(() => document.querySelector('earshot-player').currentTime > 31.2);
  if (how === 'playing') return;
  await player.locator('earshot-play-button').click();
  await state('paused');
  if (how === 'channels') await player.locator('.tool.channels').click();
  if (how === 'help') await page.keyboard.press('?');
}

/** The console against the gateway of its tests: what is seen is what they look at. */
async function consolePictures() {
  const load = async (file) => (await runnerImport(`${root}test/browser/${file}.ts`)).module;
  const [{ ConsoleStand }, { CONSOLE_SCENES, reach }] = [await load('console-stand'), await load('console-scenes')];
  const scenes = CONSOLE_SCENES.filter(({ name }) => wanted.length === 0 || wanted.includes(`console-${name}`));
  if (scenes.length === 0) return;
  const stand = new ConsoleStand();
  await stand.open();
  try {
    for (const scene of scenes) {
      for (const theme of ['light', 'dark']) {
        for (const lang of ['en', 'he']) {
          await reach(stand, scene, { theme, lang });
          await stand.page.mouse.move(0, 0);
          const path = `${out}console-${scene.name}-${theme}-${lang === 'he' ? 'rtl' : 'ltr'}.png`;
          await stand.page.screenshot({ path });
          await stand.leave();
        }
      }
      console.log(`console-${scene.name}`);
    }
  } finally {
    await stand.close();
  }
}

const { default: buildSites } = (await runnerImport(`${root}test/browser/site.ts`)).module;
await buildSites();
const server = await preview({
  configFile,
  logLevel: 'error',
  preview: { host: '127.0.0.1', port: 0, strictPort: false },
});
const address = server.resolvedUrls.local[0];
const browser = await startChromium();
try {
  await mkdir(out, { recursive: true });
  const page = await browser.newPage({ viewport: { width: 820, height: 300 }, deviceScaleFactor: 2 });
  page.on('pageerror', (error) => {
    console.error(error);
    process.exitCode = 1;
  });
  await page.goto(`${address}?show=none`);
  const scenes = await page.evaluate(() => window.earshot.scenes);
  for (const { name, stage: how } of scenes.filter((scene) => wanted.length === 0 || wanted.includes(scene.name))) {
    await page.setViewportSize({ width: 820, height: how === 'help' ? 560 : 300 });
    for (const theme of ['light', 'dark']) {
      for (const lang of ['en', 'he']) {
        await page.evaluate(() => localStorage.clear());
        await page.goto(`${address}?show=${name}&theme=${theme}&lang=${lang}`);
        await stage(page, how);
        await page.mouse.move(0, 0);
        const clip = how === 'help' ? undefined : await page.locator('earshot-player').boundingBox();
        const around = clip && { x: clip.x - 16, y: clip.y - 16, width: clip.width + 32, height: clip.height + 40 };
        await page.screenshot({
          path: `${out}${name}-${theme}-${lang === 'he' ? 'rtl' : 'ltr'}.png`,
          ...(around ? { clip: around } : {}),
        });
      }
    }
    console.log(name);
  }
} finally {
  await browser.close();
  await new Promise((resolve) => server.httpServer.close(resolve));
}
await consolePictures();
