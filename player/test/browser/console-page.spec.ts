import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { someRecordings } from './console-samples.js';
import { ConsoleStand } from './console-stand.js';

const stand = new ConsoleStand();
beforeAll(() => stand.open());
afterAll(() => stand.close());
beforeEach(() => {
  stand.gateway.reset();
  stand.gateway.rows = someRecordings();
});
afterEach(async () => expect(await stand.leave()).toEqual([]));

describe('playing in place', () => {
  it('plays with waveform and channels, under the strict policy', async () => {
    await stand.visit();
    await stand
      .rows()
      .first()
      .getByRole('button', { name: /^Play the recording/ })
      .click();
    await stand.plays();
    const player = stand.page.locator('earshot-player');
    await player.locator('.wave canvas').first().waitFor();
    await player.locator('.tool.channels').click();
    await player.locator('.mixer').waitFor();
    const style = await player.locator('earshot-time-range').evaluate((range) => {
      const sheet = range.shadowRoot?.querySelector('style')?.sheet;
      return sheet?.cssRules.length ?? 0;
    });
    expect(style).toBeGreaterThan(5);
  });
});
