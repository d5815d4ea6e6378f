import { EarshotError } from './errors.js';
import { Frames, type Frame } from './frames.js';
import type { Http } from './http.js';
import { pauseMs } from './retry.js';
import type { Recording, RetryPolicy } from './types.js';

/** Who wants to hear of one recording. */
export interface Listener {
  recording(recording: Recording): void;
  /** The stream is open: whoever found another way while it was not needs that no more. */
  up?(): void;
  /** The stream cannot be had at the moment; it is tried again for as long as anybody listens. */
  down(error: EarshotError): void;
}

/** What a line needs, and whom it tells. */
export interface LineOwner {
  readonly http: Http;
  readonly policy: RetryPolicy;
  opened(): void;
  closed(): void;
  failed(error: EarshotError): void;
}

interface Watched {
  readonly listeners: Set<Listener>;
  last?: Recording;
  lastId?: string;
}

/** Players of a page come one after the other within moments; each change of the list is another connection. */
const GATHER_MS = 20;

/** The gateway's own words for it come with every stream (`retry:`); this is for one that broke before. */
const RETRY_MS = 3_000;

/**
 * A gateway sends a comment at least every 60 s (its configuration cannot say more), and skips one right after an event: a
 * stream that is silent for longer than twice that is dead, whatever the socket says.
 */
const SILENCE_MS = 125_000;

/**
 * One connection to `/api/recordings/events` and those who listen on it. Opens with the first, opens anew when the list
 * grows, connects again when it breaks, and is gone with the last. Each connect begins with the current states, so nothing
 * is lost in between and nothing needs to be remembered but what was told last.
 */
export class Line {
  private readonly watched = new Map<string, Watched>();
  private connection: AbortController | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private watchdog: ReturnType<typeof setTimeout> | undefined;
  private failures = 0;
  private retryMs = RETRY_MS;
  /** Why it is down, until it is up. */
  private trouble: EarshotError | undefined;
  private readonly online = () => {
    if (!this.connection) this.openIn(0);
  };

  constructor(private readonly owner: LineOwner) {
    globalThis.addEventListener?.('online', this.online);
  }

  get size(): number {
    return this.watched.size;
  }

  has(sid: string): boolean {
    return this.watched.has(sid);
  }

  add(sid: string, listener: Listener): void {
    const known = this.watched.get(sid);
    if (known) {
      known.listeners.add(listener);
      if (known.last) listener.recording(known.last);
    } else {
      this.watched.set(sid, { listeners: new Set([listener]) });
      // While it is down it is tried again in its own time, not with every newcomer.
      if (!this.trouble) this.openIn(GATHER_MS);
    }
    if (this.trouble) listener.down(this.trouble);
  }

  /** @returns whether nobody listens any more; then it has ended */
  remove(sid: string, listener: Listener): boolean {
    const watched = this.watched.get(sid);
    watched?.listeners.delete(listener);
    if (watched?.listeners.size === 0) this.watched.delete(sid);
    if (this.watched.size === 0) this.close();
    return this.watched.size === 0;
  }

  close(): void {
    globalThis.removeEventListener?.('online', this.online);
    this.watched.clear();
    clearTimeout(this.timer);
    this.hangUp();
  }

  private openIn(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.open(), ms);
  }

  private open(): void {
    this.hangUp();
    const connection = new AbortController();
    this.connection = connection;
    void this.read(connection);
  }

  private hangUp(): void {
    clearTimeout(this.watchdog);
    const connection = this.connection;
    this.connection = undefined;
    connection?.abort();
  }

  private async read(connection: AbortController): Promise<void> {
    let isOpen = false;
    try {
      const body = await this.connect(connection.signal);
      isOpen = true;
      this.trouble = undefined;
      this.owner.opened();
      for (const listener of this.listeners()) listener.up?.();
      await this.follow(body, connection);
      this.again(connection, this.retryMs);
    } catch (error) {
      if (connection !== this.connection) return;
      const fault = this.owner.http.fault(error);
      if (isOpen) this.again(connection, this.retryMs);
      else this.down(connection, fault);
    } finally {
      if (isOpen) this.owner.closed();
    }
  }

  private connect(signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
    const sids = [...this.watched.keys()].map((sid) => `sid=${sid}`).join('&');
    const request = { headers: { Accept: 'text/event-stream' }, signal };
    return this.owner.http.send(`/api/recordings/events?${sids}`, request, (response) => {
      if (!response.body || !response.headers.get('Content-Type')?.startsWith('text/event-stream')) {
        void response.body?.cancel().catch(() => {});
        throw new EarshotError('bad-answer', 'Not an event stream', { status: response.status });
      }
      return response.body;
    });
  }

  private async follow(body: ReadableStream<Uint8Array>, connection: AbortController): Promise<void> {
    const reader = body.getReader();
    const decoder = new TextDecoder();
    const frames = new Frames();
    try {
      for (;;) {
        this.watch(connection);
        const { done, value } = await reader.read();
        if (done || connection !== this.connection) return;
        for (const frame of frames.push(decoder.decode(value, { stream: true }))) this.take(frame);
        this.retryMs = frames.retryMs ?? this.retryMs;
        this.failures = 0;
      }
    } finally {
      void reader.cancel().catch(() => {});
    }
  }

  private watch(connection: AbortController): void {
    clearTimeout(this.watchdog);
    this.watchdog = setTimeout(() => connection.abort(), SILENCE_MS);
  }

  private take(frame: Frame): void {
    // `reconnect` needs no answer of its own: the stream ends right after it. Events that are not known yet are for others.
    if (frame.event !== 'recording') return;
    const recording = JSON.parse(frame.data) as Recording;
    const watched = this.watched.get(recording.recordingSid);
    if (!watched || (frame.id !== '' && watched.lastId === frame.id)) return;
    watched.last = recording;
    watched.lastId = frame.id;
    for (const listener of [...watched.listeners]) listener.recording(recording);
  }

  private down(connection: AbortController, error: EarshotError): void {
    this.trouble = error;
    this.again(connection, pauseMs(this.owner.policy, this.failures++, { ...error, refused: true }));
    this.owner.failed(error);
    for (const listener of this.listeners()) listener.down(error);
  }

  /** A copy: who is told may leave. */
  private listeners(): Listener[] {
    return [...this.watched.values()].flatMap((watched) => [...watched.listeners]);
  }

  private again(connection: AbortController, ms: number): void {
    if (connection !== this.connection) return;
    this.hangUp();
    this.openIn(ms);
  }
}
