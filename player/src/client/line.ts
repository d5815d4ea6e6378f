import type { EarshotError } from './errors.js';
import type { Frame } from './frames.js';
import { Stream, type StreamOwner } from './stream.js';
import type { Recording } from './types.js';

/** Who wants to hear of one recording. */
export interface Listener {
  recording(recording: Recording): void;
  /** The stream cannot be had at the moment; it is tried again for as long as anybody listens. */
  down(error: EarshotError): void;
}

interface Watched {
  readonly listeners: Set<Listener>;
  last?: Recording;
  lastId?: string;
}

/** Players of a page come one after the other within moments; each change of the list is another connection. */
const GATHER_MS = 20;

/**
 * The stream of some recordings and those who listen on it. Opens with the first, opens anew when the list grows, and is gone
 * with the last. Nothing needs to be remembered but what was told last.
 */
export class Line {
  private readonly watched = new Map<string, Watched>();
  private readonly stream: Stream;

  constructor(owner: StreamOwner) {
    this.stream = new Stream(owner, {
      path: () => `/api/recordings/events?${[...this.watched.keys()].map((sid) => `sid=${sid}`).join('&')}`,
      take: (frame) => this.take(frame),
      down: (error) => {
        const listeners = [...this.watched.values()].flatMap((watched) => [...watched.listeners]);
        for (const listener of listeners) listener.down(error);
      },
    });
  }

  get size(): number {
    return this.watched.size;
  }

  has(sid: string): boolean {
    return this.watched.has(sid);
  }

  add(sid: string, listener: Listener): void {
    const { trouble } = this.stream;
    const known = this.watched.get(sid);
    if (known) {
      known.listeners.add(listener);
      if (known.last) listener.recording(known.last);
    } else {
      this.watched.set(sid, { listeners: new Set([listener]) });
      // While it is down it is tried again in its own time, not with every newcomer.
      if (!trouble) this.stream.openIn(GATHER_MS);
    }
    if (trouble) listener.down(trouble);
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
    this.watched.clear();
    this.stream.close();
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
}
