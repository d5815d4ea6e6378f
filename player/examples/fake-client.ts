import { EarshotError, type Peaks, type PlaybackUrl, type Progress, type Recording } from '@earshot/player';
import type { PlayerClient } from '@earshot/player/element';
import { peaksOf, wavBytes, type Call } from './call.js';

/** How a recording of the fake behaves. */
export interface Behaviour {
  readonly call?: Call;
  readonly withoutPeaks?: boolean;
  /** How many tries it takes; between them passes `stepMillis`. */
  readonly tries?: number;
  readonly stepMillis?: number;
  /** Stops preparing at this try, for looking at it. */
  readonly holdAt?: number;
  /** Fails with this code. */
  readonly code?: string;
}

/** A gateway inside the page, to look at every state without one. */
export class FakeClient implements PlayerClient {
  readonly #behaviour: Behaviour;
  readonly #call: Call;
  #url: URL | undefined;

  constructor(behaviour: Behaviour) {
    this.#behaviour = behaviour;
    this.#call = behaviour.call ?? { seconds: 96, channels: 1 };
  }

  async prepare(
    sid: string,
    options: { signal?: AbortSignal | undefined; onProgress?: (progress: Progress) => void } = {},
  ): Promise<Recording> {
    const { tries = 1, stepMillis = 900, holdAt, code } = this.#behaviour;
    const recording: Recording = { recordingSid: sid, state: 'fetching', channels: this.#call.channels };
    for (let step = 1; step < tries || step === holdAt; step++) {
      options.onProgress?.({ recording, phase: 'waiting', try: step, tries: 10, via: 'poll' });
      await pause(step === holdAt ? 2 ** 30 : stepMillis, options.signal);
    }
    if (code) throw new EarshotError(code, code);
    return { ...recording, state: 'ready', durationMillis: this.#call.seconds * 1000 };
  }

  async playbackUrl(): Promise<PlaybackUrl> {
    const url = (this.#url ??= new URL(URL.createObjectURL(new Blob([wavBytes(this.#call)], { type: 'audio/wav' }))));
    return { url, expiresAt: new Date(Date.now() + 3_600_000), renew: async () => url, close: () => undefined };
  }

  async downloadUrl(): Promise<URL> {
    return (await this.playbackUrl()).url;
  }

  async peaks(): Promise<Peaks | undefined> {
    return this.#behaviour.withoutPeaks ? undefined : peaksOf(this.#call);
  }
}

function pause(millis: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, millis);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(new EarshotError('aborted', 'aborted'));
    });
  });
}
