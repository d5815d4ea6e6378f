import { EarshotClient } from '../../src/client/index.js';
import {
  CacheStorageStorage,
  gatewayOrigin,
  gatewaySource,
  localSource,
  OfflineRecordings,
  openStorage,
  OpfsStorage,
  playFrom,
  type Storage,
} from '../../src/offline/index.js';
import { CONTRACT } from '../storage-contract.js';

/** What the page of the browser tests can do; the tests call it from outside. */
const page = {
  cases: CONTRACT.map(({ name }) => name),

  /** Runs one case on a storage of its own. */
  async contract(kind: 'opfs' | 'cache', name: string): Promise<string> {
    const folder = `contract-${kind}-${name}`;
    const storage: Storage | undefined = await (kind === 'opfs' ? OpfsStorage : CacheStorageStorage).open(folder);
    if (!storage) throw new Error(`There is no ${kind}`);
    await CONTRACT.find((each) => each.name === name)?.run(storage);
    return storage.kind;
  },

  async keep(sid: string): Promise<{ storage: string; isVerified: boolean }> {
    const { offline } = parts();
    const facts = await offline.ensureLocal(sid);
    return { storage: (await offline.usage()).storage, isVerified: facts.isVerified };
  },

  /** Begins, and stops as if the page were closed after so many bytes. */
  async keepSome(sid: string, bytes: number): Promise<string> {
    const ending = new AbortController();
    const onProgress = (received: number) => received >= bytes && ending.abort();
    return parts()
      .offline.ensureLocal(sid, { signal: ending.signal, onProgress })
      .then(
        () => 'kept',
        (error: { code: string }) => error.code,
      );
  },

  /** Plays the middle of it with a media element; returns where it came from, and where it is after a moment. */
  async play(sid: string): Promise<{ source: string; refused: string[]; duration: number; from: number; to: number }> {
    const { offline, client } = parts();
    const played = await playFrom([localSource(offline), gatewaySource(client)], sid);
    const audio = new Audio(played.url.href);
    await new Promise((resolve, reject) => {
      audio.onloadedmetadata = resolve;
      audio.onerror = () => reject(new Error(audio.error?.message));
    });
    const from = audio.duration / 2;
    audio.currentTime = from;
    await audio.play();
    await new Promise<void>((resolve) => {
      audio.ontimeupdate = () => audio.currentTime > from + 0.2 && resolve();
    });
    const { duration, currentTime: to } = audio;
    audio.pause();
    played.release();
    return { source: played.source, refused: played.refused.map(({ code }) => code), duration, from, to };
  },

  async chosen(): Promise<string> {
    return (await openStorage('chosen')).kind;
  },
};

function parts() {
  const client = new EarshotClient({ baseUrl: location.origin, token: 'good' });
  return { client, offline: new OfflineRecordings({ origin: gatewayOrigin(client), scope: 'user@example' }) };
}

export type Page = typeof page;
Object.assign(globalThis, { page });
