import type { AudioPart } from '../client/audio.js';
import { readAudio } from '../client/audio.js';
import type { EarshotClient } from '../client/client.js';
import { Http } from '../client/http.js';
import { presets } from '../client/retry.js';
import type { Peaks, Recording, RetryPolicy } from '../client/types.js';

/** What is to be kept, as its origin describes it. */
export interface Described {
  /** The recording's own SID, where a call's was asked for. */
  readonly sid: string;
  readonly sizeBytes?: number | undefined;
  /** 64 lower-case hexadecimal digits. */
  readonly sha256?: string | undefined;
  readonly recording?: Recording;
  readonly peaks?: Peaks | undefined;
}

/** Where copies come from. Both methods fail with an `EarshotError` and nothing else. */
export interface Origin {
  /** Returns when the bytes can be had, however long that takes. */
  describe(sid: string, signal: AbortSignal): Promise<Described>;
  /** The bytes from `offset` on if the `etag` is still the one; from 0 if not. */
  audio(
    sid: string,
    from: { offset: number; etag: string | undefined; signal: AbortSignal },
  ): AsyncGenerator<AudioPart>;
}

/** The gateway: prepares what is not ready, and tells its SHA-256. */
export function gatewayOrigin(client: Pick<EarshotClient, 'prepare' | 'peaks' | 'audio'>): Origin {
  return {
    async describe(sid, signal) {
      const recording = await client.prepare(sid, { signal });
      const { recordingSid, sizeBytes, sha256 } = recording;
      // The copy does not wait for its waveform.
      const peaks = await client.peaks(recordingSid, { signal, wait: false });
      return { sid: recordingSid, sizeBytes, sha256, recording, peaks };
    },
    audio: (sid, from) => client.audio(sid, from),
  };
}

/** Any server that an application keeps its own recordings on. */
export interface HttpOriginOptions {
  baseUrl: string | URL;
  /** The path of a recording, from the base URL on; `/` and its identifier if absent. */
  path?: (sid: string) => string;
  token?: string | (() => string | Promise<string>);
  fetch?: typeof fetch;
  retry?: RetryPolicy;
}

/** Range requests resume it, where it has them; `Repr-Digest` (RFC 9530) tells its SHA-256, where it has that. */
export function httpOrigin(options: HttpOriginOptions): Origin {
  const path = options.path ?? ((sid: string) => `/${encodeURIComponent(sid)}`);
  const http = new Http(options, new AbortController().signal);
  return {
    describe: (sid, signal) =>
      http.send(path(sid), { method: 'HEAD', signal }, ({ headers }) => {
        const length = headers.get('Content-Length');
        return {
          sid,
          sizeBytes: length === null ? undefined : Number(length),
          sha256: digest(headers.get('Repr-Digest')),
        };
      }),
    audio: (sid, from) => readAudio(http, options.retry ?? presets.patient, path(sid), from),
  };
}

/** A structured field (RFC 8941): `sha-256=:<base64>:` among others. */
function digest(header: string | null): string | undefined {
  const base64 = /(?:^|,\s*)sha-256=:([A-Za-z0-9+/]{43}=):/.exec(header ?? '')?.[1];
  if (base64 === undefined) return undefined;
  return Array.from(atob(base64), (byte) => byte.charCodeAt(0).toString(16).padStart(2, '0')).join('');
}
