import type { Storage } from './storage.js';

/** Never asked over the network: names in a cache have to be URLs, and `.invalid` is nobody's (RFC 2606). */
const BASE = 'https://earshot.invalid/';

/** Cache Storage, where there is no OPFS to write to. Its `put` is all or nothing by itself. */
export class CacheStorageStorage implements Storage {
  readonly kind = 'cache';

  private constructor(private readonly cache: Cache) {}

  /** `undefined` where there is none, as on pages without TLS. */
  static async open(folder: string): Promise<CacheStorageStorage | undefined> {
    try {
      return new CacheStorageStorage(await caches.open(folder));
    } catch {
      return undefined;
    }
  }

  put(name: string, body: Blob): Promise<void> {
    return this.cache.put(BASE + name, new Response(body));
  }

  async get(name: string): Promise<Blob | undefined> {
    return (await this.cache.match(BASE + name))?.blob();
  }

  async list(folder: string): Promise<string[]> {
    const urls = (await this.cache.keys()).map(({ url }) => url.slice(BASE.length));
    return urls.filter((name) => name.startsWith(`${folder}/`)).sort();
  }

  async remove(name: string): Promise<void> {
    await this.cache.delete(BASE + name);
    for (const each of await this.list(name)) await this.cache.delete(BASE + each);
  }
}
