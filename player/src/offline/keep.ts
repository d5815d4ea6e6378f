import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { AudioPart } from '../client/audio.js';
import { EarshotError } from '../client/errors.js';
import type { Copies, CopyFacts } from './copies.js';
import type { Described, Origin } from './origin.js';

/**
 * So much lies in memory at most, and so much is lost at most when the page is closed in the middle; what an abort or a
 * broken connection ends is kept to the last byte. Each segment is a file, of which a browser opens many thousands.
 */
const SEGMENT_BYTES = 4 * 1024 * 1024;

export interface Keeping {
  readonly copies: Copies;
  readonly origin: Origin;
  readonly asked: string;
  readonly signal: AbortSignal;
  /** @throws EarshotError `no-room` */
  makeRoom(sid: string, bytes: number): Promise<void>;
  progress(received: number, total: number): void;
}

/**
 * Brings one copy to its end: what lies there already is counted and hashed again, the rest is asked for by `Range` with
 * `If-Range`, and nothing is called complete before its SHA-256 is the right one.
 *
 * @throws EarshotError; `corrupt` (then nothing is kept), `no-room`, or the origin's
 */
export async function keep(keeping: Keeping): Promise<CopyFacts> {
  const { copies, asked, signal } = keeping;
  const described = await keeping.origin.describe(asked, signal);
  const before = await copies.facts(described.sid);
  if (before && (await isStillGood(copies, before, described))) return named(keeping, before);
  const writing = new Writing(keeping, described, before);
  await writing.resume();
  await keeping.makeRoom(described.sid, Math.max(0, (described.sizeBytes ?? 0) - writing.size));
  try {
    const from = { offset: writing.size, etag: writing.etag, signal };
    for await (const part of keeping.origin.audio(described.sid, from)) await writing.take(part);
  } finally {
    // What has come is worth keeping, whatever ended it.
    await writing.flush();
  }
  return writing.end();
}

/** Of the same version, and with all of its bytes: browsers remove files when the disk is full. */
async function isStillGood(copies: Copies, before: CopyFacts, { sid, sha256: now }: Described): Promise<boolean> {
  if (!before.isComplete || (now !== undefined && now !== before.sha256)) return false;
  return (await copies.bytes(sid)).size === before.sizeBytes;
}

/** A copy that was kept by the recording's SID answers to its call's from now on. */
async function named({ copies, asked }: Keeping, facts: CopyFacts): Promise<CopyFacts> {
  if (facts.sids.includes(asked)) return facts;
  const more = { ...facts, sids: [...facts.sids, asked] };
  await copies.write(more);
  return more;
}

class Writing {
  size = 0;
  etag: string | undefined;
  private hash = sha256.create();
  private pending: Uint8Array[] = [];
  private pendingBytes = 0;
  private facts: CopyFacts;
  private isDescribed = false;

  constructor(
    private readonly keeping: Keeping,
    private readonly described: Described,
    before: CopyFacts | undefined,
  ) {
    const { sid, sizeBytes, recording, peaks } = described;
    this.etag = before?.etag;
    this.facts = {
      version: 1,
      sid,
      sids: [...new Set([sid, keeping.asked, ...(recording?.callSid ? [recording.callSid] : [])])],
      isComplete: false,
      isVerified: false,
      keptAt: new Date().toISOString(),
      ...(sizeBytes === undefined ? {} : { sizeBytes }),
      ...(recording ? { recording } : {}),
      ...(peaks ? { peaks } : {}),
      ...(before && !before.isComplete ? told(before) : {}),
    };
    // What was complete and is another one by now is of no use for what follows.
    if (before?.isComplete) this.etag = undefined;
  }

  /** Hashes what is there; without an ETag nobody could say whether the rest belongs to it. */
  async resume(): Promise<void> {
    const { copies, signal } = this.keeping;
    if (this.etag === undefined) return copies.remove(this.facts.sid);
    const blob = await copies.bytes(this.facts.sid);
    for (let at = 0; at < blob.size; at += SEGMENT_BYTES) {
      signal.throwIfAborted();
      const bytes = new Uint8Array(await blob.slice(at, at + SEGMENT_BYTES).arrayBuffer());
      this.hash.update(bytes);
    }
    this.size = blob.size;
  }

  async take(part: AudioPart): Promise<void> {
    if (part.offset !== this.position) await this.restart(part);
    if (!this.isDescribed || part.etag !== this.facts.etag) await this.describe(part);
    this.hash.update(part.bytes);
    this.pending.push(part.bytes);
    this.pendingBytes += part.bytes.length;
    this.keeping.progress(this.position, part.total ?? this.facts.sizeBytes ?? 0);
    if (this.pendingBytes >= SEGMENT_BYTES) await this.flush();
  }

  async flush(): Promise<void> {
    if (this.pendingBytes === 0) return;
    const bytes = new Blob(this.pending as BlobPart[]);
    try {
      await this.keeping.copies.append(this.facts.sid, this.size, bytes);
    } catch (error) {
      throw noRoom(error);
    }
    this.size += bytes.size;
    this.pending = [];
    this.pendingBytes = 0;
  }

  async end(): Promise<CopyFacts> {
    const { copies } = this.keeping;
    const computed = bytesToHex(this.hash.digest());
    const expected = this.described.sha256;
    const { sizeBytes } = this.facts;
    const isShort = sizeBytes !== undefined && sizeBytes !== this.size;
    if (this.size === 0 || isShort || (expected !== undefined && expected !== computed)) {
      await copies.remove(this.facts.sid);
      throw new EarshotError('corrupt', 'What came is not what the origin has', { retryable: true });
    }
    this.facts = {
      ...this.facts,
      isComplete: true,
      isVerified: expected !== undefined,
      sha256: computed,
      sizeBytes: this.size,
      keptAt: new Date().toISOString(),
    };
    await copies.write(this.facts);
    return this.facts;
  }

  private get position(): number {
    return this.size + this.pendingBytes;
  }

  /** Another version: what is there is worth nothing. */
  private async restart(part: AudioPart): Promise<void> {
    if (part.offset !== 0) throw new EarshotError('bad-answer', 'Another part than the one that was asked for');
    await this.keeping.copies.remove(this.facts.sid);
    this.hash = sha256.create();
    this.size = 0;
    this.pending = [];
    this.pendingBytes = 0;
    const { etag: _, ...rest } = this.facts;
    this.facts = rest;
  }

  /** Written before the first segment is, so that the next visit knows which version its segments are of. */
  private async describe(part: AudioPart): Promise<void> {
    this.isDescribed = true;
    const sizeBytes = this.described.sizeBytes ?? part.total;
    this.facts = { ...this.facts, ...told(part), ...(sizeBytes === undefined ? {} : { sizeBytes }) };
    await this.keeping.copies.write(this.facts);
  }
}

/** What an origin tells beside the bytes, without what it does not. */
function told(from: Pick<AudioPart | CopyFacts, 'etag' | 'contentType' | 'fileName'>) {
  return {
    ...(from.etag === undefined ? {} : { etag: from.etag }),
    ...(from.contentType === undefined ? {} : { contentType: from.contentType }),
    ...(from.fileName === undefined ? {} : { fileName: from.fileName }),
  };
}

function noRoom(error: unknown): unknown {
  const isFull = error instanceof DOMException && error.name === 'QuotaExceededError';
  return isFull ? new EarshotError('no-room', 'The browser has no more room for this site', { cause: error }) : error;
}
