import { EarshotError } from '../client/errors.js';
import type { Abortable, Peaks } from '../client/types.js';
import { openStorage } from './choose.js';
import { Copies, type CopyFacts } from './copies.js';
import { Jobs, type Progress } from './jobs.js';
import { keep } from './keep.js';
import type { Origin } from './origin.js';
import { makeRoom, usage, type RoomOptions, type Usage } from './room.js';
import type { Copy, Source } from './source.js';
import type { Storage } from './storage.js';

export interface OfflineOptions extends RoomOptions {
  /** Where copies come from: one for all, or one for each identifier (see {@link Routing}). */
  origin: Origin | ((sid: string) => Origin);
  /** Whose copies these are, such as the signed-in user's id; see {@link openStorage}. */
  scope?: string;
  /** The best that the browser has if absent. */
  storage?: Storage;
  /** Writable sources that get each new copy too, in the background: a failure there fails nothing here. */
  alsoTo?: readonly Source[] | ((sid: string) => readonly Source[]);
}

/** What an {@link OfflineRecordings} dispatches, as `CustomEvent`s. */
export interface OfflineEventMap {
  /** A copy is complete. */
  kept: CustomEvent<CopyFacts>;
  /** A writable source has it too. */
  stored: CustomEvent<{ sid: string; source: string }>;
  /** Something failed that nobody waits for. */
  problem: CustomEvent<{ error: EarshotError; sid: string; source: string }>;
}

/**
 * Recordings that play without a network. A copy is played only when it is whole and its SHA-256 is the origin's; what
 * was broken off goes on where it was at the next {@link ensureLocal}.
 *
 * Copies outlive tokens and deletions: call {@link prune} when there is a network, and {@link clear} at sign-out.
 */
export class OfflineRecordings extends EventTarget {
  private readonly jobs = new Jobs<CopyFacts>();
  private readonly background = new Set<Promise<void>>();
  private readonly closing = new AbortController();
  private opened: Promise<Copies> | undefined;

  constructor(private readonly options: OfflineOptions) {
    super();
  }

  /**
   * Keeps a recording, and returns when it is whole; at once and without a network if it is already. Asked for twice it
   * is done once; it ends when the last signal of those who asked has.
   *
   * @param o `onProgress` is told of bytes so far and of the whole (0 while unknown)
   * @throws EarshotError `no-room`, `corrupt` (nothing is kept), `not-supported`, or the origin's own
   */
  ensureLocal(sid: string, o: Abortable & { onProgress?: Progress } = {}): Promise<CopyFacts> {
    return this.jobs.join(
      sid,
      (signal, progress) => this.keepOne(sid, AbortSignal.any([signal, this.closing.signal]), progress),
      o.signal,
      o.onProgress,
    );
  }

  /** The whole copy that goes by this SID; `undefined` if there is none. Needs no network. */
  async find(sid: string): Promise<Copy | undefined> {
    const copies = await this.copies();
    const facts = await copies.find(sid);
    if (!facts) return undefined;
    const blob = await copies.bytes(facts.sid, facts.contentType);
    // Somebody else has removed some of it, as browsers do when the disk is full.
    return blob.size === facts.sizeBytes ? { facts, blob } : undefined;
  }

  /** The waveform that was kept with it. */
  async peaks(sid: string): Promise<Peaks | undefined> {
    return (await (await this.copies()).find(sid))?.peaks;
  }

  /** All copies, also those that are on their way (`isComplete` is false). */
  async list(): Promise<CopyFacts[]> {
    return (await this.copies()).all();
  }

  async remove(sid: string): Promise<void> {
    const copies = await this.copies();
    await copies.remove((await copies.find(sid))?.sid ?? sid);
  }

  /** Removes everything of this scope, as at sign-out. */
  async clear(): Promise<void> {
    const copies = await this.copies();
    for (const { sid } of await copies.all()) await copies.remove(sid);
  }

