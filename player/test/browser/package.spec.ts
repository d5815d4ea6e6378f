import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { SCENES } from '../../examples/scenes.js';
import { Installed } from './installed.js';
import { Stand } from './stand.js';

let installed: Installed;
let stand: Stand;

beforeAll(async () => {
  installed = new Installed();
  installed.build();
  stand = new Stand(installed.site);
  await stand.open();
});
afterAll(async () => {
  await stand?.close();
  installed?.remove();
});
afterEach(async () => {
  expect(stand.errors).toEqual([]);
  await stand.context?.close();
});

describe('the package, installed from its tarball into an empty Vite project', () => {
  it('has types that hold in a strict project which checks every declaration', () => {
    expect(installed.compile()).toBe('');
  });

  it('shows every state on the example page, and plays', async () => {
    await stand.visit();
    await stand.page.goto(stand.gateway.origin);
    const players = stand.page.locator('#gallery earshot-player');
    await expect.poll(() => players.locator('.bar').count()).toBe(SCENES.length);
    await players
      .nth(SCENES.findIndex(({ name }) => name === 'playing'))
      .locator('earshot-play-button')
      .click();
    await stand.page.waitForFunction(() =>
      [...document.querySelectorAll('earshot-player')].some(({ state }) => state === 'playing'),
    );
  });

  it('plays from a gateway on the example page', async () => {
    await stand.visit();
    const sid = stand.gateway.shelve();
    await stand.page.goto(`${stand.gateway.origin}/?gateway=${stand.gateway.origin}&sid=${sid}`);
    await stand.press('real earshot-player');
    await stand.page.waitForFunction(
      () => document.querySelector<HTMLElementTagNameMap['earshot-player']>('#real earshot-player')!.currentTime > 0.3,
    );
    await stand.page.locator('#real earshot-player .wave canvas').first().waitFor();
  });
});

/** As test/package/react.tsx has it, which is compiled where React's own parts are installed. */
interface ReactPage {
  set(wishes: { sid?: string; heading?: string; speed?: number; listens?: boolean; isShown?: boolean }): void;
  readonly states: string[];
  readonly heard: string[];
}

declare global {
  interface Window {
    react: ReactPage;
  }
}

describe('the React component', () => {
  const page = () => stand.page.evaluate(() => ({ states: window.react.states, heard: window.react.heard }));
  const set = (wishes: Parameters<ReactPage['set']>[0]) =>
    stand.page.evaluate((some) => window.react.set(some), wishes);

  async function visit(sid: string): Promise<void> {
    await stand.visit();
    await stand.page.goto(`${stand.gateway.origin}/react.html`);
    await stand.page.waitForFunction(() => window.react !== undefined);
    await set({ sid });
  }

  it('passes properties, hears events, and follows what changes', async () => {
    const [first, second] = [stand.gateway.shelve(), stand.gateway.shelve()];
    await visit(first);
    const player = stand.player('player');
    await player.getByText('Call one').waitFor();
    expect(await player.getAttribute('class')).toBe('wide');
    await stand.page.getByRole('button', { name: 'Play', exact: true }).last().click();
    await stand.reaches('player', 'playing');
    expect(await stand.media('player', 'playbackRate')).toBe(2);
    // Each try is told, and so is each wait for data, which a busy machine has more of.
    const told = (await page()).states;
    const steps = ['preparing', 'loading', 'playing'].map((state) => told.indexOf(state));
    expect(steps).not.toContain(-1);
    expect(steps).toEqual(steps.toSorted((one, other) => one - other));
    expect((await page()).heard).toEqual([first]);
    await set({ heading: 'Call two', speed: 1, sid: second, listens: false });
    await player.getByText('Call two').waitFor();
    await stand.reaches('player', 'idle');
    await stand.press('player');
    await stand.reaches('player', 'playing');
    expect(await stand.media('player', 'playbackRate')).toBe(1);
    // Its handler was taken away.
    expect((await page()).heard).toEqual([first]);
  });

  it('leaves nothing when it is unmounted', async () => {
    const sid = stand.gateway.shelve({ call: { seconds: 10_800, channels: 1 } });
    await visit(sid);
    await stand.press('player');
    await stand.reaches('player', 'playing');
    await stand.player('player').locator('.wave canvas').first().waitFor();
    const audio = await stand.page.evaluateHandle(() =>
      document.querySelector('#player')?.shadowRoot?.querySelector('audio'),
    );
    await set({ isShown: false });
    await stand.page.getByText('Gone').waitFor();
    expect(await audio.evaluate((element) => [element?.paused, element?.getAttribute('src')])).toEqual([true, null]);
    await expect.poll(() => stand.gateway.open.size, { timeout: 20_000 }).toBe(0);
    await expect.poll(() => stand.page.evaluate(() => [...window.pending]), { timeout: 20_000 }).toEqual([]);
    const told = (await page()).states;
    await audio.evaluate((element) => element?.dispatchEvent(new Event('playing')));
    expect((await page()).states).toEqual(told);
  });
});
