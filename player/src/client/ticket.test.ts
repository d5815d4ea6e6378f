import { afterEach, describe, expect, it, vi } from 'vitest';
import { callSid, sid } from '../../test/gateway.js';
import { setting } from '../../test/setting.js';
import type { EarshotError } from './index.js';
import { RenewedUrl, renewInMs, type Issued } from './ticket.js';

const its = setting();

afterEach(() => {
  vi.useRealTimers();
});

describe('a playback URL', () => {
  it('plays without a token, and names the recording of a call', async () => {
    const row = its.gateway.add(1, 'ready');
    const playback = await its.client().playbackUrl(callSid(1));
    expect(playback.url.pathname).toBe(`/api/recordings/${sid(1)}/stream`);
    expect(playback.expiresAt.getTime()).toBeGreaterThan(Date.now());
    const answer = await fetch(playback.url);
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(row.audio);
  });

  it('is renewed when the media element asks for it after its end, once for all that ask', async () => {
    its.gateway.add(1, 'ready');
    its.gateway.ticketSeconds = 0;
    const renewed: URL[] = [];
    const playback = await its.client().playbackUrl(sid(1), { onRenewed: (url) => renewed.push(url) });
    expect((await fetch(playback.url)).status).toBe(401);
    its.gateway.ticketSeconds = 900;
    const [one, other] = await Promise.all([playback.renew(), playback.renew()]);
    expect(one).toBe(other);
    expect(playback.url).toBe(one);
    expect(renewed).toEqual([one]);
    expect((await fetch(one)).status).toBe(200);
    expect(its.gateway.tickets).toBe(2);
  });

  it('gives a download URL of the same ticket', async () => {
    its.gateway.add(1, 'ready');
    const url = await its.client().downloadUrl(sid(1));
    expect(url.pathname).toBe(`/api/recordings/${sid(1)}/download`);
    expect((await fetch(url)).headers.get('Content-Disposition')).toContain('attachment');
  });

  it('is refused with the code of the problem', async () => {
    its.gateway.add(1, 'deleted');
    await expect(its.client().playbackUrl(sid(1))).rejects.toMatchObject({ code: 'recording-deleted', status: 410 });
  });

  it('is a bad answer where there is none in it', async () => {
    its.gateway.troubles.push({ route: /./, trouble: (response) => void response.end('{"url":"/relative"}') });
    await expect(its.client().playbackUrl(sid(1))).rejects.toMatchObject({ code: 'bad-answer' });
  });
});

describe('the renewing', () => {
  const issued = (n: number, lifetimeMs = 300_000): Issued => ({
    url: new URL(`https://calls.example/${n}`),
    expiresAt: new Date(Date.now() + lifetimeMs),
    lifetimeMs,
  });

  function renewing(get: () => Promise<Issued>, ending = new AbortController()) {
    const failed: EarshotError[] = [];
    const renewed: string[] = [];
    const playback = new RenewedUrl(
      issued(0),
      ending.signal,
      get,
      (url) => renewed.push(url.pathname),
      (error) => failed.push(error),
    );
    return { playback, renewed, failed, ending };
  }

  it('comes a minute before the end, or after three quarters of a short life, and never at once', () => {
    expect(renewInMs(900_000)).toBe(840_000);
    expect(renewInMs(100_000)).toBe(75_000);
    expect(renewInMs(0)).toBe(10_000);
    expect(renewInMs(-3_600_000)).toBe(10_000);
  });

  it('goes on for as long as it is not closed, and leaves no timer', async () => {
    vi.useFakeTimers();
    let n = 0;
    const { playback, renewed } = renewing(() => Promise.resolve(issued(++n)));
    await vi.advanceTimersByTimeAsync(240_000);
    expect(renewed).toEqual(['/1']);
    await vi.advanceTimersByTimeAsync(240_000);
    expect(renewed).toEqual(['/1', '/2']);
    playback.close();
    await vi.advanceTimersByTimeAsync(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('counts from the newest ticket when the player was sooner', async () => {
    vi.useFakeTimers();
    let n = 0;
    const { playback, renewed } = renewing(() => Promise.resolve(issued(++n)));
    await vi.advanceTimersByTimeAsync(200_000);
    await playback.renew();
    await vi.advanceTimersByTimeAsync(100_000);
    expect(renewed).toEqual(['/1']);
    await vi.advanceTimersByTimeAsync(140_000);
    expect(renewed).toEqual(['/1', '/2']);
    playback.close();
  });

  it('tries again after a failure that may pass, and stops at one that does not', async () => {
    vi.useFakeTimers();
    const answers = [
      () => Promise.reject(Object.assign(new Error(), { code: 'offline', retryable: true })),
      () => Promise.resolve(issued(1)),
      () => Promise.reject(Object.assign(new Error(), { code: 'recording-deleted', retryable: false })),
    ];
    const { renewed, failed } = renewing(() => answers.shift()?.() ?? Promise.reject(new Error('once too often')));
    await vi.advanceTimersByTimeAsync(250_000);
    expect(renewed).toEqual(['/1']);
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(failed.map(({ code }) => code)).toEqual(['offline', 'recording-deleted']);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('ends with the signal', async () => {
    vi.useFakeTimers();
    const { ending } = renewing(() => Promise.resolve(issued(1)));
    ending.abort();
    await vi.advanceTimersByTimeAsync(0);
    expect(vi.getTimerCount()).toBe(0);
  });
});
