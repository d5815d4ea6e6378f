import type { Peaks } from '../client/index.js';
import { needsCors } from './channels.js';
import type { Desk } from './desk.js';
import type { Locale } from './locales/en.js';
import { say } from './messages.js';
import type { Found } from './playback.js';
import type { PlayerProperties } from './properties.js';
import { isLoaded, isUnderWay, type PlayerState } from './state.js';
import type { Model } from './views.js';

/** What a player knows of itself, out of which comes what is shown. */
export interface Known extends Pick<
  Model,
  'state' | 'locale' | 'media' | 'showsChannels' | 'byKeyboard' | 'said' | 'notice' | 'asks'
> {
  /** What the page has set. */
  readonly page: PlayerProperties;
  /** Whether the user wants to hear it. */
  readonly isWanted: boolean;
  readonly found: Found | undefined;
  readonly peaks: Peaks | undefined;
  readonly desk: Desk;
}

/** All that is shown at this moment. */
export function modelOf(known: Known): Model {
  const { page, state, isWanted, locale, media, found, peaks, desk, ...rest } = known;
  return {
    ...rest,
    state,
    isAwaited: isUnderWay(state) && isWanted,
    locale,
    media,
    dir: page.dir === 'ltr' || page.dir === 'rtl' ? page.dir : locale.dir,
    heading: page.heading,
    source: found?.source ?? '',
    refused: (found?.refused ?? []).map(({ source, code }) => `${source} (${code})`).join(', '),
    waved: peaks !== undefined && page.waveform !== 'none',
    time: media.currentTime,
    duration: durationOf(known),
    speed: media.playbackRate,
    muted: media.muted || media.volume === 0,
    skipsSilence: desk.skipsSilence,
    canSkipSilence: desk.silences.length > 0,
    canChannels: canChannels(known, state),
    channelNames: channelNames(page.channelNames, locale),
    channelSettings: desk.channels,
  };
}

/** The media element knows best, then the peaks, then the page. */
function durationOf({ media, peaks, page }: Known): number | undefined {
  if (Number.isFinite(media.duration)) return media.duration;
  return peaks ? peaks.durationMillis / 1000 : page.duration;
}

function canChannels({ found, peaks, media }: Known, state: PlayerState): boolean {
  const channels = found?.recording?.channels ?? peaks?.channels.length ?? 1;
  return channels === 2 && isLoaded(state) && (!needsCors(media.src) || media.crossOrigin !== null);
}

function channelNames(names: string, locale: Locale): [string, string] {
  const [first, second] = names.split(',').map((name) => name.trim());
  return [first || say(locale, 'channel', { number: 1 }), second || say(locale, 'channel', { number: 2 })];
}
