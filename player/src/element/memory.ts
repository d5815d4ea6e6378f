import { boundedSpeed } from './keyboard.js';

/** The part of `Storage` that is needed. */
export type Shelf = Pick<Storage, 'getItem' | 'setItem'>;

const POSITIONS = 'earshot.positions';
const SPEED = 'earshot.speed';

/** More recordings than a supervisor hears in weeks, and still only a few kilobytes. */
export const MOST_POSITIONS = 200;
/** Near the beginning or the end there is nothing to go on with. */
const EDGE_SECONDS = 5;

type Entry = readonly [recording: string, seconds: number];

/**
 * Remembers where the user stopped in each recording, and the speed, in the browser alone. Bounded: the recordings heard last
 * are kept. A browser that refuses storage is one that remembers nothing; that is never an error.
 */
export class Memory {
  readonly #shelf: () => Shelf;

  constructor(shelf: () => Shelf = () => localStorage) {
    this.#shelf = shelf;
  }

  /** Where the user stopped, if that is worth going on from. */
  position(recording: string): number | undefined {
    return this.#entries().find(([name]) => name === recording)?.[1];
  }

  /** Remembers a position, or forgets it near the edges. */
  keepPosition(recording: string, seconds: number, duration: number): void {
    const others = this.#entries().filter(([name]) => name !== recording);
    const middle = seconds > EDGE_SECONDS && seconds < duration - EDGE_SECONDS;
    const entries: Entry[] = middle ? [[recording, Math.round(seconds * 10) / 10], ...others] : others;
    this.#write(POSITIONS, JSON.stringify(entries.slice(0, MOST_POSITIONS)));
  }

  /** The speed that the user chose last. */
  get speed(): number {
    return boundedSpeed(Number(this.#read(SPEED) ?? 1));
  }

  set speed(speed: number) {
    this.#write(SPEED, String(speed));
  }

  #entries(): Entry[] {
    try {
      const parsed: unknown = JSON.parse(this.#read(POSITIONS) ?? '[]');
      return Array.isArray(parsed) ? parsed.filter(isEntry) : [];
    } catch {
      return [];
    }
  }

  #read(key: string): string | null {
    try {
      return this.#shelf().getItem(key);
    } catch {
      return null;
    }
  }

  #write(key: string, value: string): void {
    try {
      this.#shelf().setItem(key, value);
    } catch {
      // Full or refused: the player plays all the same.
    }
  }
}

function isEntry(value: unknown): value is Entry {
  return Array.isArray(value) && typeof value[0] === 'string' && Number.isFinite(value[1]);
}
