export { EarshotError, type OwnCode } from './errors.js';
export { presets } from './retry.js';
export type * from './types.js';
