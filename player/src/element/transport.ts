import { Playback, type Found, type PlaybackOptions } from './playback.js';
import { codeOf } from './seam.js';
import type { Scope } from './scope.js';
import { isLoaded, next, type Fact, type PlayerState } from './state.js';

/** What the transport tells. */
export interface TransportListener {
  /** How to get the audio; asked whenever loading begins. */
  playback(): Omit<PlaybackOptions, 'onProgress' | 'onOutdated'>;
  /** The URL is known; peaks may be asked for. */
  onFound(found: Found, playback: Playback, scope: Scope): void;
  /** Where to begin, asked when the media element knows the duration. */
  startAt(): number | undefined;
  onState(now: PlayerState, before: PlayerState): void;
}

/** Longer than a local answer takes, shorter than a user's patience. */
const OFFLINE_AFTER_MILLIS = 2_000;

/** How often one place is tried again with a new ticket before it is called a failure. */
const RECOVERIES = 2;

/** So far before its end what has been loaded cannot stop if all of it has been; the time of a byte is an estimate. */
const CUT_SHORT_SECONDS = 10;

/**
 * Brings a recording to the media element and keeps it there: loads when asked, renews a ticket that ran out and goes on from
 * the same position, and turns what the media element reports into states.
 */
export class Transport {
  readonly #media: HTMLMediaElement;
  readonly #listener: TransportListener;
  #state: PlayerState = { name: 'idle' };
  #scope: Scope | undefined;
  #load: { scope: Scope; playback: Playback } | undefined;
  /** Whether the user wants to hear something; what is heard is in the state. */
  #wanted = false;
  /** The last position that the media element reported, for going on after it has lost its source. */
  #position = 0;
  #resumeAt: number | undefined;
  /** Where it was told to begin, until it has been there: WebKit forgets a seek that comes before it can play. */
  #beginning: number | undefined;
  #recoveries = 0;

  constructor(media: HTMLMediaElement, listener: TransportListener) {
    this.#media = media;
    this.#listener = listener;
  }

  get state(): PlayerState {
    return this.#state;
  }

  /** Whether the user waits to hear it, or hears it. */
  get isWanted(): boolean {
    return this.#wanted;
  }

  /** Whether it has been heard before, so that loading means going on. */
  get hasBegun(): boolean {
    return this.#position > 0;
  }

