import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loudness } from '../../examples/call.js';
import { Stand } from './stand.js';

const stand = new Stand();
beforeAll(() => stand.open());
afterAll(() => stand.close());
beforeEach(async () => {
  stand.gateway.asked.length = 0;
  await stand.visit();
});
afterEach(async () => {
  expect(stand.errors).toEqual([]);
  await stand.context.close();
});

/** Plays until the position has moved, which it does only while there is sound. */
async function plays(sid: string): Promise<void> {
  await stand.put({ sid });
  await stand.press(sid);
  await stand.reaches(sid, 'playing');
  await stand.isBetween(sid, 0.3);
}

describe('a recording', () => {
  it('is not fetched before the user asks, nor is anything else of it', async () => {
    const sid = stand.gateway.shelve();
    await stand.put({ sid });
    await stand.page.waitForLoadState('networkidle');
    expect(stand.gateway.asked).toEqual([]);
  });

  it('sounds after a click: the position moves, and what is heard is not silence', async () => {
    const sid = stand.gateway.shelve();
    await plays(sid);
    await stand.page.evaluate((id) => {
      const context = new AudioContext();
      const audio = document.getElementById(id)!.shadowRoot!.querySelector('audio')!;
      context.createMediaElementSource(audio).connect(context.destination);
    }, sid);
    await stand.page.waitForFunction(() => (window.taps[0]?.loudest ?? 0) > 0.02);
  });

  it('plays by itself once it is ready, and says meanwhile how far that is', async () => {
    const sid = stand.gateway.shelve({ ready: false });
    await stand.put({ sid });
    await stand.press(sid);
    await stand.player(sid).getByText('Preparing the recording… 1 of 10').waitFor();
    stand.gateway.recording(sid).ready = true;
    await stand.reaches(sid, 'playing');
  });

  it('says how far that is where it has a choice of sources, too', async () => {
    const sid = stand.gateway.shelve({ ready: false });
    await stand.put({ sid });
    await stand.page.evaluate((id) => {
      const player = document.querySelector<HTMLElementTagNameMap['earshot-player']>(`#${id}`)!;
      const client = new window.earshot.EarshotClient({ baseUrl: location.origin });
      player.sources = [
        { name: 'Desktop', find: async () => ({ isPlayable: false, code: 'not-local', status: 404 }) },
        window.earshot.gatewaySource(client, { name: 'Gateway' }),
      ];
    }, sid);
    await stand.press(sid);
    await stand.player(sid).getByText('Preparing the recording… 1 of 10').waitFor();
    stand.gateway.recording(sid).ready = true;
    await stand.reaches(sid, 'playing');
    await stand.player(sid).getByText('Plays from: Gateway · Not from: Desktop (not-local)').waitFor();
  });

  it('goes where its seek bar is clicked', async () => {
    const sid = stand.gateway.shelve();
    await plays(sid);
    await stand.press(sid);
    await stand.reaches(sid, 'paused');
    const box = await stand.player(sid).locator('earshot-time-range').boundingBox();
    await stand.page.mouse.click(box!.x + box!.width * 0.75, box!.y + box!.height / 2);
    await stand.isBetween(sid, 44, 46);
  });

  it('goes to 75 % of its time by a click at 75 % of the bar in Hebrew, too', async () => {
    const sid = stand.gateway.shelve();
    await stand.page.evaluate(() => (document.documentElement.dir = 'rtl'));
    await stand.put({ sid, lang: 'he' });
    await stand.press(sid);
    await stand.reaches(sid, 'playing');
    await stand.press(sid);
    await stand.reaches(sid, 'paused');
    expect(await stand.player(sid).locator('.player').getAttribute('dir')).toBe('rtl');
    const bar = stand.player(sid).locator('earshot-time-range');
    const box = await bar.boundingBox();
    await stand.page.mouse.click(box!.x + box!.width * 0.75, box!.y + box!.height / 2);
    await stand.isBetween(sid, 44, 46);
    const thumb = await bar.locator('#thumb').boundingBox();
    expect((thumb!.x + thumb!.width / 2 - box!.x) / box!.width).toBeCloseTo(0.75, 1);
  });

  it('is spoken at another speed with its pitch kept, and the speed is remembered', async () => {
    const sid = stand.gateway.shelve();
    await plays(sid);
    await stand.player(sid).locator('select').selectOption('2');
    await stand.page.waitForFunction(
      (id) => document.getElementById(id)?.shadowRoot?.querySelector('audio')?.playbackRate === 2,
      sid,
    );
    expect(await stand.media(sid, 'preservesPitch')).toBe(true);
    const other = stand.gateway.shelve();
    await stand.put({ sid: other });
    expect(await stand.player(other).locator('select').inputValue()).toBe('2');
  });

  it('goes on where the user left it', async () => {
    const sid = stand.gateway.shelve();
    await plays(sid);
    await stand.seek(sid, 30);
    await stand.press(sid);
    await stand.reaches(sid, 'paused');
    await stand.page.reload();
    await stand.put({ sid });
    await stand.press(sid);
    await stand.isBetween(sid, 30, 40);
  });

  it('begins at the moment of a link', async () => {
    await stand.context.close();
    await stand.visit('&t=0:40');
    const sid = stand.gateway.shelve();
    await stand.put({ sid });
    await stand.press(sid);
    await stand.isBetween(sid, 40, 50);
  });

  it('leaves out silence when asked to', async () => {
    const sid = stand.gateway.shelve({ call: { seconds: 120, channels: 1 } });
    await plays(sid);
    const silent = [...Array(110).keys()].find((second) =>
      [0, 1, 2].every((more) => loudness(second + more, 0) + loudness(second + more, 1) === 0),
    );
    await stand.player(sid).locator('.tool.skipSilence').click();
    await stand.seek(sid, silent! - 0.2);
    // It takes less than the silence lasts to get past it.
    const began = Date.now();
    await stand.page.waitForFunction(
      ([id, past]) => document.querySelector<HTMLElementTagNameMap['earshot-player']>(`#${id}`)!.currentTime > past,
      [sid, silent! + 2.4] as const,
    );
    expect(Date.now() - began).toBeLessThan(2400);
  });

  it('of three hours shows its waveform without being decoded, and seeks', async () => {
    const sid = stand.gateway.shelve({ call: { seconds: 10_800, channels: 1 } });
    await plays(sid);
    await stand.player(sid).locator('.wave canvas').first().waitFor();
    await stand.seek(sid, 9000);
    await stand.isBetween(sid, 9000.2, 9010);
    expect(
      stand.gateway.asked.filter((asked) => asked.includes('/stream') && asked.startsWith('GET')).length,
    ).toBeLessThan(8);
  });

  it('without peaks has a plain bar', async () => {
    const sid = stand.gateway.shelve({ hasPeaks: false });
    await plays(sid);
    expect(await stand.player(sid).locator('.wave canvas').count()).toBe(0);
    expect(await stand.player(sid).locator('.waved').count()).toBe(0);
  });
});

