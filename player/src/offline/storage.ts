/**
 * Where the bytes of offline copies lie: named blobs and nothing else, so that each browser's way of keeping things is one
 * short adapter. `contract.ts` in the tests is what all of them keep to.
 *
 * A name is one or more segments with `/` between them, each of letters, digits, `-`, `_`, `%` and `~`.
 */
export interface Storage {
  /** Which one it is, to be told to people. */
  readonly kind: 'opfs' | 'cache' | 'memory';
  /**
   * Keeps a blob under a name, in place of what was there. All or nothing: whoever reads meanwhile, or after a crash,
   * finds the old one or the new one.
   *
   * @throws DOMException `QuotaExceededError` when there is no room
   */
  put(name: string, body: Blob): Promise<void>;
  /** The blob, without reading it into memory where the browser can avoid that; `undefined` if there is none. */
  get(name: string): Promise<Blob | undefined>;
  /** The names below a folder, in order; empty if there is no such folder. */
  list(folder: string): Promise<string[]>;
  /** Removes a name, and everything below it. What is not there is removed already. */
  remove(name: string): Promise<void>;
}

/** Makes a segment of any text, the application's own identifiers too. */
export function segment(text: string): string {
  return encodeURIComponent(text).replace(/[.!*'()]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}
