import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Stand } from './stand.js';

const stand = new Stand();
beforeAll(() => stand.open());
afterAll(() => stand.close());
beforeEach(() => stand.visit());
afterEach(async () => {
  expect(stand.errors).toEqual([]);
  await stand.context.close();
});

const NOTHING = { listeners: 0, timers: 0, frames: 0, objectUrls: 0, others: 0 };

const census = () => stand.page.evaluate(() => window.census());
const pending = () => stand.page.evaluate(() => [...window.pending]);
const remove = (sid: string) => stand.page.evaluate((id) => document.getElementById(id)?.remove(), sid);

/** Nothing runs any more: neither what our scopes own, nor what the libraries set, nor any answer of the gateway. */
async function nothingIsLeft(): Promise<void> {
  expect(await census()).toEqual(NOTHING);
  await expect.poll(() => stand.gateway.open.size, { timeout: 20_000 }).toBe(0);
  await expect.poll(pending, { timeout: 20_000 }).toEqual([]);
}

describe('a player that is removed', () => {
  it('while the recording is being prepared leaves nothing running', async () => {
    const sid = stand.gateway.shelve({ ready: false });
    await stand.put({ sid });
    await stand.press(sid);
    await expect.poll(() => stand.gateway.asked.some((asked) => asked.includes('/events'))).toBe(true);
    expect(await census()).not.toEqual(NOTHING);
    await remove(sid);
    await nothingIsLeft();
  });

  it('while it plays is silent at once and leaves nothing running', async () => {
    const sid = stand.gateway.shelve({ call: { seconds: 10_800, channels: 1 } });
    await stand.put({ sid });
    await stand.press(sid);
    await stand.reaches(sid, 'playing');
    await stand.player(sid).locator('.wave canvas').first().waitFor();
    const audio = await stand.page.evaluateHandle(
      (id) => document.getElementById(id)?.shadowRoot?.querySelector('audio'),
      sid,
    );
    await remove(sid);
    expect(await audio.evaluate((element) => [element?.paused, element?.getAttribute('src')])).toEqual([true, null]);
    await nothingIsLeft();
  });

  it('gives back the audio of a local copy', async () => {
    const sid = stand.gateway.shelve();
    await stand.put({ sid });
    await stand.page.evaluate(async (id) => {
      const player = document.querySelector<HTMLElementTagNameMap['earshot-player']>(`#${id}`)!;
      const url = await new window.earshot.FakeClient({ call: { seconds: 20, channels: 1 } }).playbackUrl();
      player.sources = [
        { name: 'Desktop', find: async () => ({ isPlayable: false, code: 'not-local', status: 404 }) },
        {
          name: 'This device',
          find: async () => ({
            isPlayable: true,
            url: url.url,
            release: () => {
              URL.revokeObjectURL(url.url.href);
              document.title = 'released';
            },
          }),
        },
      ];
    }, sid);
    await stand.press(sid);
    await stand.reaches(sid, 'playing');
    await stand.player(sid).getByText('Plays from: This device · Not from: Desktop (not-local)').waitFor();
    await remove(sid);
    expect(await stand.page.title()).toBe('released');
    await nothingIsLeft();
  });

  it('works again when it is put back, from where it was', async () => {
    const sid = stand.gateway.shelve();
    await stand.put({ sid });
    await stand.press(sid);
    await stand.reaches(sid, 'playing');
    await stand.seek(sid, 30);
    await stand.isBetween(sid, 30.1);
    await stand.page.evaluate((id) => {
      const player = document.getElementById(id)!;
      player.remove();
      document.querySelector('main')!.append(player);
    }, sid);
    await stand.reaches(sid, 'idle');
    await stand.press(sid);
    await stand.isBetween(sid, 30.1, 50);
    await remove(sid);
    await nothingIsLeft();
  });
});

describe('the keyboard alone', () => {
  it('plays, seeks, jumps, changes speed and volume, and shows its keys', async () => {
    const sid = stand.gateway.shelve();
    await stand.put({ sid });
    const { keyboard } = stand.page;
    await keyboard.press('Tab');
    await keyboard.press('Space');
    await stand.reaches(sid, 'playing');
    await keyboard.press('k');
    await stand.reaches(sid, 'paused');
    await keyboard.press('5');
    await stand.isBetween(sid, 30, 30);
    await keyboard.press('ArrowRight');
    await stand.isBetween(sid, 35, 35);
    await keyboard.press('j');
    await stand.isBetween(sid, 25, 25);
    await keyboard.press('ArrowLeft');
    await stand.isBetween(sid, 20, 20);
    await keyboard.press('>');
    await expect.poll(() => stand.media(sid, 'playbackRate')).toBe(1.25);
    await expect.poll(() => stand.player(sid).locator('[role=status]').textContent()).toContain('Speed 1.25');
    await keyboard.press('ArrowDown');
    await expect.poll(() => stand.media(sid, 'volume')).toBe(0.95);
    await keyboard.press('m');
    await expect.poll(() => stand.media(sid, 'muted')).toBe(true);
    await keyboard.press('?');
    const help = stand.player(sid).locator('dialog');
    await expect.poll(() => help.evaluate((dialog: HTMLDialogElement) => dialog.open)).toBe(true);
    await keyboard.press('Escape');
    await expect.poll(() => help.evaluate((dialog: HTMLDialogElement) => dialog.open)).toBe(false);
  });

  it('moves the seek bar by the same steps, and leaves the speed menu its own keys', async () => {
    const sid = stand.gateway.shelve();
    await stand.put({ sid });
    await stand.press(sid);
    await stand.reaches(sid, 'playing');
    await stand.press(sid);
    await stand.reaches(sid, 'paused');
    await stand.seek(sid, 10);
    await stand.isBetween(sid, 10, 10);
    await stand.player(sid).locator('earshot-time-range input').focus();
    await stand.page.keyboard.press('ArrowRight');
    await stand.isBetween(sid, 15, 15);
    const spoken = stand.player(sid).locator('earshot-time-range input');
    await expect.poll(() => spoken.getAttribute('aria-valuetext')).toBe('15 seconds of 1 minute');
    await stand.player(sid).locator('select').focus();
    await stand.page.keyboard.press('ArrowDown');
    await stand.isBetween(sid, 15, 15);
  });
});
