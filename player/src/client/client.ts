import { readAudio, type AudioPart } from './audio.js';
import { EarshotError } from './errors.js';
import { Events } from './events.js';
import { Http } from './http.js';
import { peaksOf } from './peaks.js';
import { Held, Preparation } from './prepare.js';
import { pauseMs, presets, sleep } from './retry.js';
import { issue, issueDownload, RenewedUrl } from './ticket.js';
import type {
  Abortable,
  Download,
  EarshotClientOptions,
  EarshotEventMap,
  Peaks,
  PlaybackUrl,
  Progress,
  Recording,
  RetryPolicy,
} from './types.js';
import { Turns, Watch, type Watching } from './watch.js';

/** The gateway's cap on `Prefer: wait` (README, "Waiting"). */
const MOST_WAIT_SECONDS = 25;

/**
 * Speaks with one gateway for one listener. `sid` is a recording's (`RE…`) or a call's (`CA…`), which means the call's
 * newest recording.
 *
 * Every method fails with an {@link EarshotError} and nothing else, can be ended by its signal (code `aborted`), and is
 * ended by {@link close}. Nothing is asked before a method is called.
 */
export class EarshotClient extends EventTarget {
  private readonly closing = new AbortController();
  private readonly http: Http;
  private readonly events: Events;
  private readonly policy: RetryPolicy;
  private readonly waitSeconds: number;
  private readonly held = new Held();
  private readonly watching: Watching;

  constructor(options: EarshotClientOptions) {
    super();
    this.http = new Http(options, this.closing.signal);
    this.policy = options.retry ?? presets.patient;
    this.waitSeconds = Math.min(Math.max(options.waitSeconds ?? 20, 0), MOST_WAIT_SECONDS);
    this.events = new Events({
      http: this.http,
      policy: this.policy,
      opened: () => this.emit('stream', 'open'),
      closed: () => this.emit('stream', 'closed'),
      failed: (error) => this.emit('problem', { error }),
    });
    this.watching = {
      events: this.events,
      policy: this.policy,
      turns: new Turns(),
      status: (sid, signal) => this.status(sid, { signal }),
      failed: (error, sid) => this.emit('problem', { error, sid }),
    };
  }

  /** What is known, without any effect on the recording. @throws EarshotError such as `recording-not-found` */
  status(sid: string, { signal }: Abortable = {}): Promise<Recording> {
    return this.http.send(Http.path(sid), { signal }, async (response) => (await response.json()) as Recording);
  }

  /**
   * Asks for the audio and returns when it is ready. Hears of it by the events stream that all of this client share; where
   * that cannot be had the answer is held (`Prefer: wait`), and where that is not honoured either, it asks again by
   * `Retry-After`.
   *
   * @throws EarshotError why it will never be ready (`recording-deleted`, `recording-unplayable`, …), or the last
   *     refusal, or `gave-up`, when the policy's tries are used up
   */
  prepare(
    sid: string,
    { signal, onProgress }: Abortable & { onProgress?: (p: Progress) => void } = {},
  ): Promise<Recording> {
    return new Preparation(
      {
        http: this.http,
        events: this.events,
        policy: this.policy,
        waitSeconds: this.waitSeconds,
        held: this.held,
        status: (asked, until) => this.status(asked, { signal: until }),
      },
      sid,
      this.ending(signal),
      (progress) => {
        tell(onProgress, progress);
        this.emit('progress', { ...progress, sid });
      },
    ).run();
  }

  /**
   * A URL that is good for `<audio src>` without a token, and is kept so: a minute before it expires, a new one comes to
   * `onRenewed`. What plays need not change its `src` at once; give it the new one when it next stalls or seeks. The
   * recording need not be ready: the URL then answers 202, so {@link prepare} first. Aborting closes it.
   */
  async playbackUrl(
    sid: string,
    { signal, onRenewed }: Abortable & { onRenewed?: (url: URL) => void } = {},
  ): Promise<PlaybackUrl> {
    const first = await issue(this.http, sid, signal);
    return new RenewedUrl(
      first,
      this.ending(signal),
      (ending) => issue(this.http, sid, ending),
      (url, expiresAt) => {
        tell(onRenewed, url);
        this.emit('renewed', { sid, url, expiresAt });
      },
      (error) => this.emit('problem', { error, sid }),
    );
  }

