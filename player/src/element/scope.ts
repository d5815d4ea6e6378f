/** What is open in all scopes of this page together, by kind. Nothing of a removed element may remain in it. */
export interface Census {
  readonly listeners: number;
  readonly timers: number;
  readonly frames: number;
  readonly objectUrls: number;
  readonly others: number;
}

const open = { listeners: 0, timers: 0, frames: 0, objectUrls: 0, others: 0 };

/** Counts what all scopes of this page hold at the moment; tests ask it after an element was removed. */
export function census(): Census {
  return { ...open };
}

/**
 * The one owner of everything that outlives a function call: listeners, timers, animation frames, object URLs, and whatever
 * else has to be closed. Closing a scope closes its children and what they own, once, in the reverse order of opening.
 */
export class Scope {
  readonly #closers = new Set<() => void>();
  readonly #abort = new AbortController();

  /** Aborts when the scope closes; hand it to whatever can be aborted. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Whether the scope is closed; a continuation after an `await` asks this before it touches anything. */
  get closed(): boolean {
    return this.#abort.signal.aborted;
  }

  /** How many things this scope holds. */
  get size(): number {
    return this.#closers.size;
  }

  /** Calls `closer` when the scope closes, or at once if it has. Returns a function that closes it before. */
  own(closer: () => void, kind: keyof typeof open = 'others'): () => void {
    if (this.closed) {
      closer();
      return () => undefined;
    }
    open[kind]++;
    const once = () => {
      if (!this.#closers.delete(once)) return;
      open[kind]--;
      closer();
    };
    this.#closers.add(once);
    return once;
  }

  /** Listens to an event until the scope closes. */
  listen<E extends Event = Event>(
    target: EventTarget,
    type: string,
    listener: (event: E) => void,
    options?: AddEventListenerOptions,
  ): () => void {
    if (this.closed) return () => undefined;
    target.addEventListener(type, listener as EventListener, options);
    return this.own(() => target.removeEventListener(type, listener as EventListener, options), 'listeners');
  }

  /** Calls `task` after a while, unless the scope closes before. */
  timeout(task: () => void, millis: number): () => void {
    if (this.closed) return () => undefined;
    const id = setTimeout(() => {
      release();
      task();
    }, millis);
    const release = this.own(() => clearTimeout(id), 'timers');
    return release;
  }

  /** Calls `task` before the next painting, unless the scope closes before. */
  frame(task: () => void): () => void {
    if (this.closed) return () => undefined;
    const id = requestAnimationFrame(() => {
      release();
      task();
    });
    const release = this.own(() => cancelAnimationFrame(id), 'frames');
    return release;
  }

  /** An object URL that is revoked when the scope closes. */
  objectUrl(blob: Blob): string {
    const url = URL.createObjectURL(blob);
    this.own(() => URL.revokeObjectURL(url), 'objectUrls');
    return url;
  }

  /** A scope that closes with this one, or before. */
  child(): Scope {
    const child = new Scope();
    const release = this.own(() => child.close());
    child.own(release);
    return child;
  }

  /** Closes everything. A second call does nothing. */
  close(): void {
    if (this.closed) return;
    this.#abort.abort();
    for (const closer of [...this.#closers].reverse()) closer();
  }
}
