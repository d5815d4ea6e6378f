import { describe, expect, it, vi } from 'vitest';
import { callSid, sha256, sid } from '../../test/gateway.js';
import { eventually, NEVER, setting } from '../../test/setting.js';
import type { EarshotClient } from '../client/index.js';
import { MemoryStorage } from './memory.js';
import { OfflineRecordings, type OfflineOptions } from './offline.js';
import { gatewayOrigin, httpOrigin } from './origin.js';
import type { Source } from './source.js';

const its = setting();
const LONG = Buffer.from(Uint8Array.from({ length: 9_000_000 }, (_, n) => (n * 7) % 253));

function offline(options: Partial<OfflineOptions> = {}, client: EarshotClient = its.client()): OfflineRecordings {
  return new OfflineRecordings({ origin: gatewayOrigin(client), storage: new MemoryStorage(), ...options });
}

async function bytes(kept: OfflineRecordings, of: string): Promise<Buffer> {
  return Buffer.from((await (await kept.find(of))?.blob.arrayBuffer()) ?? new ArrayBuffer(0));
}

describe('keeping a recording', () => {
  it('keeps all of it, checked, with its name, type and waveform', async () => {
    const row = its.gateway.add(1, 'ready', LONG);
    const kept = offline();
    const told: number[] = [];
    const facts = await kept.ensureLocal(sid(1), { onProgress: (received) => told.push(received) });
    expect(facts).toMatchObject({
      sid: sid(1),
      isComplete: true,
      isVerified: true,
      sizeBytes: LONG.length,
      sha256: sha256(LONG),
      contentType: 'audio/mpeg',
      fileName: `2026-03-04-${sid(1)}.mp3`,
    });
    expect((await bytes(kept, sid(1))).equals(row.audio)).toBe(true);
    expect((await kept.peaks(sid(1)))?.samplesPerSecond).toBe(1);
    expect(told.at(-1)).toBe(LONG.length);
  });

  it('prepares first what is not ready', async () => {
    const row = its.gateway.add(1, 'registered');
    const kept = offline({}, its.client({ retry: NEVER }));
    const keeping = kept.ensureLocal(sid(1));
    await eventually(() => expect(its.gateway.streams.size).toBe(1));
    its.gateway.become(row, 'ready');
    await expect(keeping).resolves.toMatchObject({ isComplete: true });
  });

  it('needs no network for what is there', async () => {
    its.gateway.add(1, 'ready');
    const kept = offline();
    await kept.ensureLocal(sid(1));
    const asked = its.gateway.seen.length;
    await expect(kept.ensureLocal(sid(1))).resolves.toMatchObject({ isComplete: true });
    expect(its.gateway.seen).toHaveLength(asked);
  });

  it("finds by a call's SID what was kept by the recording's", async () => {
    const row = its.gateway.add(1, 'ready');
    const kept = offline();
    await kept.ensureLocal(sid(1));
    expect((await bytes(kept, callSid(1))).equals(row.audio)).toBe(true);
  });

  it('goes on where it was broken off, on another visit too', async () => {
    const row = its.gateway.add(1, 'ready', LONG);
    const storage = new MemoryStorage();
    const ending = new AbortController();
    const first = offline({ storage });
    const stop = (received: number) => received > 5_000_000 && ending.abort();
    const broken = first.ensureLocal(sid(1), { signal: ending.signal, onProgress: stop });
    await expect(broken).rejects.toMatchObject({ code: 'aborted' });
    await eventually(() => expect(its.gateway.seen.at(-1)?.path).toMatch(/download$/));
    const second = offline({ storage });
    await eventually(() => expect(storage.list('copies')).resolves.toHaveLength(3));
    expect(await second.find(sid(1))).toBeUndefined();
    await second.ensureLocal(sid(1));
    expect((await bytes(second, sid(1))).equals(row.audio)).toBe(true);
    const resumed = its.gateway.seen.at(-1)?.headers;
    expect(Number(/bytes=(\d+)-/.exec(resumed?.range ?? '')?.[1])).toBeGreaterThan(5_000_000);
    expect(resumed?.['if-range']).toBe(`"${sha256(LONG)}"`);
  });

  it('goes on through connections that break', async () => {
    const row = its.gateway.add(1, 'ready', LONG);
    its.gateway.breaks.push(100_000, 5_000_000);
    const kept = offline();
    await kept.ensureLocal(sid(1));
    expect((await bytes(kept, sid(1))).equals(row.audio)).toBe(true);
  });

  it('begins anew where the recording is another one by then', async () => {
    const row = its.gateway.add(1, 'ready', LONG);
    const storage = new MemoryStorage();
    const ending = new AbortController();
    const stop = (received: number) => received > 5_000_000 && ending.abort();
    const broken = offline({ storage }).ensureLocal(sid(1), { signal: ending.signal, onProgress: stop });
    await expect(broken).rejects.toMatchObject({ code: 'aborted' });
    await eventually(() => expect(storage.list('copies')).resolves.toHaveLength(3));
    row.audio = Buffer.from('another version');
    const kept = offline({ storage });
    await expect(kept.ensureLocal(sid(1))).resolves.toMatchObject({ sha256: sha256(row.audio) });
    expect((await bytes(kept, sid(1))).toString()).toBe('another version');
  });

  it('keeps nothing whose SHA-256 is another one', async () => {
    its.gateway.add(1, 'ready');
    const storage = new MemoryStorage();
    const client = its.client();
    const honest = gatewayOrigin(client);
    const origin = {
      ...honest,
      describe: async (...asked: Parameters<typeof honest.describe>) => ({
        ...(await honest.describe(...asked)),
        sha256: '0'.repeat(64),
      }),
    };
    await expect(offline({ storage, origin }).ensureLocal(sid(1))).rejects.toMatchObject({
      code: 'corrupt',
      retryable: true,
    });
    await expect(storage.list('copies')).resolves.toEqual([]);
  });

  it('is done once for all that ask, and ends when the last of them has left', async () => {
    its.gateway.add(1, 'registered');
    const kept = offline({}, its.client({ retry: NEVER }));
    const [one, other] = [new AbortController(), new AbortController()];
    const first = kept.ensureLocal(sid(1), { signal: one.signal });
    const second = kept.ensureLocal(sid(1), { signal: other.signal });
    await eventually(() => expect(its.gateway.streams.size).toBe(1));
    one.abort();
    await expect(first).rejects.toMatchObject({ code: 'aborted' });
    expect(its.gateway.streams.size).toBe(1);
    other.abort();
    await expect(second).rejects.toMatchObject({ code: 'aborted' });
    await eventually(() => expect(its.gateway.open).toBe(0));
    expect(its.gateway.count('HEAD', /stream/)).toBe(1);
  });

  it('is ended by close', async () => {
    its.gateway.add(1, 'registered');
    const kept = offline({}, its.client({ retry: NEVER }));
    const keeping = kept.ensureLocal(sid(1));
    await eventually(() => expect(its.gateway.streams.size).toBe(1));
    kept.close();
    await expect(keeping).rejects.toMatchObject({ code: 'aborted' });
  });

  it('says what the gateway says where there is nothing to keep', async () => {
    its.gateway.add(1, 'deleted');
    await expect(offline().ensureLocal(sid(1))).rejects.toMatchObject({ code: 'recording-deleted', status: 410 });
  });

  it("takes an application's own recordings from its own server, whose digest is checked", async () => {
    its.gateway.pages.set('/media/audio_recording_7', { type: 'audio/wav', body: 'hello' });
    const own = httpOrigin({ baseUrl: `${its.gateway.url}/media` });
    const kept = offline({ origin: own });
    await expect(kept.ensureLocal('audio_recording_7')).resolves.toMatchObject({
      isVerified: false,
      contentType: 'audio/wav',
    });
    expect((await bytes(kept, 'audio_recording_7')).toString()).toBe('hello');
  });
});

