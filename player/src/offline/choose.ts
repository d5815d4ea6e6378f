import { EarshotError } from '../client/errors.js';
import { CacheStorageStorage } from './cache.js';
import { OpfsStorage } from './opfs.js';
import { segment, type Storage } from './storage.js';

/**
 * The best that this browser has: OPFS, else Cache Storage.
 *
 * @param scope whose copies these are, such as the signed-in user's id: what one keeps another of the same browser profile
 *     does not find here. It hides, it does not encrypt: who owns the profile can read the files
 * @throws EarshotError `not-supported` where there is neither, as on a page without TLS
 */
export async function openStorage(scope = 'default'): Promise<Storage> {
  const folder = `earshot-${segment(scope)}`;
  const storage = (await OpfsStorage.open(folder)) ?? (await CacheStorageStorage.open(folder));
  if (!storage) throw new EarshotError('not-supported', 'This browser keeps nothing for this page');
  return storage;
}
