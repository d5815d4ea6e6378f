import type { Storage } from './storage.js';

/** Keeps nothing beyond the page. For tests, and for pages that may store nothing. */
export class MemoryStorage implements Storage {
  readonly kind = 'memory';
  private readonly blobs = new Map<string, Blob>();

  async put(name: string, body: Blob): Promise<void> {
    // A copy, as any storage takes one: the bytes behind a Blob of a file may change.
    this.blobs.set(name, new Blob([await body.arrayBuffer()], { type: body.type }));
  }

  async get(name: string): Promise<Blob | undefined> {
    return this.blobs.get(name);
  }

  async list(folder: string): Promise<string[]> {
    return [...this.blobs.keys()].filter((name) => name.startsWith(`${folder}/`)).sort();
  }

  async remove(name: string): Promise<void> {
    for (const each of [...this.blobs.keys()]) {
      if (each === name || each.startsWith(`${name}/`)) this.blobs.delete(each);
    }
  }
}
