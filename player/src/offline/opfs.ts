import type { Storage } from './storage.js';

/**
 * The origin private file system: a folder for each segment of a name. A writable file takes the place of the old one when
 * it is closed, and not before (File System standard, section 2.5), which is the port's all or nothing.
 *
 * @see https://fs.spec.whatwg.org/
 */
export class OpfsStorage implements Storage {
  readonly kind = 'opfs';

  private constructor(private readonly root: FileSystemDirectoryHandle) {}

  /** `undefined` where there is none: Safari before 26 writes in workers alone, and private windows may refuse. */
  static async open(folder: string): Promise<OpfsStorage | undefined> {
    try {
      const root = await navigator.storage.getDirectory();
      const isWritable = 'createWritable' in FileSystemFileHandle.prototype;
      return isWritable ? new OpfsStorage(await root.getDirectoryHandle(folder, { create: true })) : undefined;
    } catch {
      return undefined;
    }
  }

  async put(name: string, body: Blob): Promise<void> {
    const { folder, last } = await this.walk(name, true);
    const file = await folder.getFileHandle(last, { create: true });
    const writable = await file.createWritable();
    try {
      await writable.write(body);
      await writable.close();
    } catch (error) {
      await writable.abort().catch(() => {});
      throw error;
    }
  }

  async get(name: string): Promise<Blob | undefined> {
    try {
      const { folder, last } = await this.walk(name, false);
      const file = await (await folder.getFileHandle(last)).getFile();
      // One that was created and never closed: a crash of put. Nobody keeps empty blobs.
      return file.size > 0 ? file : undefined;
    } catch (error) {
      return missing(error);
    }
  }

  async list(folder: string): Promise<string[]> {
    try {
      const { folder: parent, last } = await this.walk(folder, false);
      return (await names(await parent.getDirectoryHandle(last), folder)).sort();
    } catch (error) {
      return missing(error) ?? [];
    }
  }

  async remove(name: string): Promise<void> {
    try {
      const { folder, last } = await this.walk(name, false);
      await folder.removeEntry(last, { recursive: true });
    } catch (error) {
      missing(error);
    }
  }

  private async walk(name: string, create: boolean): Promise<{ folder: FileSystemDirectoryHandle; last: string }> {
    const segments = name.split('/');
    const last = segments.pop() as string;
    let folder = this.root;
    for (const each of segments) folder = await folder.getDirectoryHandle(each, { create });
    return { folder, last };
  }
}

async function names(folder: FileSystemDirectoryHandle, prefix: string): Promise<string[]> {
  const found: string[] = [];
  for await (const [name, handle] of folder.entries()) {
    const path = `${prefix}/${name}`;
    if (handle.kind === 'directory') found.push(...(await names(handle as FileSystemDirectoryHandle, path)));
    else if ((await (handle as FileSystemFileHandle).getFile()).size > 0) found.push(path);
  }
  return found;
}

function missing(error: unknown): undefined {
  if (error instanceof DOMException && error.name === 'NotFoundError') return undefined;
  throw error;
}
