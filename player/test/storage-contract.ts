import type { Storage } from '../src/offline/index.js';

/** What every storage keeps to. Plain functions, so that they run in a browser as they do here. */
export interface Case {
  name: string;
  /** @throws Error where it is not so */
  run(storage: Storage): Promise<void>;
}

export const CONTRACT: Case[] = [
  {
    name: 'gives back what was put, byte for byte',
    async run(storage) {
      const bytes = Uint8Array.from({ length: 300_000 }, (_, n) => n % 251);
      await storage.put('a/b/0001', new Blob([bytes]));
      const blob = await storage.get('a/b/0001');
      const found = new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer(0));
      same(found.length, bytes.length);
      same(
        found.every((byte, n) => byte === bytes[n]),
        true,
      );
    },
  },
  {
    name: 'has nothing under a name that was never put',
    async run(storage) {
      same(await storage.get('never'), undefined);
      same(await storage.get('never/at/all'), undefined);
      same(await storage.list('never'), []);
    },
  },
  {
    name: 'puts the new in place of the old',
    async run(storage) {
      await storage.put('a/facts', new Blob(['a much longer first version']));
      await storage.put('a/facts', new Blob(['second']));
      same(await (await storage.get('a/facts'))?.text(), 'second');
    },
  },
  {
    name: 'lists what is below a folder in order, and nothing beside it',
    async run(storage) {
      for (const name of ['a/2', 'a/10', 'a/1', 'ab/1', 'b/1', 'a/c/1']) await storage.put(name, new Blob(['x']));
      same(await storage.list('a'), ['a/1', 'a/10', 'a/2', 'a/c/1']);
    },
  },
  {
    name: 'removes a folder with everything below it, and nothing beside it',
    async run(storage) {
      for (const name of ['a/1', 'a/b/1', 'ab/1']) await storage.put(name, new Blob(['x']));
      await storage.remove('a');
      same(await storage.list('a'), []);
      same(await storage.get('a/1'), undefined);
      same(await (await storage.get('ab/1'))?.text(), 'x');
    },
  },
  {
    name: 'removes what is not there without a word',
    async run(storage) {
      await storage.remove('never');
      await storage.remove('never/at/all');
      same(await storage.list('never'), []);
    },
  },
  {
    name: 'takes the segments that are made of any identifier',
    async run(storage) {
      const name = `copies/${encodeURIComponent('audio_recording_1/é?#%')}/0`;
      await storage.put(name, new Blob(['x']));
      same(await storage.list('copies'), [name]);
      same(await (await storage.get(name))?.text(), 'x');
    },
  },
  {
    name: 'reads parts of a blob that is made of several',
    async run(storage) {
      await storage.put('a/0', new Blob(['0123']));
      await storage.put('a/4', new Blob(['4567']));
      const parts = [await storage.get('a/0'), await storage.get('a/4')].filter((blob) => blob !== undefined);
      same(await new Blob(parts).slice(2, 6).text(), '2345');
    },
  },
];

function same(found: unknown, expected: unknown): void {
  if (JSON.stringify(found) !== JSON.stringify(expected)) {
    throw new Error(`found ${JSON.stringify(found)}, expected ${JSON.stringify(expected)}`);
  }
}
