import { EarshotError } from '../client/errors.js';
import type { Copies } from './copies.js';

/** How much there is, in bytes. */
export interface Usage {
  /** Of our copies. */
  copiesBytes: number;
  /** Of everything that this site stores, by the browser's estimate. */
  usedBytes?: number;
  /** What the browser grants this site. */
  quotaBytes?: number;
}

export interface RoomOptions {
  /** Bytes of all copies together; without it the browser's quota alone counts. */
  maxBytes?: number;
  /** What to do when there is no room: `refuse` (the default), or remove the `oldest` copies. */
  whenFull?: 'refuse' | 'oldest';
  /** Replaces the browser's own. */
  estimate?: () => Promise<{ usage?: number; quota?: number }>;
}

/** Left to the rest of the site: an estimate is rounded, and other code writes too. */
const SPARE_BYTES = 16 * 1024 * 1024;

export async function usage(copies: Copies, options: RoomOptions): Promise<Usage> {
  const { usage: used, quota } = await estimated(options);
  const sizes = (await copies.all()).map(({ sizeBytes }) => sizeBytes ?? 0);
  return {
    copiesBytes: sizes.reduce((sum, size) => sum + size, 0),
    ...(used === undefined ? {} : { usedBytes: used }),
    ...(quota === undefined ? {} : { quotaBytes: quota }),
  };
}

/**
 * Sees to it that so many bytes more can be written.
 *
 * @param sid whose own bytes do not count, and which is never removed
 * @throws EarshotError `no-room`, before anything was removed in vain
 */
export async function makeRoom(copies: Copies, options: RoomOptions, sid: string, bytes: number): Promise<void> {
  const others = (await copies.all()).filter((facts) => facts.sid !== sid);
  others.sort((a, b) => a.keptAt.localeCompare(b.keptAt));
  const otherBytes = others.reduce((sum, { sizeBytes }) => sum + (sizeBytes ?? 0), 0);
  let missing = Math.max(await missingInQuota(options, bytes), otherBytes + bytes - (options.maxBytes ?? Infinity));
  const freed = options.whenFull === 'oldest' ? otherBytes : 0;
  if (missing > freed) throw new EarshotError('no-room', `No room for ${bytes} bytes more`);
  for (const { sid: oldest, sizeBytes = 0 } of others) {
    if (missing <= 0) return;
    await copies.remove(oldest);
    missing -= sizeBytes;
  }
}

async function missingInQuota(options: RoomOptions, bytes: number): Promise<number> {
  const { usage: used, quota } = await estimated(options);
  return used === undefined || quota === undefined ? 0 : used + bytes + SPARE_BYTES - quota;
}

async function estimated(options: RoomOptions): Promise<{ usage?: number; quota?: number }> {
  if (options.estimate) return options.estimate();
  const storage = globalThis.navigator?.storage as StorageManager | undefined;
  return (await storage?.estimate?.()) ?? {};
}