describe('room', () => {
  it('is looked for before anything is asked for', async () => {
    its.gateway.add(1, 'ready');
    const estimate = () => Promise.resolve({ usage: 90_000_000, quota: 100_000_000 });
    await expect(offline({ estimate }).ensureLocal(sid(1))).rejects.toMatchObject({ code: 'no-room' });
    expect(its.gateway.count('GET', /download/)).toBe(0);
  });

  it('is made by removing the oldest, where that is wanted', async () => {
    for (const n of [1, 2, 3]) its.gateway.add(n, 'ready', Buffer.alloc(1_000, n));
    const kept = offline({ maxBytes: 2_000, whenFull: 'oldest' });
    for (const n of [1, 2, 3]) {
      vi.setSystemTime(new Date(Date.UTC(2026, 0, n)));
      await kept.ensureLocal(sid(n));
    }
    vi.useRealTimers();
    expect((await kept.list()).map((facts) => facts.sid)).toEqual([sid(2), sid(3)]);
    expect((await kept.usage()).copiesBytes).toBe(2_000);
  });

  it('is not made in vain', async () => {
    its.gateway.add(1, 'ready', Buffer.alloc(1_000));
    its.gateway.add(2, 'ready', Buffer.alloc(5_000));
    const kept = offline({ maxBytes: 2_000, whenFull: 'oldest' });
    await kept.ensureLocal(sid(1));
    await expect(kept.ensureLocal(sid(2))).rejects.toMatchObject({ code: 'no-room' });
    expect(await kept.list()).toHaveLength(1);
  });

  it('may be gone in the middle, which the browser says', async () => {
    its.gateway.add(1, 'ready', LONG);
    const storage = new MemoryStorage();
    const put = storage.put.bind(storage);
    storage.put = (name, body) =>
      name.endsWith('facts') ? put(name, body) : Promise.reject(new DOMException('full', 'QuotaExceededError'));
    await expect(offline({ storage }).ensureLocal(sid(1))).rejects.toMatchObject({ code: 'no-room' });
  });
});

