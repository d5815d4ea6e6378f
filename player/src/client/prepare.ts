import { EarshotError } from './errors.js';
import type { Events } from './events.js';
import { Http } from './http.js';
import { pauseMs, retryAfterMs, sleep, type Hint } from './retry.js';
import type { Progress, Recording, RetryPolicy } from './types.js';

/** What all preparations of one client share. */
export interface Preparing {
  readonly http: Http;
  readonly events: Events;
  readonly policy: RetryPolicy;
  readonly waitSeconds: number;
  readonly held: Held;
  status(sid: string, signal: AbortSignal): Promise<Recording>;
}

/**
 * How many answers may be held at a time. Each takes a connection, of which HTTP/1.1 has six, and the players need some
 * for the audio itself; who finds no place asks again instead.
 */
export class Held {
  private places = 2;

  take(): boolean {
    return this.places > 0 && this.places-- > 0;
  }

  give(): void {
    this.places++;
  }
}

type News = 'due' | 'changed' | 'down';

/**
 * Asks for one recording until it is ready. A round is: ask, then wait for news or for the policy's delay, whichever is
 * first; so what an events stream loses on its way (a proxy that buffers, a network that is gone without a word) is found
 * at the end of the round. Where the stream cannot be had the answer itself is held, and where that is not honoured
 * either, the gateway's `Retry-After` says when to ask again.
 */
export class Preparation {
  private via: Progress['via'] = 'events';
  private tried = 0;
  private known: Recording | undefined;
  private refused = false;
  private nextTryAt: Date | undefined;
  private unlisten: (() => void) | undefined;
  private wake: ((news: News) => void) | undefined;

  constructor(
    private readonly shared: Preparing,
    private readonly sid: string,
    private readonly signal: AbortSignal,
    private readonly tell: (progress: Progress) => void,
  ) {}

  /** @throws EarshotError why it will not be ready, or not within the policy's tries */
  async run(): Promise<Recording> {
    try {
      return await this.rounds();
    } finally {
      this.unlisten?.();
    }
  }

  private async rounds(): Promise<Recording> {
    const tries = this.shared.policy.delaysMs.length;
    this.report('asking');
    for (;;) {
      const began = Date.now();
      const hint = await this.ask();
      if (this.isReady()) return this.done();
      if (this.tried >= tries)
        throw hint.error ?? new EarshotError('gave-up', 'Still being prepared', { retryable: true });
      const pause = pauseMs(this.shared.policy, this.tried, hint);
      const news = await this.pause(hint.held ? Math.max(0, pause - (Date.now() - began)) : pause);
      if (this.isReady()) return this.done();
      // Another way to hear of it is not another try.
      if (news !== 'down') this.tried++;
    }
  }

  private isReady(): boolean {
    return this.known?.state === 'ready';
  }

  /** One question, with all its answers: ready (then {@link known} says so), not yet, or a refusal that may pass. */
  private async ask(): Promise<Hint & { error?: EarshotError; held?: boolean }> {
    try {
      this.known ??= await this.shared.status(this.sid, this.signal);
      if (this.known.state === 'ready') return {};
      const answer = await this.knock();
      this.refused = false;
      return answer;
    } catch (error) {
      const fault = this.shared.http.fault(error, this.signal);
      if (!fault.retryable) throw fault;
      this.refused = true;
      return { error: fault, refused: true, retryAfterMs: fault.retryAfterMs };
    }
  }

  /** HEAD starts a fetch as GET does, and takes no place among the gateway's streams when the audio is there. */
  private async knock(): Promise<Hint & { held?: boolean }> {
    const held = this.via === 'wait' && this.shared.held.take();
    const wait = this.shared.waitSeconds;
    if (held) this.report('waiting', wait * 1_000);
    try {
      return await this.shared.http.send(
        Http.path(this.sid, '/stream'),
        {
          method: 'HEAD',
          redirect: 'manual',
          signal: this.signal,
          ...(held ? { headers: { Prefer: `wait=${wait}` }, moreTimeMs: wait * 1_000 } : {}),
        },
        (response) => this.understand(response, held),
      );
    } catch (error) {
      // A HEAD's refusal has no body to say why; the same question by GET has.
      if (error instanceof EarshotError && error.status !== undefined) return await this.why();
      throw error;
    } finally {
      if (held) this.shared.held.give();
    }
  }

  private why(): Promise<Hint> {
    // One byte, should it have become ready meanwhile.
    const request = { headers: { Range: 'bytes=0-0' }, redirect: 'manual', signal: this.signal } as const;
    return this.shared.http.send(Http.path(this.sid, '/stream'), request, async (response) => {
      await response.body?.cancel();
      return this.understand(response, false);
    });
  }

  private async understand(response: Response, held: boolean): Promise<Hint & { held?: boolean }> {
    if (response.status !== 202) {
      this.known = await this.shared.status(this.sid, this.signal);
      // What was there a moment ago is gone from the store: the next round asks for it anew.
      return {};
    }
    const applied = response.headers.has('Preference-Applied');
    if (held && !applied) this.via = 'poll';
    return { held: held && applied, retryAfterMs: retryAfterMs(response.headers.get('Retry-After')) };
  }

  private async pause(ms: number): Promise<News> {
    const due = new AbortController();
    const news = new Promise<News>((resolve) => (this.wake = resolve));
    this.listen();
    this.report('waiting', ms);
    try {
      return await Promise.race([
        news,
        sleep(ms, AbortSignal.any([this.signal, due.signal])).then(() => 'due' as const),
      ]);
    } finally {
      this.wake = undefined;
      due.abort();
    }
  }

  private listen(): void {
    const sid = this.known?.recordingSid;
    if (this.unlisten || sid === undefined) return;
    this.unlisten = this.shared.events.listen(sid, {
      recording: (recording) => this.heard(recording),
      down: () => {
        if (this.via !== 'events') return;
        this.via = this.shared.waitSeconds > 0 ? 'wait' : 'poll';
        this.wake?.(this.via === 'wait' ? 'down' : 'due');
      },
    });
  }

  private heard(recording: Recording): void {
    const before = this.known?.state;
    this.known = { ...this.known, ...recording };
    const { state } = recording;
    const isOver = state === 'ready' || state === 'failed' || state === 'deleted' || state === 'unknown';
    // A refusal has its own time to wait; the state that led to it is no news.
    if (isOver && state !== before && (state === 'ready' || !this.refused)) this.wake?.('changed');
    else if (state !== before) this.report('waiting');
  }

  private done(): Recording {
    this.report('ready');
    return this.known as Recording;
  }

  private report(phase: Progress['phase'], nextInMs?: number): void {
    const tries = this.shared.policy.delaysMs.length;
    if (nextInMs !== undefined) this.nextTryAt = new Date(Date.now() + nextInMs);
    this.tell({
      phase,
      try: Math.min(this.tried + 1, tries),
      tries,
      via: this.via,
      ...(this.known ? { recording: this.known } : {}),
      ...(phase === 'waiting' && this.nextTryAt ? { nextTryAt: this.nextTryAt } : {}),
    });
  }
}
