import { definePlayer } from './player.js';

export { EarshotPlayer } from './player.js';
export type { EarshotPlayerEventMap, ErrorDetail, PositionDetail, StateDetail } from './events.js';
export type { Face } from './faces.js';
export type { Locale, Words } from './locales/en.js';
export type { PlayerClient } from './seam.js';
export type { PlayerState } from './state.js';
export type { Token } from './connection.js';
export { knownLocales, registerLocale } from './messages.js';

definePlayer();
