import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SCENES } from '../../examples/scenes.js';
import { Stand } from './stand.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const stand = new Stand();
beforeAll(() => stand.open());
afterAll(() => stand.close());

/** Everything that axe knows but what is the page's to say, and not the player's. */
async function violations(): Promise<string[]> {
  await stand.page.evaluate(axe);
  return stand.page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(where: Element, options: unknown): Promise<AxeResults> } };
    const found = await axe.run(document.body, { rules: { 'page-has-heading-one': { enabled: false } } });
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
  });
}

/** Brings the one player of the page into the state that its scene is about. */
async function enter(stage: (typeof SCENES)[number]['stage']): Promise<void> {
  const player = stand.page.locator('earshot-player');
  const reaches = (state: string) =>
    stand.page.waitForFunction((wanted) => document.querySelector('earshot-player')?.state === wanted, state);
  await player.locator('.bar').waitFor();
  if (stage === 'idle') return;
  await player.locator('earshot-play-button').click();
  if (stage === 'begun') return player.locator('.message').waitFor();
  await reaches('playing');
  if (stage === 'playing') return;
  await player.locator('earshot-play-button').click();
  await reaches('paused');
  if (stage === 'channels') await player.locator('.tool.channels').click();
  if (stage === 'help') await stand.page.keyboard.press('?');
}

describe.each(['light', 'dark'])('in %s colours', (theme) => {
  describe.each([
    ['en', 'left to right'],
    ['he', 'right to left'],
  ])('in the language %s, %s', (lang) => {
    it.each(SCENES.map(({ name, stage }) => ({ name, stage })))(
      'axe finds nothing in the state "$name"',
      async ({ name, stage }) => {
        await stand.visit();
        await stand.page.goto(`${stand.gateway.origin}/?show=${name}&theme=${theme}&lang=${lang}`);
        await enter(stage);
        expect(await violations()).toEqual([]);
        expect(stand.errors).toEqual([]);
        await stand.context.close();
      },
    );
  });
});
