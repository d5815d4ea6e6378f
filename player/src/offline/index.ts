/**
 * Copies for offline use, and the places a recording may be played from.
 *
 * @module
 */
export type { CopyFacts } from './copies.js';
export { openStorage } from './choose.js';
export { CacheStorageStorage } from './cache.js';
export { MemoryStorage } from './memory.js';
export { OfflineRecordings, type OfflineEventMap, type OfflineOptions } from './offline.js';
export { OpfsStorage } from './opfs.js';
export { gatewayOrigin, httpOrigin, type Described, type HttpOriginOptions, type Origin } from './origin.js';
export type { RoomOptions, Usage } from './room.js';
export { Routing, type Route } from './routing.js';
export * from './source.js';
export { gatewaySource, httpSource, localSource, type HttpSourceOptions } from './sources.js';
export type { Storage } from './storage.js';
