import { describe, expect, it } from 'vitest';
import { Frames } from './frames.js';

const STREAM =
  'retry: 3104\n\n:\n\nid: a:1\nevent: recording\ndata: {"x":1}\n\n: beat\nid: a:2\nevent: recording\ndata: {\ndata: }\n\n';
const EVENTS = [
  { event: 'recording', data: '{"x":1}', id: 'a:1' },
  { event: 'recording', data: '{\n}', id: 'a:2' },
];

describe('the event stream format', () => {
  it('is read the same wherever its pieces are cut', () => {
    for (let cut = 0; cut <= STREAM.length; cut++) {
      const frames = new Frames();
      const events = [...frames.push(STREAM.slice(0, cut)), ...frames.push(STREAM.slice(cut))];
      expect(events, `cut at ${cut}`).toEqual(EVENTS);
      expect(frames.retryMs).toBe(3104);
    }
  });

  it('may end its lines by CR, LF or both, also where a piece ends between them', () => {
    for (const end of ['\r', '\n', '\r\n']) {
      const text = STREAM.replaceAll('\n', end);
      const frames = new Frames();
      const events = [...text].flatMap((character) => frames.push(character));
      // The last CR waits for the LF that may follow it.
      expect([...events, ...frames.push('\n')]).toEqual(EVENTS);
    }
  });

  it('yields nothing for heart-beats, for fields without data and for an event that is not complete', () => {
    expect(new Frames().push(':\n\n:\n\nid: 1\nevent: recording\n\ndata: half')).toEqual([]);
  });

  it('begins with or without a byte order mark', () => {
    expect(new Frames().push('\uFEFFdata: x\n\n')).toEqual([{ event: 'message', data: 'x', id: '' }]);
  });

  it('is refused when an event never ends', () => {
    const frames = new Frames();
    expect(() => frames.push('x'.repeat(1_000_001))).toThrow(expect.objectContaining({ code: 'bad-answer' }));
  });
});
