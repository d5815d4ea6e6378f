/**
 * The headless client: no page, no element, no dependency.
 *
 * @module
 */
export type { AudioPart } from './audio.js';
export { EarshotClient } from './client.js';
export { EarshotError, type OwnCode } from './errors.js';
export { presets } from './retry.js';
export type * from './types.js';
