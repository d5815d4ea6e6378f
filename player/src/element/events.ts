import type { PlayerState } from './state.js';

/** Where a recording is, at the moment of an event. */
export interface PositionDetail {
  readonly sid: string;
  readonly currentTime: number;
  readonly duration: number;
}

/** What the player is doing now. */
export interface StateDetail {
  readonly sid: string;
  readonly state: PlayerState['name'];
  readonly before: PlayerState['name'];
  /** Of `preparing`: which try this is, and of how many. */
  readonly try?: number;
  readonly tries?: number;
  /** Which source plays, where `sources` gave a choice. */
  readonly source?: string;
}

/** Why it does not play. */
export interface ErrorDetail {
  readonly sid: string;
  /** The gateway's problem code, or one of the client's own. */
  readonly code: string;
  /** Whether the player offers to try again. */
  readonly retryable: boolean;
}

/** The events of `<earshot-player>`. They bubble, and pass out of shadow trees. */
export interface EarshotPlayerEventMap {
  'earshot-play': CustomEvent<PositionDetail>;
  'earshot-pause': CustomEvent<PositionDetail>;
  'earshot-state': CustomEvent<StateDetail>;
  'earshot-error': CustomEvent<ErrorDetail>;
}

declare global {
  interface HTMLElementEventMap extends EarshotPlayerEventMap {}
}

function tell<Name extends keyof EarshotPlayerEventMap>(
  target: EventTarget,
  name: Name,
  detail: EarshotPlayerEventMap[Name]['detail'],
): void {
  target.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
}

/** Tells what a change of state means to a page. */
export function tellState(
  target: EventTarget,
  now: PlayerState,
  before: PlayerState,
  { source, ...position }: PositionDetail & { readonly source: string | undefined },
): void {
  const { sid } = position;
  const [sounds, sounded] = [now, before].map(({ name }) => name === 'playing' || name === 'buffering');
  tell(target, 'earshot-state', {
    sid,
    state: now.name,
    before: before.name,
    ...(now.name === 'preparing' && now.try !== undefined ? { try: now.try, tries: now.tries ?? now.try } : {}),
    ...(source === undefined ? {} : { source }),
  });
  if (now.name === 'playing' && !sounded) tell(target, 'earshot-play', position);
  if (sounded && !sounds) tell(target, 'earshot-pause', position);
  if (now.name === 'error') tell(target, 'earshot-error', { sid, code: now.code, retryable: now.retryable });
}
