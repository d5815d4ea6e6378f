import type { Peaks, Recording } from '../client/types.js';
import { segment, type Storage } from './storage.js';

/** What is known of a copy. Its bytes are segments beside it, each named by where it begins. */
export interface CopyFacts {
  readonly version: 1;
  /** By which it was asked for, and the recording's own where that is another. */
  readonly sid: string;
  readonly sids: readonly string[];
  /** Only a whole copy, whose SHA-256 was checked, is ever played. */
  readonly isComplete: boolean;
  /** Of the whole; `undefined` until it is known. */
  readonly sizeBytes?: number;
  /** Of the whole, 64 lower-case hexadecimal digits, as computed here. */
  readonly sha256?: string;
  /** Whether the origin told a SHA-256, and it is this one. */
  readonly isVerified: boolean;
  readonly etag?: string;
  readonly contentType?: string;
  readonly fileName?: string;
  /** ISO 8601. */
  readonly keptAt: string;
  readonly recording?: Recording;
  readonly peaks?: Peaks;
}

const ROOT = 'copies';
/** Enough for any recording, and in order as text. */
const DIGITS = 15;

/** The copies in a storage. Knows nothing of networks. */
export class Copies {
  constructor(private readonly storage: Storage) {}

  get kind(): Storage['kind'] {
    return this.storage.kind;
  }

  async facts(sid: string): Promise<CopyFacts | undefined> {
    return parse(await this.storage.get(`${folder(sid)}/facts`));
  }

  /** All of them, also those that are not complete. */
  async all(): Promise<CopyFacts[]> {
    const names = (await this.storage.list(ROOT)).filter((name) => name.endsWith('/facts'));
    const facts = await Promise.all(names.map(async (name) => parse(await this.storage.get(name))));
    return facts.filter((each) => each !== undefined);
  }

  /** The complete copy that goes by this SID, a call's too: then its newest. */
  async find(sid: string): Promise<CopyFacts | undefined> {
    const own = await this.facts(sid);
    if (own?.isComplete) return own;
    const named = (await this.all()).filter((facts) => facts.isComplete && facts.sids.includes(sid));
    return named.sort((a, b) => started(b).localeCompare(started(a)))[0];
  }

  write(facts: CopyFacts): Promise<void> {
    return this.storage.put(`${folder(facts.sid)}/facts`, new Blob([JSON.stringify(facts)]));
  }

  /** @param at how many bytes there are before it */
  append(sid: string, at: number, bytes: Blob): Promise<void> {
    return this.storage.put(`${folder(sid)}/${String(at).padStart(DIGITS, '0')}`, bytes);
  }

  /** The bytes that follow each other from 0 on; what lies behind a gap does not count. */
  async bytes(sid: string, type = ''): Promise<Blob> {
    const names = (await this.storage.list(folder(sid))).filter((name) => /\/\d+$/.test(name));
    const found: Blob[] = [];
    let size = 0;
    for (const name of names) {
      if (Number(name.slice(-DIGITS)) !== size) break;
      const blob = await this.storage.get(name);
      if (!blob) break;
      found.push(blob);
      size += blob.size;
    }
    // Blobs of blobs are read where they lie; nothing comes into memory here.
    return new Blob(found, { type });
  }

  remove(sid: string): Promise<void> {
    return this.storage.remove(folder(sid));
  }
}

function folder(sid: string): string {
  return `${ROOT}/${segment(sid)}`;
}

function started(facts: CopyFacts): string {
  return facts.recording?.startedAt ?? facts.keptAt;
}

async function parse(blob: Blob | undefined): Promise<CopyFacts | undefined> {
  if (!blob) return undefined;
  const facts = JSON.parse(await blob.text()) as CopyFacts;
  // One of a later version of this package: not ours to read, nor to remove.
  return facts.version === 1 ? facts : undefined;
}