describe('copies', () => {
  it('are listed and removed', async () => {
    its.gateway.add(1, 'ready');
    its.gateway.add(2, 'ready');
    const kept = offline();
    await kept.ensureLocal(sid(1));
    await kept.ensureLocal(sid(2));
    await kept.remove(callSid(1));
    expect((await kept.list()).map((facts) => facts.sid)).toEqual([sid(2)]);
    await kept.clear();
    expect(await kept.list()).toEqual([]);
  });

  it('are not played when some of their bytes are gone, and are fetched again', async () => {
    const row = its.gateway.add(1, 'ready', LONG);
    const storage = new MemoryStorage();
    const kept = offline({ storage });
    await kept.ensureLocal(sid(1));
    const names = await storage.list('copies');
    await storage.remove(names[1] as string);
    expect(await kept.find(sid(1))).toBeUndefined();
    await kept.ensureLocal(sid(1));
    expect((await bytes(kept, sid(1))).equals(row.audio)).toBe(true);
  });

  it('go when their recordings were deleted, and for no other reason', async () => {
    const rows = [1, 2, 3].map((n) => its.gateway.add(n, 'ready'));
    const client = its.client();
    const kept = offline({}, client);
    for (const { recordingSid } of rows) await kept.ensureLocal(recordingSid);
    its.gateway.become(rows[0]!, 'deleted');
    its.gateway.rows.delete(sid(2));
    await expect(kept.prune((of, o) => client.status(of, o))).resolves.toEqual([sid(1)]);
    await its.gateway.stop();
    await expect(kept.prune((of, o) => client.status(of, o))).resolves.toEqual([]);
    expect(await kept.list()).toHaveLength(2);
  });

  it('go to writable sources in the background, whose failure is told and fails nothing', async () => {
    its.gateway.add(1, 'ready');
    const taken: string[] = [];
    const find = () => Promise.reject(new Error('not asked'));
    const good: Source = {
      name: 'good',
      find,
      store: async ({ facts, blob }) => void taken.push(`${facts.sid} ${blob.size}`),
    };
    const bad: Source = { name: 'bad', find, store: () => Promise.reject(new Error('disk full')) };
    const kept = offline({ alsoTo: [good, bad] });
    const told: string[] = [];
    kept.addEventListener('stored', ({ detail }) => told.push(`stored ${detail.source}`));
    kept.addEventListener('problem', ({ detail }) => told.push(`problem ${detail.source}`));
    const facts = await kept.ensureLocal(sid(1));
    await kept.settled();
    expect(taken).toEqual([`${sid(1)} ${facts.sizeBytes}`]);
    expect(told.sort()).toEqual(['problem bad', 'stored good']);
  });
});
