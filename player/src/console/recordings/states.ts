import type { Recording } from '../../client/index.js';
import type { ConsoleLocale } from '../locales/en.js';
import { reasonName, say } from '../messages.js';

/** How a state looks. */
export type Tone = 'good' | 'busy' | 'bad' | 'calm';

export interface StateWords {
  readonly text: string;
  readonly tone: Tone;
}

/** A recording's state in words; a failure with its reason, so that nobody has to look further. */
export function stateWords(locale: ConsoleLocale, recording: Recording): StateWords {
  const { state, reason } = recording;
  switch (state) {
    case 'ready':
      return { text: say(locale, 'ready'), tone: 'good' };
    case 'fetching':
      return { text: say(locale, 'fetching'), tone: 'busy' };
    case 'waiting':
      return { text: say(locale, reason ? 'waitingAgain' : 'waiting'), tone: 'busy' };
    case 'failed':
      return { text: reason ? reasonName(locale, reason) : say(locale, 'failed'), tone: 'bad' };
    case 'registered':
    case 'evicted':
    case 'deleted':
    case 'unknown':
      return { text: say(locale, state), tone: 'calm' };
  }
}

/** What can be done with a recording as it is now. */
export interface Possible {
  readonly play: boolean;
  readonly prefetch: boolean;
  readonly download: boolean;
  readonly delete: boolean;
}

export function possible({ state, retryable }: Recording): Possible {
  const isGone = state === 'deleted' || state === 'unknown';
  const isHopeless = state === 'failed' && retryable === false;
  return {
    play: !isGone && !isHopeless,
    prefetch: state === 'registered' || state === 'evicted' || (state === 'failed' && !isHopeless),
    download: state === 'ready',
    delete: !isGone,
  };
}
