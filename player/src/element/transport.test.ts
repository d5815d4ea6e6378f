// @vitest-environment happy-dom
import { expect, it, vi } from 'vitest';
import { Scope } from './scope.js';
import { Transport } from './transport.js';

/** A transport whose media element says what the test has it say, and begins at a minute. */
async function loaded(play: boolean) {
  const media = document.createElement('audio');
  Object.defineProperty(media, 'duration', { value: 300 });
  Object.defineProperty(media, 'currentTime', { value: 0, writable: true });
  Object.defineProperty(media, 'ended', { value: false, writable: true });
  vi.spyOn(media, 'play').mockResolvedValue();
  const client = {
    prepare: async () => ({ recordingSid: 'RE1', state: 'ready' }),
    playbackUrl: async () => ({
      url: new URL('https://calls.example/a.wav'),
      renew: async () => new URL('https://calls.example/b.wav'),
      close: () => {},
    }),
  };
  const transport = new Transport(media, {
    playback: () => ({ sid: 'RE1', client: client as never, sources: undefined }),
    onFound: () => {},
    startAt: () => 60,
    onState: () => {},
  });
  const scope = new Scope();
  transport.attach(scope);
  transport.load(play);
  await expect.poll(() => media.getAttribute('src')).toBe('https://calls.example/a.wav');
  media.dispatchEvent(new Event('loadedmetadata'));
  expect(media.currentTime).toBe(60);
  return { media, transport, scope };
}

it('begins where it was told to, though the media element forgets that before it can play', async () => {
  const { media, scope } = await loaded(false);
  media.currentTime = 0;
  media.dispatchEvent(new Event('canplay'));
  expect(media.currentTime).toBe(60);
  scope.close();
});

it.each([false, true])('lets the user go elsewhere before it can play; wanted: %s', async (play) => {
  const { media, transport, scope } = await loaded(play);
  transport.seek(120);
  expect(media.currentTime).toBe(120);
  media.dispatchEvent(new Event('canplay'));
  expect(media.currentTime).toBe(120);
  scope.close();
});

it('keeps where the user went though the media element forgets that, too', async () => {
  const { media, transport, scope } = await loaded(false);
  transport.seek(120);
  media.currentTime = 0;
  media.dispatchEvent(new Event('canplay'));
  expect(media.currentTime).toBe(120);
  scope.close();
});

/** Plays at two minutes, with so much of it loaded, when the media element says that it has ended. */
async function endedWith(loadedSeconds: number) {
  const { media, transport, scope } = await loaded(true);
  Object.defineProperty(media, 'buffered', { value: { length: 1, start: () => 0, end: () => loadedSeconds } });
  media.dispatchEvent(new Event('canplay'));
  media.dispatchEvent(new Event('playing'));
  media.currentTime = 120;
  media.dispatchEvent(new Event('timeupdate'));
  Object.assign(media, { currentTime: 300, ended: true });
  media.dispatchEvent(new Event('timeupdate'));
  media.dispatchEvent(new Event('ended'));
  return { media, transport, scope };
}

it('goes on from where it was after an end that is none', async () => {
  const { media, transport, scope } = await endedWith(130);
  expect(transport.state.name).toBe('playing');
  await expect.poll(() => media.getAttribute('src')).toBe('https://calls.example/b.wav');
  Object.assign(media, { currentTime: 0, ended: false });
  media.dispatchEvent(new Event('loadedmetadata'));
  expect(media.currentTime).toBe(120);
  scope.close();
});

it('ends where all of it has been loaded', async () => {
  const { media, transport, scope } = await endedWith(299);
  expect(transport.state.name).toBe('ended');
  expect(media.getAttribute('src')).toBe('https://calls.example/a.wav');
  scope.close();
});
