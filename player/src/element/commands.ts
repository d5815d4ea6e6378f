import type { Desk } from './desk.js';
import { commandOf, speedBy, type Command, type Focus } from './keyboard.js';
import type { Locale } from './locales/en.js';
import { say } from './messages.js';
import { spokenTime } from './time.js';

/** What commands are given to. */
export interface Commanded {
  readonly desk: Desk;
  readonly media: HTMLMediaElement;
  readonly locale: Locale;
  readonly loaded: boolean;
  toggle(): void;
  seek(seconds: number): void;
  toggleSilence(): void;
  openHelp(): void;
  /** Tells a screen reader what came of a key; the eye sees it anyway. */
  announce(text: string): void;
}

/** Carries out what a key means; returns whether it meant anything. */
export function onKey(event: KeyboardEvent, player: Commanded): boolean {
  const command = commandOf(event, focusOf(event));
  if (!command) return false;
  return obey(command, player, event.repeat);
}

/** Which control a key went to, as far as that decides what it means. */
function focusOf(event: Event): Focus {
  for (const node of event.composedPath()) {
    if (!(node instanceof HTMLElement)) continue;
    const name = node.localName;
    if (name === 'dialog' || name === 'select' || name === 'earshot-volume-range') return 'field';
    if (name === 'input' && !inTimeRange(event)) return 'field';
    if (name === 'earshot-time-range') return 'time';
    if (name === 'button' || name.endsWith('-button')) return 'button';
  }
  return 'elsewhere';
}

function inTimeRange(event: Event): boolean {
  return event.composedPath().some((node) => node instanceof HTMLElement && node.localName === 'earshot-time-range');
}

function obey(command: Command, player: Commanded, repeated: boolean): boolean {
  const { desk, media, locale } = player;
  switch (command.do) {
    case 'toggle':
      if (!repeated) player.toggle();
      return true;
    case 'skip':
      return seekTo(player, media.currentTime + command.seconds, repeated);
    case 'jump':
      return seekTo(player, media.duration * command.fraction, repeated);
    case 'volume':
      player.announce(say(locale, 'volumeNow', { percent: Math.round(desk.changeVolume(command.by) * 100) }));
      return true;
    case 'mute':
      media.muted = !media.muted;
      player.announce(say(locale, media.muted ? 'mute' : 'unmute'));
      return true;
    case 'speed': {
      const speed = speedBy(media.playbackRate, command.steps);
      desk.chooseSpeed(speed);
      player.announce(say(locale, 'speedNow', { speed }));
      return true;
    }
    case 'silence':
      player.toggleSilence();
      return true;
    case 'help':
      player.openHelp();
      return true;
  }
}

function seekTo(player: Commanded, seconds: number, repeated: boolean): boolean {
  if (!player.loaded) return false;
  const to = Math.min(player.media.duration, Math.max(0, seconds));
  player.seek(to);
  // A key that is held down would talk without end.
  if (!repeated) player.announce(spokenTime(to, player.locale.lang));
  return true;
}
