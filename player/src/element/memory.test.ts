import { describe, expect, it } from 'vitest';
import { Memory, MOST_POSITIONS, type Shelf } from './memory.js';

function shelf(): Shelf & { content: Map<string, string> } {
  const content = new Map<string, string>();
  return { content, getItem: (key) => content.get(key) ?? null, setItem: (key, value) => void content.set(key, value) };
}

describe('the memory', () => {
  it('goes on where the user stopped, after a reload, too', () => {
    const kept = shelf();
    new Memory(() => kept).keepPosition('REa', 83.44, 300);
    expect(new Memory(() => kept).position('REa')).toBe(83.4);
    expect(new Memory(() => kept).position('REb')).toBeUndefined();
  });

  it('forgets a recording that was heard to its end, or left at its beginning', () => {
    const memory = new Memory(() => shelf());
    const kept = shelf();
    const same = new Memory(() => kept);
    same.keepPosition('REa', 83, 300);
    same.keepPosition('REa', 298, 300);
    expect(same.position('REa')).toBeUndefined();
    memory.keepPosition('REa', 3, 300);
    expect(memory.position('REa')).toBeUndefined();
  });

  it('keeps no more than so many recordings, those heard last', () => {
    const kept = shelf();
    const memory = new Memory(() => kept);
    for (let index = 0; index <= MOST_POSITIONS; index++) memory.keepPosition(`RE${index}`, 60, 300);
    expect(memory.position('RE0')).toBeUndefined();
    expect(memory.position('RE1')).toBe(60);
    expect(JSON.parse(kept.content.get('earshot.positions') ?? '[]')).toHaveLength(MOST_POSITIONS);
  });

  it('keeps the speed within bounds, and normal where none was chosen', () => {
    const kept = shelf();
    const memory = new Memory(() => kept);
    expect(memory.speed).toBe(1);
    memory.speed = 1.75;
    expect(memory.speed).toBe(1.75);
    kept.setItem('earshot.speed', '99');
    expect(memory.speed).toBe(3);
  });

  it('plays on where the browser keeps nothing, or somebody else wrote there', () => {
    const refusing = new Memory(() => {
      throw new DOMException('denied', 'SecurityError');
    });
    refusing.keepPosition('REa', 60, 300);
    expect([refusing.position('REa'), refusing.speed]).toEqual([undefined, 1]);
    const foreign = shelf();
    foreign.setItem('earshot.positions', '{"not":"ours"}');
    expect(new Memory(() => foreign).position('REa')).toBeUndefined();
  });
});
