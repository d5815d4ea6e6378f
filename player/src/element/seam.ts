import type { EarshotClient, PlaybackUrl } from '../client/index.js';

/** What the player uses of a client: any object that can do this will do, such as a shared `EarshotClient` or a fake. */
export type PlayerClient = Pick<EarshotClient, 'prepare' | 'playbackUrl' | 'downloadUrl' | 'peaks'>;

/** What the player uses of a ticket. */
export type Ticket = PlaybackUrl;

/** The `code` of any error; what is no error of the client counts as a failure of the player itself. */
export function codeOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'player-failed';
}
