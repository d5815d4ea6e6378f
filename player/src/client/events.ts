import { Line, type Listener } from './line.js';
import type { StreamOwner } from './stream.js';

/** So many recordings one stream may name (the gateway's `earshot.push.max-recordings`): a request line holds no more. */
const PER_LINE = 200;

/**
 * The events of all recordings that anybody on this client waits for: one stream, and one more for every further 200
 * recordings. HTTP/1.1 gives a page six connections to a host, so players must not each have their own.
 */
export class Events {
  private readonly lines = new Set<Line>();

  constructor(private readonly owner: StreamOwner) {}

  /**
   * Tells of every change, beginning with the current state.
   *
   * @param recordingSid the events route knows no call SIDs
   * @returns ends it
   */
  listen(recordingSid: string, listener: Listener): () => void {
    const line = this.lineFor(recordingSid);
    line.add(recordingSid, listener);
    return () => {
      if (line.remove(recordingSid, listener)) this.lines.delete(line);
    };
  }

  close(): void {
    for (const line of this.lines) line.close();
    this.lines.clear();
  }

  private lineFor(sid: string): Line {
    const lines = [...this.lines];
    const found = lines.find((line) => line.has(sid)) ?? lines.find((line) => line.size < PER_LINE);
    if (found) return found;
    const line = new Line(this.owner);
    this.lines.add(line);
    return line;
  }
}