  /** Listens to the media element until the scope closes; then its source is taken from it, too. */
  attach(scope: Scope): void {
    this.#scope = scope;
    const media = this.#media;
    scope.own(() => this.stop());
    scope.listen(media, 'loadedmetadata', () => this.#onLoaded());
    scope.listen(media, 'playing', () => this.#fact({ type: 'playing' }));
    scope.listen(media, 'canplay', () => this.#onCanPlay());
    scope.listen(media, 'waiting', () => this.#fact({ type: 'waiting' }));
    scope.listen(media, 'pause', () => this.#onPause());
    scope.listen(media, 'ended', () => this.#onEnded());
    scope.listen(media, 'timeupdate', () => this.#onTime());
    // Already when a seek begins: it may be the one that finds the ticket expired, and has to be made again.
    scope.listen(media, 'seeking', () => this.#onTime());
    scope.listen(media, 'seeked', () => this.#onTime());
    scope.listen(media, 'error', () => void this.#recover());
    scope.listen(globalThis, 'offline', () => this.#doubt());
    scope.listen(globalThis, 'online', () => {
      if (this.#state.name === 'error' && this.#state.face === 'offline') this.retry(this.#wanted);
    });
  }

  /** Asks for the recording; with `play` it is heard as soon as it is here. */
  load(play: boolean): void {
    this.#wanted ||= play;
    if (this.#load || !this.#scope) return;
    const scope = this.#scope.child();
    const playback = new Playback(scope, {
      ...this.#listener.playback(),
      onProgress: (tryNumber, tries, reached) => {
        if (!scope.closed) this.#fact({ type: 'progress', try: tryNumber, tries, reached });
      },
      onOutdated: () => {
        if (!scope.closed) this.#onOutdated(playback);
      },
    });
    this.#load = { scope, playback };
    this.#fact({ type: 'asked' });
    void this.#open(scope, playback);
    if (!navigator.onLine) this.#doubt();
  }

  /** Plays, loading first where that is needed. */
  play(): void {
    this.#wanted = true;
    if (this.#state.name === 'error') this.retry();
    else if (isLoaded(this.#state)) void this.#playLoaded();
    else this.load(true);
  }

  pause(): void {
    this.#wanted = false;
    this.#media.pause();
  }

  /** Goes to a moment; while a lost source is being replaced, as soon as that is done. */
  seek(seconds: number): void {
    const to = Math.max(0, seconds);
    if (isLoaded(this.#state) || this.#beginning !== undefined) this.#goTo(to);
    else if (this.#state.name === 'loading' && this.hasBegun) this.#resumeAt = this.#position = to;
  }

  /**
   * A ticket at its end may have nothing more to give, and a browser may ask with it for minutes before it says so (Chromium does,
   * for it may not look at a refusal by another origin). What the media element has already needs no ticket.
   */
  #goTo(to: number): void {
    const playback = this.#load?.playback;
    // The user's word is newer than where it was to begin.
    if (this.#beginning !== undefined) this.#beginning = to;
    if (!playback?.isOutdated || isBuffered(this.#media, to)) {
      this.#media.currentTime = to;
      return;
    }
    this.#wanted = !this.#media.paused;
    this.#position = to;
    this.#replace(playback.freshUrl());
  }

  /** Whoever waits for data with the old ticket may wait in vain; what plays from what it has is left alone. */
  #onOutdated(playback: Playback): void {
    const media = this.#media;
    const starves = media.readyState < HTMLMediaElement.HAVE_FUTURE_DATA && (media.seeking || !media.paused);
    if (isLoaded(this.#state) && media.error === null && starves) this.#replace(playback.freshUrl());
  }

  /** Asks anew after a failure, and goes on where it was. */
  retry(play = true): void {
    const at = this.#position > 0 ? this.#position : undefined;
    this.stop();
    this.#resumeAt = at;
    this.load(play);
  }

  /** Gives up what is under way and takes the source from the media element: nothing is fetched any more. */
  stop(): void {
    this.#load?.scope.close();
    this.#load = undefined;
    this.#wanted = false;
    this.#recoveries = 0;
    this.#position = 0;
    this.#resumeAt = undefined;
    this.#beginning = undefined;
    if (this.#media.hasAttribute('src')) {
      this.#media.pause();
      this.#media.removeAttribute('src');
      this.#media.load();
    }
    this.#fact({ type: 'reset' });
  }

  /**
   * The browser has no network. A gateway on this machine, or a local copy, answers all the same; what does not within moments
   * is said to be offline, where the client would go on trying for minutes.
   */
  #doubt(): void {
    const load = this.#load;
    if (!load || this.#state.name !== 'preparing') return;
    load.scope.timeout(() => {
      if (!navigator.onLine && this.#state.name === 'preparing') this.#fail(load.scope, { code: 'offline' });
    }, OFFLINE_AFTER_MILLIS);
  }

  async #open(scope: Scope, playback: Playback): Promise<void> {
    try {
      const found = await playback.open();
      if (scope.closed) return;
      this.#listener.onFound(found, playback, scope);
      this.#setSource(found.url);
    } catch (error) {
      this.#fail(scope, error);
    }
  }

  #setSource(url: string): void {
    this.#fact({ type: 'found' });
    // Asked for by now, so the browser may fetch; "none" would keep it from ever telling the duration.
    this.#media.preload = 'auto';
    this.#media.src = url;
  }

  #onLoaded(): void {
    const at = this.#resumeAt ?? this.#listener.startAt();
    this.#resumeAt = undefined;
    this.#beginning = at !== undefined && at > 0 ? at : undefined;
    if (at !== undefined && at > 0 && at < this.#media.duration) this.#media.currentTime = at;
    // Wanted, it goes on to playing when the media element says so; between the two it is not ready for anybody.
    if (this.#wanted) void this.#playLoaded();
    else this.#fact({ type: 'loaded' });
  }

  #onCanPlay(): void {
    const at = this.#beginning;
    this.#beginning = undefined;
    const media = this.#media;
    if (at !== undefined && at < media.duration && Math.abs(media.currentTime - at) > 1) media.currentTime = at;
  }

  async #playLoaded(): Promise<void> {
    const load = this.#load;
    if (!load) return;
    try {
      const url = load.playback.freshUrl();
      if (url !== '' && url !== this.#media.src) this.#replace(url);
      else await this.#media.play();
    } catch (error) {
      // A pause, or a new source, interrupts what was asked; a browser that wants a gesture first leaves it paused.
      if (error instanceof DOMException && ['AbortError', 'NotAllowedError'].includes(error.name)) this.#settle();
      // What else the media element cannot do it reports by its error event, where it is mended.
      else if (!(error instanceof DOMException)) this.#fail(load.scope, error);
    }
  }

  /** Commits that it is loaded and silent, where playing did not come about. */
  #settle(): void {
    if (this.#media.readyState >= HTMLMediaElement.HAVE_METADATA && this.#media.paused) this.#fact({ type: 'loaded' });
  }

  /** Puts a new URL in the place of one that ran out, at the same position. */
  #replace(url: string): void {
    this.#resumeAt = this.#beginning ?? this.#position;
    this.#beginning = undefined;
    this.#setSource(url);
  }

  async #recover(): Promise<void> {
    const load = this.#load;
    if (!load || !this.#media.hasAttribute('src')) return;
    const broken = this.#media.error?.code;
    // A store that knows no CORS plays all the same, only without its channels.
    if (this.#media.readyState === 0) this.#media.removeAttribute('crossorigin');
    if (this.#recoveries++ >= RECOVERIES) return this.#fail(load.scope, { code: codeOfMedia(broken) });
    try {
      const url = await load.playback.renew();
      if (!load.scope.closed) this.#replace(url);
    } catch (error) {
      this.#fail(load.scope, error);
    }
  }

  #onTime(): void {
    if (!isLoaded(this.#state) || isCutShort(this.#media)) return;
    this.#noticeSound();
    this.#position = this.#media.currentTime;
    if (this.#state.name === 'playing') this.#recoveries = 0;
  }

  /** WebKit does not always say that it plays after a seek in a pause; that its position moves says so, too. */
  #noticeSound(): void {
    const { paused, ended, seeking, currentTime } = this.#media;
    if (this.#state.name === 'playing' || paused || ended || seeking) return;
    if (currentTime > this.#position && currentTime - this.#position < 1) this.#fact({ type: 'playing' });
  }

  #onEnded(): void {
    if (isCutShort(this.#media)) void this.#recover();
    else this.#fact({ type: 'ended' });
  }

  #onPause(): void {
    // Losing the source pauses, too; only what the user or the stage asked for ends the wish to hear it.
    if (this.#media.error === null && !this.#media.ended) this.#fact({ type: 'paused' });
  }

  #fail(scope: Scope, error: unknown): void {
    if (scope.closed) return;
    scope.close();
    if (this.#load?.scope === scope) this.#load = undefined;
    this.#fact({ type: 'failed', code: codeOf(error) });
  }

  #fact(fact: Fact): void {
    const before = this.#state;
    this.#state = next(before, fact);
    if (this.#state !== before) this.#listener.onState(this.#state, before);
  }
}

/** Firefox jumps to the end and calls it ended where a broken connection leaves it without data. */
function isCutShort({ ended, duration, buffered }: HTMLMediaElement): boolean {
  return ended && buffered.length > 0 && duration - buffered.end(buffered.length - 1) > CUT_SHORT_SECONDS;
}

function isBuffered({ buffered }: HTMLMediaElement, seconds: number): boolean {
  return [...Array(buffered.length).keys()].some(
    (index) => buffered.start(index) <= seconds && seconds < buffered.end(index),
  );
}

function codeOfMedia(code: number | undefined): string {
  if (code !== MediaError.MEDIA_ERR_NETWORK) return 'not-supported';
  return navigator.onLine ? 'media-network' : 'offline';
}
