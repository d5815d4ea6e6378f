/** The player's words in English, which every other language has to match: a missing key does not compile. */
export const english = {
  player: 'Call recording',
  play: 'Play',
  pause: 'Pause',
  stopPreparing: 'Stop preparing',
  retry: 'Try again',
  back: 'Back {seconds} seconds',
  forward: 'Forward {seconds} seconds',
  position: 'Position in the recording',
  positionOf: '{current} of {total}',
  positionUnknown: 'Not loaded yet',
  speed: 'Speed',
  speedNow: 'Speed {speed}',
  mute: 'Mute',
  unmute: 'Unmute',
  volume: 'Volume',
  volumeNow: 'Volume {percent} %',
  skipSilence: 'Skip silence',
  skipSilenceOn: 'Silence is skipped',
  skipSilenceOff: 'Silence is played',
  channels: 'Channels',
  channel: 'Channel {number}',
  muteChannel: 'Mute {name}',
  panChannel: 'Left or right of {name}',
  panLeft: '{percent} % left',
  panCentre: 'Centre',
  panRight: '{percent} % right',
  left: 'Left',
  right: 'Right',
  copyLink: 'Copy a link to this moment',
  linkCopied: 'Link to {time} copied',
  linkFailed: 'The link could not be copied',
  download: 'Download',
  downloadFailed: 'The download could not be started',
  help: 'Keyboard shortcuts',
  close: 'Close',
  notAsked: 'Press play to listen',
  preparing: 'Preparing the recording…',
  preparingCount: 'Preparing the recording… {try} of {tries}',
  reaching: 'Reaching the server… {try} of {tries}',
  preparingHint: 'It plays by itself as soon as it is here.',
  loading: 'Loading the audio…',
  ready: 'Ready to play',
  ended: 'The recording has ended',
  playsFrom: 'Plays from: {source}',
  refusedBy: 'Not from: {refused}',
  expiredTitle: 'This recording has expired',
  expiredHint: 'It is too old to be fetched. An operator can still have it fetched.',
  deletedTitle: 'This recording was deleted',
  deletedHint: 'It will not come back. Nothing can be done here.',
  failedTitle: 'The recording could not be fetched',
  failedHint: 'This often passes. Try again in a moment.',
  unplayableTitle: 'This recording cannot be played',
  unplayableHint: 'Its audio is damaged or of a kind that cannot be played. Tell your administrator.',
  offlineTitle: 'You are offline',
  offlineHint: 'Check your connection. The player goes on by itself when you are back.',
  notFoundTitle: 'There is no such recording',
  notFoundHint: 'Check the link. A call that has just ended may take a minute to appear.',
  forbiddenTitle: 'You may not listen to this recording',
  forbiddenHint: 'Ask your administrator for access, then try again.',
  signedOutTitle: 'You are signed out',
  signedOutHint: 'Sign in again, then try again.',
  busyTitle: 'Too many people are listening just now',
  busyHint: 'Wait a moment, then try again.',
  slowTitle: 'This takes longer than it should',
  slowHint: 'The recording is still being prepared. Try again.',
  misusedTitle: 'The player was set up wrongly',
  misusedHint: 'It needs the identifier of a recording and the address of a gateway. Tell whoever made this page.',
  keyToggle: 'Play or pause',
  keySkipShort: 'Back or forward 5 seconds',
  keySkipLong: 'Back or forward 10 seconds',
  keyJump: 'Jump to 0 % … 90 %',
  keyEnds: 'To the beginning or the end',
  keyVolume: 'Louder or quieter',
  keyMute: 'Mute',
  keySpeed: 'Slower or faster',
  keySilence: 'Skip silence',
  keyHelp: 'This help',
  keySpace: 'Space',
} as const;

/** The words of a language, by the same keys as English. `{…}` is filled in; a translation has to keep it. */
export type Words = { readonly [Key in keyof typeof english]: string };

/** A language file: what `registerLocale` takes. */
export interface Locale {
  /** The language as BCP 47 names it, such as `he` or `pt-BR`. */
  readonly lang: string;
  readonly dir: 'ltr' | 'rtl';
  readonly words: Words;
}

/** English. */
export const en: Locale = { lang: 'en', dir: 'ltr', words: english };

export default en;