  /**
   * The recording as a file in memory, prepared first where it must be; a broken connection is resumed. For a long one
   * prefer {@link downloadUrl}, with which the browser writes to the disk itself.
   *
   * @param onProgress bytes so far and of the whole; the latter is 0 while it is unknown
   */
  async download(
    sid: string,
    { signal, onProgress }: Abortable & { onProgress?: (received: number, total: number) => void } = {},
  ): Promise<Download> {
    let chunks: BlobPart[] = [];
    let last: AudioPart | undefined;
    for await (const part of this.audio(sid, { signal })) {
      if (part.offset === 0) chunks = [];
      chunks.push(part.bytes as Uint8Array<ArrayBuffer>);
      last = part;
      onProgress?.(part.offset + part.bytes.length, part.total ?? 0);
    }
    const type = last?.contentType ?? '';
    const extension = type.includes('mpeg') ? '.mp3' : type.includes('wav') ? '.wav' : '';
    return { blob: new Blob(chunks, { type }), fileName: last?.fileName ?? sid + extension };
  }

  /** A URL for a plain `<a href download>`, good for as long as a ticket is (at least 5 minutes); it is not renewed. */
  downloadUrl(sid: string, { signal }: Abortable = {}): Promise<URL> {
    return issueDownload(this.http, sid, signal);
  }

  /**
   * The bytes as they come, in order, from `offset` on; prepared first where they must be, resumed where they break. Where
   * the recording has become another one since `etag`, they begin at 0 again.
   */
  audio(sid: string, o: Abortable & { offset?: number; etag?: string | undefined } = {}): AsyncGenerator<AudioPart> {
    const signal = this.ending(o.signal);
    return readAudio(this.http, this.policy, Http.path(sid, '/download'), { ...o, signal }, () =>
      this.prepare(sid, { signal }),
    );
  }

  /**
   * The waveform; `undefined` when there is none. One that is still being made (the gateway says so within minutes of
   * ready) is asked for again, as often as the policy says; with `wait` false it is `undefined` at once. As it is an
   * ornament, whatever else goes wrong with it is `undefined` too, and told by the event `problem`.
   *
   * @throws EarshotError `aborted` alone
   */
  async peaks(sid: string, { signal, wait = true }: Abortable & { wait?: boolean } = {}): Promise<Peaks | undefined> {
    const path = Http.path(sid, '/peaks');
    for (let tried = 0; ; tried++) {
      try {
        return await this.http.send(path, { signal }, async (response) => peaksOf(await response.json()));
      } catch (cause) {
        const error = cause as EarshotError;
        if (error.code === 'aborted') throw error;
        if (error.status !== 404) this.emit('problem', { error, sid });
        const isStillMade = error.status === 404 && error.retryable && wait;
        if (!isStillMade || tried >= this.policy.delaysMs.length) return undefined;
        await sleep(pauseMs(this.policy, tried, error), this.ending(signal));
      }
    }
  }

  /**
   * Tells of each change of these recordings, beginning with what they are now, until aborted or closed: by the events
   * stream, and by asking again and again, as often as the policy says, for as long as that cannot be had.
   */
  watch(sids: readonly string[], onChange: (r: Recording) => void, { signal }: Abortable = {}): void {
    const ending = this.ending(signal);
    const told = (recording: Recording) => {
      tell(onChange, recording);
      this.emit('recording', recording);
    };
    for (const sid of sids) void new Watch(this.watching, ending, told).start(sid);
  }

  /** Ends everything: requests, streams, timers. What is asked afterwards fails with `aborted`. */
  close(): void {
    this.closing.abort();
    this.events.close();
  }

  /** A signal of its own for each call, so that what listens to it goes with the call. */
  private ending(signal: AbortSignal | undefined): AbortSignal {
    return AbortSignal.any([this.closing.signal, ...(signal ? [signal] : [])]);
  }

  private emit<K extends keyof EarshotEventMap>(type: K, detail: EarshotEventMap[K]['detail']): void {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

/** What an application's callback throws is the application's to hear of; it must not look like a broken connection. */
function tell<T>(callback: ((value: T) => void) | undefined, value: T): void {
  try {
    callback?.(value);
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}

type General = EventListenerOrEventListenerObject | null;

// The types of the events; there is nothing of it at run time.
export interface EarshotClient {
  addEventListener<K extends keyof EarshotEventMap>(
    type: K,
    listener: (event: EarshotEventMap[K]) => void,
    options?: AddEventListenerOptions | boolean,
  ): void;
  addEventListener(type: string, listener: General, options?: AddEventListenerOptions | boolean): void;
  removeEventListener<K extends keyof EarshotEventMap>(
    type: K,
    listener: (event: EarshotEventMap[K]) => void,
    options?: EventListenerOptions | boolean,
  ): void;
  removeEventListener(type: string, listener: General, options?: EventListenerOptions | boolean): void;
}
