import { canRetry, faceOf, type Face } from './faces.js';

/**
 * What the player is doing.
 *
 * ```text
 * idle ──asked──▶ preparing ──found──▶ loading ──loaded──▶ paused ◀──▶ playing ◀──▶ buffering
 *   ▲                │                    │                   ▲            │
 *   └────reset───────┴──────failed──▶ error ──asked──▶ …      └── ended ◀──┘
 * ```
 *
 * A request is not state: `playing` and `paused` are committed when the media element reports them, never when asked for.
 */
export type PlayerState =
  | { readonly name: 'idle' }
  | { readonly name: 'preparing'; readonly try?: number; readonly tries?: number; readonly reached?: boolean }
  | { readonly name: 'loading' }
  | { readonly name: 'paused' }
  | { readonly name: 'playing' }
  | { readonly name: 'buffering' }
  | { readonly name: 'ended' }
  | { readonly name: 'error'; readonly face: Face; readonly code: string; readonly retryable: boolean };

/** Something that happened. */
export type Fact =
  | { readonly type: 'asked' }
  | { readonly type: 'progress'; readonly try: number; readonly tries: number; readonly reached: boolean }
  | { readonly type: 'found' }
  | { readonly type: 'loaded' }
  | { readonly type: 'playing' }
  | { readonly type: 'waiting' }
  | { readonly type: 'paused' }
  | { readonly type: 'ended' }
  | { readonly type: 'failed'; readonly code: string }
  | { readonly type: 'reset' };

/** Whether the media element has audio in this state. */
export function isLoaded(state: PlayerState): boolean {
  return ['paused', 'playing', 'buffering', 'ended'].includes(state.name);
}

/** Whether the user waits for the first sound. */
export function isUnderWay(state: PlayerState): boolean {
  return state.name === 'preparing' || state.name === 'loading';
}

/** The state after a fact. The same object where the fact changes nothing. */
export function next(state: PlayerState, fact: Fact): PlayerState {
  switch (fact.type) {
    case 'asked':
      return state.name === 'idle' || state.name === 'error' ? { name: 'preparing' } : state;
    case 'progress':
      return state.name === 'preparing'
        ? { name: 'preparing', try: fact.try, tries: fact.tries, reached: fact.reached }
        : state;
    case 'found':
      // Also out of a loaded state: a renewed ticket makes the media element load anew.
      return state.name === 'idle' || state.name === 'error' ? state : enter(state, 'loading');
    case 'loaded':
      return state.name === 'loading' ? { name: 'paused' } : state;
    case 'playing':
      return isLoaded(state) || state.name === 'loading' ? enter(state, 'playing') : state;
    case 'waiting':
      return state.name === 'playing' ? { name: 'buffering' } : state;
    case 'paused':
      return state.name === 'playing' || state.name === 'buffering' ? { name: 'paused' } : state;
    case 'ended':
      return isLoaded(state) ? enter(state, 'ended') : state;
    case 'failed':
      return failed(fact.code);
    case 'reset':
      return enter(state, 'idle');
  }
}

function enter(state: PlayerState, name: 'idle' | 'loading' | 'playing' | 'ended'): PlayerState {
  return state.name === name ? state : { name };
}

function failed(code: string): PlayerState {
  const face = faceOf(code);
  return { name: 'error', face, code, retryable: canRetry(face) };
}
