import { EarshotError } from './errors.js';
import type { Http } from './http.js';
import { pauseMs, sleep } from './retry.js';
import type { RetryPolicy } from './types.js';

/** Where to begin, and what was begun. */
export interface AudioRequest {
  /** Bytes that are there already. */
  offset?: number;
  /** The `ETag` of what is there: where it is another one by now, the whole comes again (RFC 9110, section 13.1.5). */
  etag?: string | undefined;
  signal: AbortSignal;
}

/** A piece of the audio. */
export interface AudioPart {
  readonly bytes: Uint8Array;
  /** Where it stands. 0 again, in the middle of everything: forget what you have, it is another version. */
  readonly offset: number;
  /** Of the whole; `undefined` if the server does not say. */
  readonly total: number | undefined;
  readonly etag: string | undefined;
  readonly contentType: string | undefined;
  readonly fileName: string | undefined;
}

interface Opened extends Omit<AudioPart, 'bytes'> {
  body: ReadableStream<Uint8Array>;
}

/** Answers with the head of the audio, or with `undefined` while it is being prepared. */
function open(http: Http, path: string, request: AudioRequest): Promise<Opened | undefined> {
  const { offset = 0, etag, signal } = request;
  // Without a validator a part might be one of another version.
  const headers = offset > 0 && etag ? { Range: `bytes=${offset}-`, 'If-Range': etag } : undefined;
  return http.send(path, { signal, ...(headers ? { headers } : {}) }, (response) => {
    if (response.status === 202) {
      void response.body?.cancel().catch(() => {});
      return undefined;
    }
    if (!response.body) throw new EarshotError('bad-answer', 'No audio in the answer', { status: response.status });
    const range = /^bytes (\d+)-\d+\/(\d+)$/.exec(response.headers.get('Content-Range') ?? '');
    const length = response.headers.get('Content-Length');
    const isPart = response.status === 206 && range !== null;
    return {
      body: response.body,
      offset: isPart ? Number(range[1]) : 0,
      total: isPart ? Number(range[2]) : length === null ? undefined : Number(length),
      etag: response.headers.get('ETag') ?? undefined,
      contentType: response.headers.get('Content-Type') ?? undefined,
      fileName: fileName(response.headers.get('Content-Disposition')),
    };
  });
}

/**
 * Reads the audio to its very end, through any number of broken connections, as long as each brings something new or
 * the policy has tries left.
 *
 * @param prepare is asked when it is not ready (202), and returns when it is
 * @throws EarshotError
 */
export async function* readAudio(
  http: Http,
  policy: RetryPolicy,
  path: string,
  request: AudioRequest,
  prepare?: () => Promise<unknown>,
): AsyncGenerator<AudioPart> {
  let { offset = 0, etag } = request;
  let failures = 0;
  for (;;) {
    try {
      const opened = await open(http, path, { ...request, offset, etag });
      if (!opened) throw new EarshotError('gave-up', 'Not ready', { status: 202, retryable: true });
      ({ offset, etag } = opened);
      const { body, ...head } = opened;
      for await (const bytes of pieces(body)) {
        yield { ...head, bytes, offset };
        offset += bytes.length;
        failures = 0;
      }
      if (head.total === undefined || offset >= head.total) return;
      throw new EarshotError('offline', 'The audio ended too soon', { retryable: true });
    } catch (error) {
      const fault = http.fault(error, request.signal);
      if (isComplete(fault, offset)) return;
      if (!fault.retryable || failures >= policy.delaysMs.length) throw fault;
      // What it says in the end is said: it had all the tries of the policy.
      if (fault.status === 202) await prepare?.();
      await sleep(pauseMs(policy, failures++, { retryAfterMs: fault.retryAfterMs, refused: true }), request.signal);
    }
  }
}

/** Whoever asks for what follows the last byte gets 416: a resumed one was complete already. */
function isComplete(fault: EarshotError, offset: number): boolean {
  return fault.code === 'range-not-satisfiable' && offset > 0;
}

/** Cancels the body when the reader leaves. Not every browser iterates over a stream by itself. */
async function* pieces(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    void reader.cancel().catch(() => {});
  }
}

/** The name in `Content-Disposition`; the one for all alphabets goes first (RFC 6266, section 4.3). */
export function fileName(header: string | null): string | undefined {
  const extended = /filename\*\s*=\s*UTF-8''([^;\s]+)/i.exec(header ?? '')?.[1];
  if (extended) {
    try {
      return decodeURIComponent(extended);
    } catch {
      // Not what RFC 8187 allows; the plain one is there for this.
    }
  }
  const plain = /filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i.exec(header ?? '');
  return plain?.[1]?.replace(/\\(.)/g, '$1') ?? plain?.[2];
}
