import type { Scope } from './scope.js';

/** What the media keys do. */
export interface MediaKeys {
  play(): void;
  pause(): void;
  skip(seconds: number): void;
  seek(seconds: number): void;
}

/** Gives the media keys, and the operating system's player, to this recording until the scope closes. */
export function holdMediaKeys(scope: Scope, title: string, keys: MediaKeys): void {
  if (!('mediaSession' in navigator)) return;
  const session = navigator.mediaSession;
  const handlers: Partial<Record<MediaSessionAction, MediaSessionActionHandler>> = {
    play: () => keys.play(),
    pause: () => keys.pause(),
    stop: () => keys.pause(),
    seekbackward: (details) => keys.skip(-(details.seekOffset ?? 10)),
    seekforward: (details) => keys.skip(details.seekOffset ?? 10),
    seekto: (details) => details.seekTime !== undefined && keys.seek(details.seekTime),
  };
  session.metadata = new MediaMetadata({ title });
  for (const [action, handler] of Object.entries(handlers)) setHandler(action as MediaSessionAction, handler);
  scope.own(() => {
    for (const action of Object.keys(handlers)) setHandler(action as MediaSessionAction, null);
    session.metadata = null;
    session.playbackState = 'none';
  });
}

function setHandler(action: MediaSessionAction, handler: MediaSessionActionHandler | null): void {
  try {
    navigator.mediaSession.setActionHandler(action, handler);
  } catch {
    // Each browser knows some of the actions; the others are missing there.
  }
}

/** Tells the operating system how far the recording is. */
export function tellPosition(media: HTMLMediaElement): void {
  if (!('mediaSession' in navigator)) return;
  navigator.mediaSession.playbackState = media.paused ? 'paused' : 'playing';
  if (!Number.isFinite(media.duration) || media.duration <= 0) return;
  navigator.mediaSession.setPositionState?.({
    duration: media.duration,
    playbackRate: media.playbackRate,
    position: Math.min(media.currentTime, media.duration),
  });
}
