import { EarshotError } from './errors.js';

/** One event of a stream, by the HTML standard's section 9.2. */
export interface Frame {
  event: string;
  data: string;
  id: string;
}

/** No event of a gateway is longer; what is was not sent by one, and must not fill the memory. */
const MAX_PENDING = 1_000_000;

/**
 * Reads the event stream format as it comes, in pieces that may be cut anywhere.
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
export class Frames {
  /** How soon to connect again, in milliseconds, when the server has said so. */
  retryMs: number | undefined;
  private rest = '';
  private data: string[] = [];
  private event = '';
  private id = '';
  private begun = false;

  /** @returns the events that are complete now */
  push(text: string): Frame[] {
    this.rest += text;
    if (!this.begun && this.rest !== '') {
      this.begun = true;
      this.rest = this.rest.replace(/^\uFEFF/, '');
    }
    // A CR at the very end may be half of a CRLF: it waits for what follows.
    const lines = this.rest.split(/\r\n|\n|\r(?!$)/);
    this.rest = lines.pop() ?? '';
    const frames = lines.flatMap((line) => this.line(line));
    if (this.rest.length + this.data.length > MAX_PENDING) throw new EarshotError('bad-answer', 'An endless event');
    return frames;
  }

  private line(line: string): Frame[] {
    if (line === '') return this.dispatch();
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    // A comment, which is what a heart-beat is, has an empty field name.
    if (field === 'data') this.data.push(value);
    else if (field === 'event') this.event = value;
    else if (field === 'id' && !value.includes('\0')) this.id = value;
    else if (field === 'retry' && /^\d{1,9}$/.test(value)) this.retryMs = Number(value);
    return [];
  }

  private dispatch(): Frame[] {
    const { data, event, id } = this;
    this.data = [];
    this.event = '';
    return data.length === 0 ? [] : [{ event: event || 'message', data: data.join('\n'), id }];
  }
}
