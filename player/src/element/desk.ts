import { AS_RECORDED, ChannelMixer, type ChannelSetting } from './channels.js';
import { boundedSpeed } from './keyboard.js';
import { Memory } from './memory.js';
import { holdMediaKeys, tellPosition, type MediaKeys } from './media-session.js';
import type { Scope } from './scope.js';
import { afterSilence, type Span } from './silence.js';
import { isOnStage, leaveStage, takeStage, type Performer } from './stage.js';

/** How far the recording has to have moved before its position is written down again: not at every step of the clock. */
const KEEP_EVERY_SECONDS = 5;

/** What the desk asks of its player. */
export interface DeskOwner {
  readonly sid: string;
  readonly title: string;
  readonly keys: MediaKeys;
  /** Something that is shown has changed. */
  changed(): void;
}

/** How a recording is heard: speed, volume, silence, channels, and what is remembered of it from one visit to the next. */
export class Desk {
  readonly #media: HTMLMediaElement;
  readonly #owner: DeskOwner;
  readonly #memory = new Memory();
  readonly #performer: Performer;
  #scope: Scope | undefined;
  #keys: Scope | undefined;
  #mixer: ChannelMixer | undefined;
  #kept = 0;
  skipsSilence = false;
  silences: readonly Span[] = [];
  channels: readonly [ChannelSetting, ChannelSetting] = AS_RECORDED;

  constructor(media: HTMLMediaElement, owner: DeskOwner) {
    this.#media = media;
    this.#owner = owner;
    media.preservesPitch = true;
    this.#performer = {
      pause: () => {
        this.#keys?.close();
        owner.keys.pause();
      },
    };
  }

  attach(scope: Scope): void {
    this.#scope = scope;
    const media = this.#media;
    scope.own(() => {
      this.keepPosition();
      leaveStage(this.#performer);
      this.#mixer = undefined;
      this.channels = AS_RECORDED;
    });
    scope.listen(media, 'timeupdate', () => this.#onTime());
    scope.listen(media, 'pause', () => this.#onHalt());
    scope.listen(media, 'seeked', () => this.#onHalt());
    scope.listen(media, 'ratechange', () => this.#owner.changed());
    scope.listen(media, 'volumechange', () => this.#owner.changed());
    // Leaving the page closes no element; this is the last that it hears.
    scope.listen(globalThis, 'pagehide', () => this.keepPosition());
  }

  /** Where the user stopped the last time. */
  rememberedPosition(): number | undefined {
    return this.#memory.position(this.#owner.sid);
  }

  get rememberedSpeed(): number {
    return this.#memory.speed;
  }

  /** Asks the media element for a speed; it stays through a change of the source. */
  setSpeed(speed: number): void {
    const bounded = boundedSpeed(speed);
    this.#media.defaultPlaybackRate = bounded;
    this.#media.playbackRate = bounded;
  }

  /** As `setSpeed`, and from now on for every recording. */
  chooseSpeed(speed: number): void {
    this.setSpeed(speed);
    this.#memory.speed = boundedSpeed(speed);
  }

  changeVolume(by: number): number {
    this.#media.volume = Math.min(1, Math.max(0, Math.round((this.#media.volume + by) * 100) / 100));
    if (by > 0) this.#media.muted = false;
    return this.#media.volume;
  }

  /** Sets how one channel is heard. */
  setChannel(index: 0 | 1, setting: ChannelSetting): void {
    if (!this.#scope) return;
    this.channels = index === 0 ? [setting, this.channels[1]] : [this.channels[0], setting];
    if (this.#mixer) this.#mixer.apply(this.channels);
    else this.#mixer = new ChannelMixer(this.#media, this.#scope, this.channels);
    this.#owner.changed();
  }

  /** Asked for: whoever played before is paused. */
  takeStage(): void {
    takeStage(this.#performer);
  }

  /** Plays: the media keys are this recording's. */
  onPlaying(): void {
    this.takeStage();
    this.#mixer?.resume();
    if (!this.#scope || (this.#keys && !this.#keys.closed)) return;
    this.#keys = this.#scope.child();
    holdMediaKeys(this.#keys, this.#owner.title, this.#owner.keys);
  }

  /** Writes down where the recording is. */
  keepPosition(): void {
    const { currentTime, duration } = this.#media;
    if (!this.#owner.sid || !Number.isFinite(duration) || this.#media.readyState === 0) return;
    this.#kept = currentTime;
    this.#memory.keepPosition(this.#owner.sid, currentTime, duration);
  }

  #onTime(): void {
    const { currentTime, paused } = this.#media;
    if (!paused && this.skipsSilence) {
      const after = afterSilence(this.silences, currentTime);
      if (after !== undefined) this.#media.currentTime = after;
    }
    if (!paused && Math.abs(currentTime - this.#kept) >= KEEP_EVERY_SECONDS) this.keepPosition();
  }

  #onHalt(): void {
    this.keepPosition();
    if (isOnStage(this.#performer)) tellPosition(this.#media);
  }
}
