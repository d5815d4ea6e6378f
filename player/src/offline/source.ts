import { EarshotError } from '../client/errors.js';
import type { Abortable, Progress } from '../client/types.js';
import type { CopyFacts } from './copies.js';

/** A whole copy and its bytes, which lie on the disk until somebody reads them. */
export interface Copy {
  readonly facts: CopyFacts;
  readonly blob: Blob;
}

/** It can be played from here. */
export interface Playable {
  readonly isPlayable: true;
  /** For `src`. Good until {@link release}; where they expire, `onRenewed` tells of newer ones. */
  readonly url: URL;
  readonly contentType?: string;
  /** Gets a new URL when this one has expired, where they do. */
  renew?(): Promise<URL>;
  /** Must be called when it is not needed any more: object URLs hold their bytes, tickets renew themselves. */
  release(): void;
}

/** It cannot, and why. */
export interface Refused {
  readonly isPlayable: false;
  /** A problem code of the gateway, or an own code of this package; `not-local` where there is no copy. */
  readonly code: string;
  readonly status?: number;
  readonly retryable?: boolean;
}

export type Found = Playable | Refused;

export interface FindOptions extends Abortable {
  /** Of sources whose URLs expire. */
  onRenewed?: (url: URL) => void;
  /** Of sources that have it prepared first. */
  onProgress?: (progress: Progress) => void;
}

/** A place that may have a recording. */
export interface Source {
  /** Told to people, and in answers. */
  readonly name: string;
  /** What it has; it does not throw but for `aborted`. */
  find(sid: string, options: FindOptions): Promise<Found>;
  /** Of a writable source: takes a copy. */
  store?(copy: Copy, options: Abortable): Promise<void>;
}

/** Who refused, and why. */
export interface Refusal extends Omit<Refused, 'isPlayable'> {
  readonly source: string;
}

/** What plays, from where, and who was asked before and refused: a fallback is never silent. */
export interface Played extends Omit<Playable, 'isPlayable'> {
  readonly source: string;
  readonly refused: readonly Refusal[];
}

/** No source has it. Carries the code of the last one, which is the one nearest to the truth. */
export class NoSourceError extends EarshotError {
  readonly refused: readonly Refusal[];

  constructor(refused: readonly Refusal[]) {
    const last = refused.at(-1);
    const told = refused.map(({ source, code }) => `${source}: ${code}`).join(', ');
    super(last?.code ?? 'no-source', `No source has it (${told || 'there is none'})`, {
      status: last?.status,
      retryable: refused.some(({ retryable }) => retryable),
    });
    this.name = 'NoSourceError';
    this.refused = refused;
  }
}

/**
 * Asks the sources in their order and plays from the first that has it. 403, 404, no answer and whatever else goes wrong
 * move on to the next; the answer says so.
 *
 * @throws NoSourceError if none has it
 * @throws EarshotError `aborted`
 */
export async function playFrom(sources: readonly Source[], sid: string, options: FindOptions = {}): Promise<Played> {
  const refused: Refusal[] = [];
  for (const source of sources) {
    const found = await ask(source, sid, options);
    if (found.isPlayable) return played(source, found, refused);
    const { isPlayable: _, ...why } = found;
    refused.push({ source: source.name, ...why });
  }
  throw new NoSourceError(refused);
}

async function ask(source: Source, sid: string, options: FindOptions): Promise<Found> {
  let found: Found;
  try {
    found = await source.find(sid, options);
  } catch (error) {
    found = refusedBy(error);
  }
  if (!options.signal?.aborted) return found;
  if (found.isPlayable) found.release();
  throw new EarshotError('aborted', 'Ended by the caller', { cause: options.signal.reason });
}

function played(source: Source, { isPlayable: _, ...playable }: Playable, refused: readonly Refusal[]): Played {
  return { ...playable, source: source.name, refused };
}

/** What a source that threw has to say. */
export function refusedBy(error: unknown): Refused {
  if (!(error instanceof EarshotError)) return { isPlayable: false, code: 'bad-answer' };
  const { code, status, retryable } = error;
  return { isPlayable: false, code, retryable, ...(status === undefined ? {} : { status }) };
}
