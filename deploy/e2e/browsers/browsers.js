import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer from 'puppeteer-core';
import { Builder, Key, Origin } from 'selenium-webdriver';

// One way to drive each: open a page, run a function's text in it, click and press keys as a person does, close. Debian's own
// browsers; nothing is downloaded.

const SCRIPT_MILLIS = 120_000;

/** Chromium, by its own protocol. */
export async function chromium() {
  return ofPuppeteer(
    await puppeteer.launch({
      browser: 'chrome',
      executablePath: found('/usr/bin/chromium', '/usr/bin/google-chrome'),
      protocolTimeout: SCRIPT_MILLIS,
      args: [
        '--no-sandbox', // As root, which it refuses otherwise; it opens our own pages alone.
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--autoplay-policy=no-user-gesture-required',
      ],
    }),
  );
}

/** Firefox, by WebDriver BiDi. Without a sound card it refuses to decode at all, so it gets a silent one. */
export async function firefox() {
  const sound = await silentSound();
  try {
    const browser = await puppeteer.launch({
      browser: 'firefox',
      executablePath: found('/usr/bin/firefox-esr', '/usr/bin/firefox'),
      protocolTimeout: SCRIPT_MILLIS,
      env: { ...process.env, PULSE_SERVER: sound.address },
      extraPrefsFirefox: {
        'media.autoplay.default': 0,
        'media.autoplay.blocking_policy': 0,
      },
    });
    return ofPuppeteer(browser, sound.stop);
  } catch (failure) {
    sound.stop();
    throw failure;
  }
}

/** A PulseAudio server of our own that plays into nothing, in real time. */
async function silentSound() {
  const folder = mkdtempSync(join(tmpdir(), 'earshot-sound-'));
  const socket = join(folder, 'native');
  const server = spawn(
    found('/usr/bin/pulseaudio'),
    [
      '--daemonize=no', '-n', '--exit-idle-time=-1', '--use-pid-file=no',
      '-L', 'module-null-sink',
      '-L', `module-native-protocol-unix auth-anonymous=1 socket=${socket}`,
    ],
    { stdio: 'ignore', env: { ...process.env, HOME: folder, XDG_RUNTIME_DIR: folder } },
  );
  const stop = () => {
    server.once('exit', () => rmSync(folder, { recursive: true, force: true }));
    server.kill();
  };
  const deadline = Date.now() + 30_000;
  while (!existsSync(socket)) {
    if (Date.now() > deadline || server.exitCode !== null) {
      stop();
      throw new Error('PulseAudio did not start');
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { address: `unix:${socket}`, stop };
}

function ofPuppeteer(browser, afterwards = () => {}) {
  let page;
  return {
    version: () => browser.version(),
    open: async (url) => {
      page ??= await browser.newPage();
      await page.goto(url);
    },
    run: (code, argument) => page.evaluate(`(${code})(${JSON.stringify(argument)})`),
    click: (x, y) => page.mouse.click(x, y),
    press: (key) => page.keyboard.press(key === 'Space' ? ' ' : key),
    close: async () => {
      await browser.close();
      afterwards();
    },
  };
}

/** WebDriver's characters for the keys that are none; puppeteer takes the names. */
const KEYS = {
  Tab: Key.TAB,
  Space: Key.SPACE,
  Escape: Key.ESCAPE,
  Home: Key.HOME,
  ArrowLeft: Key.ARROW_LEFT,
  ArrowRight: Key.ARROW_RIGHT,
  ArrowUp: Key.ARROW_UP,
  ArrowDown: Key.ARROW_DOWN,
};

/** WebKitGTK, the closest to Safari that Linux has, by WebDriver. */
export async function webkit() {
  const port = await freePort();
  const driver = spawn(found('/usr/bin/WebKitWebDriver'), [`--port=${port}`], { stdio: 'ignore' });
  try {
    const session = await connected(port);
    await session.manage().setTimeouts({ script: SCRIPT_MILLIS });
    return {
      version: async () => {
        const capabilities = await session.getCapabilities();
        return `${capabilities.get('browserName')}/${capabilities.get('browserVersion')}`;
      },
      open: (url) => session.get(url),
      run: (code, argument) =>
        session.executeAsyncScript(
          `const done = arguments[arguments.length - 1];
          Promise.resolve(arguments[0]).then(${code}).then((value) => done({ value }), (e) => done({ failure: e + ' ' + e.stack }));`,
          argument,
        ).then(({ value, failure }) => {
          if (failure !== undefined) {
            throw new Error(failure);
          }
          return value;
        }),
      click: (x, y) => session.actions().move({ x: Math.round(x), y: Math.round(y), origin: Origin.VIEWPORT }).click().perform(),
      press: (key) => session.actions().sendKeys(KEYS[key] ?? key).perform(),
      close: async () => {
        await session.quit();
        driver.kill();
      },
    };
  } catch (failure) {
    driver.kill();
    throw failure;
  }
}

/** The driver listens some moments after it was started. */
async function connected(port) {
  const deadline = Date.now() + 30_000;
  for (;;) {
    try {
      return await new Builder()
        .usingServer(`http://127.0.0.1:${port}`)
        .withCapabilities({
          browserName: 'MiniBrowser',
          'webkitgtk:browserOptions': {
            binary: miniBrowser(),
            args: ['--automation', '--autoplay-policy=allow'],
          },
        })
        .build();
    } catch (failure) {
      if (Date.now() > deadline || !/ECONNREFUSED/.test(String(failure))) {
        throw failure;
      }
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

function miniBrowser() {
  const places = ['x86_64-linux-gnu', 'aarch64-linux-gnu'].flatMap((machine) =>
    ['4.1', '4.0', '6.0'].map((version) =>
      version === '6.0' ? `/usr/lib/${machine}/webkitgtk-6.0/MiniBrowser` : `/usr/lib/${machine}/webkit2gtk-${version}/MiniBrowser`,
    ),
  );
  return found(...places);
}

function found(...paths) {
  const path = paths.find((candidate) => existsSync(candidate));
  if (!path) {
    throw new Error(`not installed: ${paths.join(' or ')}`);
  }
  return path;
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
