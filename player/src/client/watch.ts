import type { EarshotError } from './errors.js';
import type { Events } from './events.js';
import { pauseMs, sleep, type Hint } from './retry.js';
import type { Recording, RecordingState, RetryPolicy } from './types.js';

const RECORDING_SID = /^RE[0-9a-f]{32}$/;

/** What the events stream says of recordings that are no more, and the problems that say the same. */
const NO_MORE: Readonly<Record<string, RecordingState>> = {
  'recording-deleted': 'deleted',
  'recording-not-found': 'unknown',
};

/** What all that is watched by one client shares. */
export interface Watching {
  readonly events: Events;
  readonly policy: RetryPolicy;
  readonly turns: Turns;
  status(sid: string, signal: AbortSignal): Promise<Recording>;
  failed(error: EarshotError, sid: string): void;
}

/** One question at a time, however many recordings are watched: the page needs its few connections for the audio. */
export class Turns {
  private last: Promise<unknown> = Promise.resolve();

  take<T>(ask: () => Promise<T>): Promise<T> {
    const mine = this.last.then(ask);
    this.last = mine.catch(() => {});
    return mine;
  }
}

/** One recording that is watched until a signal says so: by the events stream, and by asking while that cannot be had. */
export class Watch {
  private told = '';
  private polling: AbortController | undefined;

  constructor(
    private readonly shared: Watching,
    private readonly ending: AbortSignal,
    private readonly tell: (recording: Recording) => void,
  ) {}

  /** @param sid a call's means the recording that is its newest one now */
  async start(sid: string): Promise<void> {
    const recordingSid = RECORDING_SID.test(sid) ? sid : await this.resolve(sid);
    if (recordingSid === undefined || this.ending.aborted) return;
    const unlisten = this.shared.events.listen(recordingSid, {
      recording: (recording) => this.hear(recording),
      up: () => this.rest(),
      down: () => this.poll(recordingSid),
    });
    this.ending.addEventListener('abort', unlisten, { once: true });
  }

  /** The events route knows no call SIDs. Undefined where there is nothing to watch. */
  private async resolve(sid: string): Promise<string | undefined> {
    for (let tried = 0; ; tried++) {
      try {
        return (await this.shared.status(sid, this.ending)).recordingSid;
      } catch (error) {
        const fault = error as EarshotError;
        if (this.ending.aborted) return undefined;
        this.shared.failed(fault, sid);
        if (!fault.retryable) return undefined;
        await this.pause(tried, { refused: true, retryAfterMs: fault.retryAfterMs }, this.ending);
      }
    }
  }

  /** The stream may begin with what polling has told already, and the other way round. */
  private hear(recording: Recording): void {
    const { state, attempt, reason, sha256 } = recording;
    const told = [state, attempt, reason, sha256].join();
    if (told === this.told) return;
    this.told = told;
    this.tell(recording);
  }

  private rest(): void {
    this.polling?.abort();
    this.polling = undefined;
  }

  private poll(recordingSid: string): void {
    if (this.polling) return;
    this.polling = new AbortController();
    const until = AbortSignal.any([this.ending, this.polling.signal]);
    void this.rounds(recordingSid, until);
  }

  private async rounds(recordingSid: string, until: AbortSignal): Promise<void> {
    for (let tried = 0; !until.aborted; tried++) {
      const before = this.told;
      const hint = await this.ask(recordingSid, until);
      // Of what is no more there is nothing to be asked; what comes of it all the same, the stream tells.
      if (hint === undefined) return;
      if (this.told !== before) tried = 0;
      await this.pause(tried, hint, until);
    }
  }

  /** Undefined where the recording is no more. */
  private async ask(recordingSid: string, until: AbortSignal): Promise<Hint | undefined> {
    try {
      const recording = await this.shared.turns.take(() => this.shared.status(recordingSid, until));
      if (!until.aborted) this.hear(recording);
      return {};
    } catch (error) {
      const { code, retryAfterMs } = error as EarshotError;
      const state = NO_MORE[code];
      if (state && !until.aborted) this.hear({ recordingSid, state });
      if (state) return undefined;
      // The stream's failure was told; that asking fails as well is no news.
      return { refused: true, retryAfterMs };
    }
  }

  private pause(tried: number, hint: Hint, until: AbortSignal): Promise<void> {
    return sleep(pauseMs(this.shared.policy, tried, hint), until).catch(() => {});
  }
}
