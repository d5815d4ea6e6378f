import { describe, expect, it, vi } from 'vitest';
import { sid } from '../../test/gateway.js';
import { eventually, NEVER, setting } from '../../test/setting.js';
import { MemoryStorage } from './memory.js';
import { OfflineRecordings } from './offline.js';
import { gatewayOrigin } from './origin.js';
import { Routing } from './routing.js';
import { playFrom, type Found, type Source } from './source.js';
import { gatewaySource, httpSource, localSource } from './sources.js';

const its = setting();

function refusing(name: string, code: string, status?: number): Source {
  return { name, find: async () => ({ isPlayable: false, code, ...(status === undefined ? {} : { status }) }) };
}

function playing(name: string, released = vi.fn()): Source {
  const found: Found = { isPlayable: true, url: new URL(`https://${name}.example/`), release: released };
  return { name, find: async () => found };
}

describe('playing from sources', () => {
  it('takes the first that has it, and says who refused and why', async () => {
    const sources = [
      refusing('local', 'not-local', 404),
      refusing('desktop', 'forbidden', 403),
      playing('gateway'),
      playing('never'),
    ];
    const played = await playFrom(sources, sid(1));
    expect(played).toMatchObject({
      source: 'gateway',
      url: new URL('https://gateway.example/'),
      refused: [
        { source: 'local', code: 'not-local', status: 404 },
        { source: 'desktop', code: 'forbidden', status: 403 },
      ],
    });
  });

  it('moves on from a source that breaks its promise and throws', async () => {
    const broken: Source = { name: 'broken', find: () => Promise.reject(new Error('oops')) };
    await expect(playFrom([broken, playing('gateway')], sid(1))).resolves.toMatchObject({
      source: 'gateway',
      refused: [{ source: 'broken', code: 'bad-answer' }],
    });
  });

  it('fails with everything that was said when nobody has it', async () => {
    const sources = [refusing('local', 'not-local', 404), refusing('gateway', 'recording-deleted', 410)];
    await expect(playFrom(sources, sid(1))).rejects.toMatchObject({
      name: 'NoSourceError',
      code: 'recording-deleted',
      status: 410,
      refused: [{ source: 'local' }, { source: 'gateway' }],
    });
  });

  it('ends by its signal, and releases what comes too late', async () => {
    const ending = new AbortController();
    const released = vi.fn();
    const late = playing('late', released);
    const find = late.find.bind(late);
    late.find = (...asked) => (ending.abort(), find(...asked));
    await expect(playFrom([late], sid(1), { signal: ending.signal })).rejects.toMatchObject({ code: 'aborted' });
    expect(released).toHaveBeenCalledOnce();
  });
});

describe('the sources', () => {
  it('play from the gateway by a ticket, which is released', async () => {
    const row = its.gateway.add(1, 'registered');
    const phases: string[] = [];
    const source = gatewaySource(its.client({ retry: NEVER }), {
      onProgress: (of, { phase }) => phases.push(`${of} ${phase}`),
    });
    const steps: number[] = [];
    const playing = playFrom([source], sid(1), { onProgress: ({ tries }) => steps.push(tries) });
    await eventually(() => expect(its.gateway.streams.size).toBe(1));
    its.gateway.become(row, 'ready');
    const played = await playing;
    expect((await fetch(played.url)).status).toBe(200);
    await expect(played.renew?.()).resolves.toBeInstanceOf(URL);
    played.release();
    await expect(played.renew?.()).rejects.toMatchObject({ code: 'aborted' });
    expect(phases.at(-1)).toBe(`${sid(1)} ready`);
    expect(steps).toEqual(phases.map(() => NEVER.delaysMs.length));
  });

  it('play the local copy when the gateway is gone', async () => {
    const row = its.gateway.add(1, 'ready');
    const client = its.client();
    const offline = new OfflineRecordings({ origin: gatewayOrigin(client), storage: new MemoryStorage() });
    await offline.ensureLocal(sid(1));
    await its.gateway.stop();
    const played = await playFrom([localSource(offline), gatewaySource(client)], sid(1));
    expect(played).toMatchObject({ source: 'local', refused: [], contentType: 'audio/mpeg' });
    expect(Buffer.from(await (await fetch(played.url)).arrayBuffer())).toEqual(row.audio);
    played.release();
    await expect(fetch(played.url)).rejects.toThrow();
  });

  it.each([
    [401, 'unauthenticated'],
    [403, 'forbidden'],
    [404, 'not-found'],
    [503, 'bad-answer'],
  ])('say of a plain server that answers %i: %s', async (status, code) => {
    its.gateway.troubles.push({ route: /./, trouble: (response) => void response.writeHead(status).end() });
    const source = httpSource({ name: 'desktop', baseUrl: its.gateway.url });
    await expect(source.find('x', {})).resolves.toMatchObject({ isPlayable: false, code, status });
  });

  it('do not wait long for a server that is not there, or says nothing', async () => {
    its.gateway.troubles.push({ route: /./, trouble: () => {} });
    const silent = httpSource({ name: 'silent', baseUrl: its.gateway.url, timeoutMs: 50 });
    const absent = httpSource({ name: 'absent', baseUrl: 'http://127.0.0.1:1' });
    await expect(playFrom([silent, absent, playing('gateway')], 'x')).resolves.toMatchObject({
      refused: [
        { source: 'silent', code: 'timeout' },
        { source: 'absent', code: 'offline' },
      ],
    });
  });
});

describe('the routing', () => {
  const calls = playing('calls');
  const videos = playing('videos');
  const rest = playing('rest');
  const routing = new Routing([
    { ids: /^(RE|CA)[0-9a-f]{32}$/g, sources: [calls] },
    { ids: (asked) => asked.startsWith('video_recording_'), sources: [videos] },
    { mediaType: 'video/*', sources: [videos] },
    { ids: /^audio_recording_/, mediaType: 'audio/mpeg', sources: [rest] },
  ]);

  it.each([
    [sid(1), undefined, 'calls'],
    [sid(2), 'audio/mpeg', 'calls'],
    ['video_recording_9', undefined, 'videos'],
    ['something', 'video/mp4; codecs=avc1', 'videos'],
    ['audio_recording_9', 'audio/mpeg', 'rest'],
  ])('sends %s of type %s to %s', async (asked, mediaType, source) => {
    const options = mediaType === undefined ? {} : { mediaType };
    await expect(routing.play(asked, options)).resolves.toMatchObject({ source });
  });

  it('says no-route where none fits', async () => {
    await expect(routing.play('audio_recording_9', { mediaType: 'audio/wav' })).rejects.toMatchObject({
      code: 'no-route',
    });
  });

  it('keeps nothing of a route without an origin, and stores in its writable sources', () => {
    expect(() => routing.origin(sid(1))).toThrow(expect.objectContaining({ code: 'not-supported' }));
    const writable: Source = { ...calls, store: async () => {} };
    expect(new Routing([{ sources: [rest, writable] }]).writable(sid(1))).toEqual([writable]);
  });
});
