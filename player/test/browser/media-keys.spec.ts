import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { Stand } from './stand.js';

const stand = new Stand();
beforeAll(() => stand.open());
afterAll(() => stand.close());
beforeEach(async () => {
  await stand.visit();
  await stand.page.addInitScript(keepHandlers);
  await stand.page.reload();
});
afterEach(async () => {
  expect(stand.errors).toEqual([]);
  await stand.context.close();
});

declare global {
  interface Window {
    mediaKeys: Map<MediaSessionAction, MediaSessionActionHandler>;
  }
}

/** A browser tells nobody which handlers it has; it gets them all the same. */
function keepHandlers(): void {
  window.mediaKeys = new Map();
  const set = navigator.mediaSession.setActionHandler.bind(navigator.mediaSession);
  navigator.mediaSession.setActionHandler = (action, handler) => {
    set(action, handler);
    if (handler) window.mediaKeys.set(action, handler);
    else window.mediaKeys.delete(action);
  };
}

/** As the browser calls it when the key is pressed. */
const press = (action: MediaSessionAction, details: Partial<MediaSessionActionDetails> = {}) =>
  stand.page.evaluate(([name, more]) => window.mediaKeys.get(name)!({ action: name, ...more }), [
    action,
    details,
  ] as const);
const handled = () => stand.page.evaluate(() => [...window.mediaKeys.keys()].sort());
const session = () =>
  stand.page.evaluate(() => [navigator.mediaSession.metadata?.title, navigator.mediaSession.playbackState]);

async function plays(sid: string, heading: string): Promise<void> {
  await stand.put({ sid, heading });
  await stand.press(sid);
  await stand.reaches(sid, 'playing');
}

it('media keys pause, play, skip and seek what plays', async () => {
  const sid = stand.gateway.shelve({ call: { seconds: 300, channels: 1 } });
  await stand.put({ sid, heading: 'A call' });
  expect(await handled()).toEqual([]);
  await stand.press(sid);
  await stand.reaches(sid, 'playing');
  await expect.poll(handled).toEqual(['pause', 'play', 'seekbackward', 'seekforward', 'seekto', 'stop']);
  await press('pause');
  await stand.reaches(sid, 'paused');
  await expect.poll(session).toEqual(['A call', 'paused']);
  await press('seekto', { seekTime: 100 });
  await stand.isBetween(sid, 100, 100);
  await press('seekforward');
  await stand.isBetween(sid, 110, 110);
  await press('seekbackward', { seekOffset: 30 });
  await stand.isBetween(sid, 80, 80);
  await press('play');
  await stand.reaches(sid, 'playing');
  await stand.isBetween(sid, 80.2);
  await press('stop');
  await stand.reaches(sid, 'paused');
});

it('they belong to the player that played last, and to nobody when that is removed', async () => {
  const [first, second] = [stand.gateway.shelve(), stand.gateway.shelve()];
  await plays(first, 'First');
  await plays(second, 'Second');
  await stand.reaches(first, 'paused');
  await expect.poll(async () => (await session())[0]).toBe('Second');
  await press('pause');
  await stand.reaches(second, 'paused');
  await press('play');
  await stand.reaches(second, 'playing');
  expect(
    await stand.page.evaluate(
      (id) => document.querySelector<HTMLElementTagNameMap['earshot-player']>(`#${id}`)!.state,
      first,
    ),
  ).toBe('paused');
  await stand.page.evaluate((id) => document.getElementById(id)!.remove(), second);
  expect(await handled()).toEqual([]);
  expect(await session()).toEqual([undefined, 'none']);
});
