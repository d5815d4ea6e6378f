import type { EarshotClient } from '../client/client.js';
import { EarshotError } from '../client/errors.js';
import { Http } from '../client/http.js';
import type { Progress } from '../client/types.js';
import type { OfflineRecordings } from './offline.js';
import { refusedBy, type Source } from './source.js';

/** The copies of this browser. */
export function localSource(offline: Pick<OfflineRecordings, 'find'>, name = 'local'): Source {
  return {
    name,
    async find(sid) {
      const copy = await offline.find(sid);
      if (!copy) return { isPlayable: false, code: 'not-local', status: 404 };
      const url = URL.createObjectURL(copy.blob);
      const { contentType } = copy.facts;
      return {
        isPlayable: true,
        url: new URL(url),
        ...(contentType === undefined ? {} : { contentType }),
        release: () => URL.revokeObjectURL(url),
      };
    },
  };
}

/** The gateway, which prepares what is not ready. */
export function gatewaySource(
  client: Pick<EarshotClient, 'prepare' | 'playbackUrl'>,
  { name = 'gateway', onProgress }: { name?: string; onProgress?: (sid: string, progress: Progress) => void } = {},
): Source {
  return {
    name,
    async find(sid, { signal, onRenewed, onProgress: asked }) {
      try {
        const progress = (told: Progress) => {
          onProgress?.(sid, told);
          asked?.(told);
        };
        const recording = await client.prepare(sid, { signal, onProgress: progress });
        const playback = await client.playbackUrl(sid, { signal, ...(onRenewed ? { onRenewed } : {}) });
        return {
          isPlayable: true,
          url: playback.url,
          ...(recording.contentType === undefined ? {} : { contentType: recording.contentType }),
          renew: () => playback.renew(),
          release: () => playback.close(),
        };
      } catch (error) {
        return refusedBy(error);
      }
    },
  };
}

/** A server whose recordings have plain URLs, such as one on the listener's own machine. */
export interface HttpSourceOptions {
  name: string;
  baseUrl: string | URL;
  /** The path of a recording, from the base URL on; `/` and its identifier if absent. */
  path?: (sid: string) => string;
  /** For the question whether it is there, and for storing; what plays it sends none. */
  token?: string | (() => string | Promise<string>);
  fetch?: typeof fetch;
  /** Whether `PUT` to the same URL stores a copy. */
  writable?: boolean;
  /** How long it may take to say whether it has something, in milliseconds; 2 000 if absent: the next one waits for it. */
  timeoutMs?: number;
}

const FIND_MS = 2_000;
/** A whole recording to a server that may have a slow disk. */
const STORE_MS = 600_000;

/** Asks by HEAD; stores by PUT. */
export function httpSource(options: HttpSourceOptions): Source {
  const path = options.path ?? ((sid: string) => `/${encodeURIComponent(sid)}`);
  const base = new URL(options.baseUrl).href.replace(/\/+$/, '');
  const http = new Http({ ...options, timeoutMs: options.timeoutMs ?? FIND_MS }, new AbortController().signal);
  const source: Source = {
    name: options.name,
    async find(sid, { signal }) {
      try {
        const contentType = await http.send(path(sid), { method: 'HEAD', signal }, (response) => {
          if (response.status !== 200) throw new EarshotError('bad-answer', 'Not there', { status: response.status });
          return response.headers.get('Content-Type');
        });
        const url = new URL(base + path(sid));
        return { isPlayable: true, url, ...(contentType ? { contentType } : {}), release: () => {} };
      } catch (error) {
        return byStatus(refusedBy(error));
      }
    },
  };
  if (!options.writable) return source;
  return {
    ...source,
    store: ({ facts, blob }, { signal }) =>
      http.send(
        path(facts.sid),
        { method: 'PUT', body: blob, headers: headersOf(facts), signal, moreTimeMs: STORE_MS },
        (response) => void response.body?.cancel().catch(() => {}),
      ),
  };
}

function headersOf({ contentType, sha256 }: { contentType?: string; sha256?: string }): Record<string, string> {
  const bytes = sha256?.match(/../g)?.map((hex) => String.fromCharCode(parseInt(hex, 16)));
  return {
    'Content-Type': contentType ?? 'application/octet-stream',
    // RFC 9530: whoever takes it can check it.
    ...(bytes ? { 'Repr-Digest': `sha-256=:${btoa(bytes.join(''))}:` } : {}),
  };
}

/** A HEAD has no problem document: its status says it in the gateway's words. */
function byStatus<T extends { code: string; status?: number }>(refused: T): T {
  const code = { 401: 'unauthenticated', 403: 'forbidden', 404: 'not-found' }[refused.status ?? 0];
  return code && refused.code === 'bad-answer' ? { ...refused, code } : refused;
}
