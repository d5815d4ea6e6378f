import { LitElement } from 'lit';
import { property } from 'lit/decorators.js';
import type { Source } from '../offline/source.js';
import type { Token } from './connection.js';
import type { PlayerClient } from './seam.js';

/** What a page sets on `<earshot-player>`, besides `lang` and `dir`. */
export abstract class PlayerProperties extends LitElement {
  /** The recording's SID (`RE…`), or its call's (`CA…`), or whatever id the `sources` know. */
  @property() sid = '';

  /** Where the gateway is, such as `https://your.host`. Players with the same one share a connection. */
  @property({ attribute: 'base-url' }) baseUrl: string | undefined;

  /** The bearer token, or a function that gives one. */
  @property({ attribute: false }) token: Token | undefined;

  /** A client to use instead of `base-url` and `token`. It is the page's: the player never closes it. */
  @property({ attribute: false }) client: PlayerClient | undefined;

  /** Where to look for the audio, in order, such as a local copy before the gateway. The player shows which one plays. */
  @property({ attribute: false }) sources: readonly Source[] | undefined;

  /** `none` fetches nothing before the user asks; anything else has the recording prepared at once. */
  @property() preload: 'none' | 'metadata' | 'auto' = 'none';

  /** `auto` draws the waveform where the gateway has one; `none` always shows the plain bar. */
  @property() waveform: 'auto' | 'none' = 'auto';

  /** The speed, 0.5 to 3. Without it the speed that the user chose last. */
  @property({ type: Number }) speed: number | undefined;

  /** Where to begin, as `83`, `1:23` or `1m23s`. Without it the page's `?t=`, then where the user stopped the last time. */
  @property() t: string | undefined;

  /** What is said above the bar and to screen readers, such as who called whom. */
  @property() heading = '';

  /** The names of the two channels, with a comma between: `Agent, Customer`. */
  @property({ attribute: 'channel-names' }) channelNames = '';

  /** The duration in seconds if the page knows it: shown before anything is fetched. */
  @property({ type: Number }) duration: number | undefined;
}
