import { EarshotError } from '../client/errors.js';

interface Job<T> {
  readonly result: Promise<T>;
  readonly ending: AbortController;
  waiting: number;
  readonly heard: Set<(received: number, total: number) => void>;
}

export type Progress = (received: number, total: number) => void;

/**
 * Work that many may ask for and that is done once: it ends when the last of those who asked has left.
 */
export class Jobs<T> {
  private readonly running = new Map<string, Job<T>>();

  join(
    key: string,
    work: (signal: AbortSignal, progress: Progress) => Promise<T>,
    signal?: AbortSignal,
    onProgress?: Progress,
  ): Promise<T> {
    if (signal?.aborted) return Promise.reject(aborted(signal));
    const job = this.running.get(key) ?? this.start(key, work);
    job.waiting++;
    if (onProgress) job.heard.add(onProgress);
    return new Promise<T>((resolve, reject) => {
      const leave = () => {
        if (onProgress) job.heard.delete(onProgress);
        if (--job.waiting === 0) job.ending.abort();
        reject(aborted(signal));
      };
      signal?.addEventListener('abort', leave, { once: true });
      const done = () => signal?.removeEventListener('abort', leave);
      job.result.then(resolve, reject).finally(done);
    });
  }

  close(): void {
    for (const { ending } of this.running.values()) ending.abort();
  }

  private start(key: string, work: (signal: AbortSignal, progress: Progress) => Promise<T>): Job<T> {
    const ending = new AbortController();
    const heard = new Set<Progress>();
    const tell: Progress = (received, total) => heard.forEach((each) => each(received, total));
    const result = work(ending.signal, tell).finally(() => {
      if (this.running.get(key) === job) this.running.delete(key);
    });
    const job: Job<T> = { result, ending, waiting: 0, heard };
    this.running.set(key, job);
    // Whoever comes after the last has left gets a new one, not the one that is ending.
    ending.signal.addEventListener('abort', () => this.running.delete(key), { once: true });
    // Those who have left need not hear of its failure.
    result.catch(() => {});
    return job;
  }
}

function aborted(signal: AbortSignal | undefined): EarshotError {
  return new EarshotError('aborted', 'Ended by the caller', { cause: signal?.reason });
}
