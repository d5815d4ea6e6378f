import { EarshotError } from './errors.js';
import { Frames, type Frame } from './frames.js';
import type { Http } from './http.js';
import { pauseMs } from './retry.js';
import type { RetryPolicy } from './types.js';

/** What a stream needs, and whom it tells of its own life. */
export interface StreamOwner {
  readonly http: Http;
  readonly policy: RetryPolicy;
  opened(): void;
  closed(): void;
  failed(error: EarshotError): void;
}

/** What a stream is about. */
export interface StreamUse {
  /** The path with what is asked for at this moment; read at each connect. */
  path(): string;
  take(frame: Frame): void;
  /** It is open. */
  up?(): void;
  /** It cannot be had; it is tried again in its own time. */
  down(error: EarshotError): void;
}

/** The gateway's own words for it come with every stream (`retry:`); this is for one that broke before. */
const RETRY_MS = 3_000;

/**
 * A gateway sends a comment at least every 60 s (its configuration cannot say more), and skips one right after an event: a
 * stream that is silent for longer than twice that is dead, whatever the socket says.
 */
const SILENCE_MS = 125_000;

/**
 * One connection to `/api/recordings/events` that connects again whenever it breaks, until it is closed. Each connect begins
 * with what is true now, so nothing is lost in between.
 */
export class Stream {
  private connection: AbortController | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private watchdog: ReturnType<typeof setTimeout> | undefined;
  private failures = 0;
  private retryMs = RETRY_MS;
  private fault: EarshotError | undefined;
  private readonly online = () => {
    if (!this.connection) this.openIn(0);
  };

  constructor(
    private readonly owner: StreamOwner,
    private readonly use: StreamUse,
  ) {
    globalThis.addEventListener?.('online', this.online);
  }

  /** Why it is down, until it is up. */
  get trouble(): EarshotError | undefined {
    return this.fault;
  }

  /** Connects after a while, anew if it is connected. */
  openIn(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.open(), ms);
  }

  close(): void {
    globalThis.removeEventListener?.('online', this.online);
    clearTimeout(this.timer);
    this.hangUp();
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
      if (connection !== this.connection) return void body.cancel().catch(() => {});
      isOpen = true;
      this.fault = undefined;
      this.owner.opened();
      this.use.up?.();
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
    const request = { headers: { Accept: 'text/event-stream' }, signal };
    return this.owner.http.send(this.use.path(), request, (response) => {
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
        for (const frame of frames.push(decoder.decode(value, { stream: true }))) this.use.take(frame);
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

  private down(connection: AbortController, error: EarshotError): void {
    this.fault = error;
    this.again(connection, pauseMs(this.owner.policy, this.failures++, { ...error, refused: true }));
    this.owner.failed(error);
    this.use.down(error);
  }

  private again(connection: AbortController, ms: number): void {
    if (connection !== this.connection) return;
    this.hangUp();
    this.openIn(ms);
  }
}