  /**
   * Removes the copies of what was deleted at its origin meanwhile (410). Other refusals, and no network, remove nothing.
   *
   * @param status the client's
   * @returns the SIDs that were removed
   */
  async prune(status: (sid: string, o: Abortable) => Promise<unknown>, o: Abortable = {}): Promise<string[]> {
    const removed: string[] = [];
    for (const { sid } of await this.list()) {
      const code = await status(sid, o).then(
        () => undefined,
        (error: unknown) => (error instanceof EarshotError ? error.code : undefined),
      );
      if (code === 'aborted') break;
      if (code !== 'recording-deleted') continue;
      await this.remove(sid);
      removed.push(sid);
    }
    return removed;
  }

  /** How much room there is. */
  async usage(): Promise<Usage & { storage: Storage['kind'] }> {
    const copies = await this.copies();
    return { ...(await usage(copies, this.options)), storage: copies.kind };
  }

  /** Asks the browser not to remove our copies by itself when the disk gets full. Some ask the user. */
  async persist(): Promise<boolean> {
    const storage = globalThis.navigator?.storage as StorageManager | undefined;
    return (await storage?.persist?.()) ?? false;
  }

  /** Returns when nothing is being stored in the background any more. */
  async settled(): Promise<void> {
    while (this.background.size > 0) await Promise.all(this.background);
  }

  /** Ends everything that runs; what was kept stays. */
  close(): void {
    this.closing.abort();
    this.jobs.close();
  }

  private copies(): Promise<Copies> {
    this.opened ??= (async () => new Copies(this.options.storage ?? (await openStorage(this.options.scope))))();
    return this.opened;
  }

  private async keepOne(sid: string, signal: AbortSignal, progress: Progress): Promise<CopyFacts> {
    const copies = await this.copies();
    const there = await this.find(sid);
    if (there) return there.facts;
    const { origin } = this.options;
    try {
      const facts = await alone(sid, signal, () =>
        keep({
          copies,
          origin: typeof origin === 'function' ? origin(sid) : origin,
          asked: sid,
          signal,
          makeRoom: (own, bytes) => makeRoom(copies, this.options, own, bytes),
          progress,
        }),
      );
      this.emit('kept', facts);
      this.storeElsewhere(facts);
      return facts;
    } catch (error) {
      if (signal.aborted) throw new EarshotError('aborted', 'Ended by the caller', { cause: error });
      throw error;
    }
  }

  private storeElsewhere(facts: CopyFacts): void {
    const { alsoTo = [] } = this.options;
    for (const source of typeof alsoTo === 'function' ? alsoTo(facts.sid) : alsoTo) {
      const stored = this.storeIn(source, facts).finally(() => this.background.delete(stored));
      this.background.add(stored);
    }
  }

  private async storeIn(source: Source, facts: CopyFacts): Promise<void> {
    try {
      const copy = await this.find(facts.sid);
      if (!copy || !source.store) return;
      await source.store(copy, { signal: this.closing.signal });
      this.emit('stored', { sid: facts.sid, source: source.name });
    } catch (error) {
      const fault = error instanceof EarshotError ? error : new EarshotError('offline', 'Not stored', { cause: error });
      this.emit('problem', { error: fault, sid: facts.sid, source: source.name });
    }
  }

  private emit<K extends keyof OfflineEventMap>(type: K, detail: OfflineEventMap[K]['detail']): void {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

/** Two tabs must not write one copy at a time. Where there are no locks, the SHA-256 still finds what they spoil. */
function alone<T>(sid: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  const locks = globalThis.navigator?.locks as LockManager | undefined;
  return locks ? (locks.request(`earshot-offline-${sid}`, { signal }, work) as Promise<T>) : work();
}

type General = EventListenerOrEventListenerObject | null;

// The types of the events; there is nothing of it at run time.
export interface OfflineRecordings {
  addEventListener<K extends keyof OfflineEventMap>(
    type: K,
    listener: (event: OfflineEventMap[K]) => void,
    options?: AddEventListenerOptions | boolean,
  ): void;
  addEventListener(type: string, listener: General, options?: AddEventListenerOptions | boolean): void;
  removeEventListener<K extends keyof OfflineEventMap>(
    type: K,
    listener: (event: OfflineEventMap[K]) => void,
    options?: EventListenerOptions | boolean,
  ): void;
  removeEventListener(type: string, listener: General, options?: EventListenerOptions | boolean): void;
}
