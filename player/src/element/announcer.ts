import { say } from './messages.js';
import type { Locale } from './locales/en.js';
import type { PlayerState } from './state.js';

/** While a recording is prepared only every so many steps are told: each one would talk over what the user reads. */
const STEPS_BETWEEN = 5;

/**
 * What a screen reader is told when the state changes, or undefined. Playing and pausing are not told: the user pressed the
 * button, and hears the recording or does not.
 */
export function announcement(locale: Locale, before: PlayerState, now: PlayerState): string | undefined {
  switch (now.name) {
    case 'preparing':
      if (before.name !== 'preparing') return say(locale, 'preparing');
      if (now.try === undefined || now.tries === undefined || now.try === before.try) return undefined;
      return now.try % STEPS_BETWEEN === 0
        ? say(locale, 'preparingCount', { try: now.try, tries: now.tries })
        : undefined;
    case 'error':
      return before.name === 'error' && before.code === now.code
        ? undefined
        : `${say(locale, `${now.face}Title`)}. ${say(locale, `${now.face}Hint`)}`;
    case 'paused':
      return before.name === 'loading' ? say(locale, 'ready') : undefined;
    case 'ended':
      return say(locale, 'ended');
    default:
      return undefined;
  }
}