describe('a call of two channels', () => {
  it('lets one of them be muted while the other is still heard', async () => {
    const call = { seconds: 120, channels: 2 } as const;
    const sid = stand.gateway.shelve({ call });
    await plays(sid);
    const turn = (speaker: 0 | 1) =>
      [...Array(110).keys()].find(
        (second) => loudness(second + 0.5, speaker) > 0.3 && loudness(second + 1, speaker) > 0.2,
      )!;
    const loudest = (tap: number) =>
      stand.page.waitForFunction((index) => (window.taps[index]?.loudest ?? 0) > 0.02, tap);
    await stand.player(sid).locator('.tool.channels').click();
    const mute = stand.player(sid).locator('.mute-channel');
    await mute.nth(1).click();
    await mute.nth(1).click();
    await stand.seek(sid, turn(0));
    await loudest(0);
    await mute.first().click();
    await expect.poll(() => mute.first().getAttribute('aria-pressed')).toBe('true');
    const forget = () => stand.page.evaluate(() => window.taps.forEach((tap) => (tap.loudest = 0)));
    await forget();
    await stand.seek(sid, turn(1));
    await loudest(1);
    await stand.seek(sid, turn(0));
    await stand.isBetween(sid, turn(0), turn(0) + 1);
    await forget();
    await stand.isBetween(sid, turn(0) + 1.2);
    expect(await stand.page.evaluate(() => window.taps[0]!.loudest)).toBeLessThan(0.005);
  });
});

describe('many players', () => {
  it('play one at a time', async () => {
    const [first, second] = [stand.gateway.shelve(), stand.gateway.shelve()];
    await plays(first);
    await plays(second);
    await stand.reaches(first, 'paused');
    await stand.press(first);
    await stand.reaches(first, 'playing');
    await stand.reaches(second, 'paused');
  });

  it('share one stream of events', async () => {
    const sids = [1, 2, 3].map(() => stand.gateway.shelve({ ready: false }));
    for (const sid of sids) await stand.put({ sid });
    for (const sid of sids) await stand.press(sid);
    for (const sid of sids) await stand.reaches(sid, 'preparing');
    await expect.poll(() => stand.gateway.asked.filter((asked) => asked.includes('/events')).length).toBeGreaterThan(0);
    const streams = () => [...stand.gateway.open].filter((response) => response.req.url?.includes('/events')).length;
    await expect.poll(streams).toBe(1);
  });
});

describe('a ticket that runs out during a pause', () => {
  it('is replaced, and the recording goes on from the same position', async () => {
    const sid = stand.gateway.shelve({ call: { seconds: 10_800, channels: 1 } });
    await plays(sid);
    await stand.press(sid);
    await stand.reaches(sid, 'paused');
    stand.gateway.expireTickets(sid);
    await stand.seek(sid, 5000);
    await stand.press(sid);
    await stand.reaches(sid, 'playing');
    await stand.isBetween(sid, 5000.2, 5020);
    expect(stand.gateway.asked.filter((asked) => asked.startsWith('POST'))).toHaveLength(2);
  });
});
