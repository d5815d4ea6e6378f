import type { PropertyValues } from 'lit';
import { state } from 'lit/decorators.js';
import type { Peaks } from '../client/index.js';
import { announcement } from './announcer.js';
import { needsCors } from './channels.js';
import { onKey, type Commanded } from './commands.js';
import { connect } from './connection.js';
import { defineControls } from './controls.js';
import { linkedMoment } from './deep-link.js';
import { Desk } from './desk.js';
import { copyLink, download, type Errand } from './errands.js';
import { tellState } from './events.js';
import { say, localeFor } from './messages.js';
import type { Found, Playback } from './playback.js';
import { PlayerProperties } from './properties.js';
import { Scope } from './scope.js';
import type { PlayerClient } from './seam.js';
import { silentSpans } from './silence.js';
import { isLoaded, isUnderWay, type PlayerState } from './state.js';
import { styles } from './styles.js';
import { parseMoment } from './time.js';
import { Transport } from './transport.js';
import { modelOf } from './model.js';
import { playerView, type Model } from './views.js';
import { Waveform } from './waveform.js';

/** How long a short notice, such as "link copied", stays to be seen. */
const NOTICE_MILLIS = 4000;

/**
 * Plays one call recording of an Earshot gateway.
 *
 * Nothing is fetched before the user presses play (`preload="none"`). All players of a page share one connection to their
 * gateway, and one plays at a time. What the player holds dies when it leaves the page, and it works again when it is put back.
 *
 * @element earshot-player
 *
 * @fires {CustomEvent<PositionDetail>} earshot-play - The recording is heard: the media element said so
 * @fires {CustomEvent<PositionDetail>} earshot-pause - It is not heard any more: paused, ended, or another player plays
 * @fires {CustomEvent<StateDetail>} earshot-state - The state has changed
 * @fires {CustomEvent<ErrorDetail>} earshot-error - It cannot be played; `detail.code` says why
 *
 * @csspart player - The frame
 * @csspart heading - The line above, with heading and source
 * @csspart source - Which source plays, and which refused
 * @csspart play-button - Play, pause, stop preparing, try again
 * @csspart stage - The place of the bar and of messages
 * @csspart track - The bar with its waveform
 * @csspart waveform - The waveform under the seek bar
 * @csspart seek-bar - The seek bar
 * @csspart time - Position and duration
 * @csspart controls - The row of controls
 * @csspart button - Each of its buttons
 * @csspart speed - The menu of speeds
 * @csspart volume - The volume
 * @csspart channels - Mute and pan of the two channels
 * @csspart message - What is said in the place of the bar
 * @csspart retry - "Try again"
 * @csspart help - The dialog with the keys
 *
 * @cssprop --earshot-surface - Background
 * @cssprop --earshot-raised - Background of what stands out
 * @cssprop --earshot-line - Borders
 * @cssprop --earshot-ink - Text and icons
 * @cssprop --earshot-muted - Text that is less important
 * @cssprop --earshot-accent - What is played, and the play button
 * @cssprop --earshot-on-accent - Icons on the accent
 * @cssprop --earshot-second - The second channel where it is played
 * @cssprop --earshot-wave - The waveform ahead
 * @cssprop --earshot-wave-second - The second channel's waveform ahead
 * @cssprop --earshot-warn - Icons of trouble
 * @cssprop --earshot-warn-surface - Background of trouble
 * @cssprop --earshot-radius - Corners of the frame
 * @cssprop --earshot-shadow - Shadow of the frame
 * @cssprop --earshot-font - Font family
 */
export class EarshotPlayer extends PlayerProperties {
  static override styles = styles;

  @state() private peaks: Peaks | undefined;
  @state() private showsChannels = false;
  @state() private byKeyboard = false;
  @state() private said = '';
  @state() private notice = '';

  readonly #media = document.createElement('audio');
  readonly #transport: Transport;
  readonly #desk: Desk;
  #scope: Scope | undefined;
  #client: PlayerClient | undefined;
  #found: Found | undefined;
  #second = 0;

  constructor() {
    super();
    this.#media.slot = 'media';
    this.#media.preload = 'none';
    this.#transport = new Transport(this.#media, {
      playback: () => ({ sid: this.sid, client: this.#theClient(), sources: this.sources }),
      onFound: (found, playback, scope) => this.#onFound(found, playback, scope),
      startAt: () => parseMoment(this.t) ?? linkedMoment(location.href, this.sid) ?? this.#desk.rememberedPosition(),
      onState: (now, before) => this.#onState(now, before),
    });
    const player = this;
    this.#desk = new Desk(this.#media, {
      get sid() {
        return player.sid;
      },
      get title() {
        return player.heading || player.sid;
      },
      keys: {
        play: () => this.play(),
        pause: () => this.#transport.pause(),
        skip: (seconds) => this.seek(this.#media.currentTime + seconds),
        seek: (seconds) => this.seek(seconds),
      },
      changed: () => this.requestUpdate(),
    });
  }

  /** What the player is doing now. */
  get state(): PlayerState['name'] {
    return this.#transport.state.name;
  }

  /** Where the recording is, in seconds. */
  get currentTime(): number {
    return this.#media.currentTime;
  }

  /** Plays; the first time that has the recording prepared. Another player that plays is paused. */
  play(): void {
    this.#desk.takeStage();
    this.#transport.play();
  }

  /** Pauses. While the recording is being prepared it then does not play by itself. */
  pause(): void {
    this.#transport.pause();
  }

  /** Goes to a moment, in seconds. Does nothing before the recording is loaded: set `t` for that. */
  seek(seconds: number): void {
    this.#transport.seek(seconds);
  }

  /** Asks anew after a failure. */
  retry(): void {
    this.#desk.takeStage();
    this.#transport.retry();
  }

  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, 'lang', 'dir'];
  }

  override attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    super.attributeChangedCallback(name, before, now);
    if (name === 'lang' || name === 'dir') this.requestUpdate();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const scope = (this.#scope = new Scope());
    this.#desk.attach(scope);
    this.#transport.attach(scope);
    scope.own(() => {
      this.#client = undefined;
      this.said = '';
      this.notice = '';
    });
    const inside = this.renderRoot;
    scope.listen(inside, 'mediaplayrequest', (event) => this.#instead(event), { capture: true });
    scope.listen(inside, 'mediapauserequest', (event) => this.#instead(event), { capture: true });
    scope.listen<CustomEvent<number>>(inside, 'mediaseekrequest', (event) => this.#seekInstead(event), {
      capture: true,
    });
    scope.listen<KeyboardEvent>(inside, 'keydown', (event) => this.#onKey(event), { capture: true });
    scope.listen(inside, 'pointerdown', () => (this.byKeyboard = false), { capture: true });
    scope.listen(this.#media, 'timeupdate', () => this.#onTime());
    scope.listen(this.#media, 'seeked', () => this.#onTime());
    scope.listen(this.#media, 'durationchange', () => this.requestUpdate());
    if (this.preload !== 'none') void this.updateComplete.then(() => !scope.closed && this.#transport.load(false));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#scope?.close();
    this.#scope = undefined;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const another = ['sid', 'baseUrl', 'client', 'sources'].some((name) => changed.has(name as keyof EarshotPlayer));
    if (another && this.hasUpdated) this.#startOver();
    if (changed.has('token')) this.#client = undefined;
    if (changed.has('speed') || !this.hasUpdated) this.#desk.setSpeed(this.speed ?? this.#desk.rememberedSpeed);
    if (changed.has('t') && this.hasUpdated) this.seek(parseMoment(this.t) ?? this.#media.currentTime);
  }

  protected override render() {
    return playerView(
      modelOf({
        page: this,
        state: this.#transport.state,
        isWanted: this.#transport.isWanted,
        locale: this.#locale(),
        media: this.#media,
        found: this.#found,
        peaks: this.peaks,
        desk: this.#desk,
        showsChannels: this.showsChannels,
        byKeyboard: this.byKeyboard,
        said: this.said,
        notice: this.notice,
        asks: this.#asks,
      }),
    );
  }

  #startOver(): void {
    this.#desk.keepPosition();
    this.#transport.stop();
    this.#client = undefined;
    this.showsChannels = false;
    if (this.preload !== 'none') this.#transport.load(false);
  }

  /** The page's client, or one that is shared with the other players of the same gateway. */
  #theClient(): PlayerClient | undefined {
    if (this.client) return this.client;
    if (!this.#client && this.baseUrl && this.#scope) {
      const connection = connect(this.baseUrl, this.token);
      this.#scope.own(() => connection.release());
      this.#client = connection.client;
    }
    return this.#client;
  }

  #onFound(found: Found, playback: Playback, scope: Scope): void {
    this.#found = found;
    // Web Audio hears another origin's audio only by CORS; without two channels there is no need to ask for that.
    if (found.recording?.channels === 2 && needsCors(found.url)) this.#media.crossOrigin = 'anonymous';
    else this.#media.removeAttribute('crossorigin');
    scope.own(() => {
      this.#found = undefined;
      this.peaks = undefined;
      this.#desk.silences = [];
    });
    void this.#showPeaks(playback, scope);
  }

  async #showPeaks(playback: Playback, scope: Scope): Promise<void> {
    const peaks = await playback.peaks();
    if (!peaks || scope.closed) return;
    this.peaks = peaks;
    this.#desk.silences = silentSpans(peaks);
    await this.updateComplete;
    const container = this.renderRoot.querySelector<HTMLElement>('.wave');
    const probes = this.renderRoot.querySelector<HTMLElement>('.probes');
    if (scope.closed || this.waveform === 'none' || !container || !probes) return;
    new Waveform(container, probes, this.#media, peaks, scope);
  }

  #onState(now: PlayerState, before: PlayerState): void {
    const { sid } = this;
    this.#say(announcement(this.#locale(), before, now));
    this.requestUpdate();
    if (now.name === 'playing') this.#desk.onPlaying();
    const { currentTime, duration } = this.#media;
    tellState(this, now, before, { sid, currentTime, duration, source: this.#found?.source });
  }

  /** The buttons' requests are for the transport, which may have to load first; media-chrome would only play what is there. */
  #instead(event: Event): void {
    event.stopPropagation();
    this.#toggle();
  }

  /** media-chrome would seek in what is there, also where a ticket has run out. */
  #seekInstead(event: CustomEvent<number>): void {
    event.stopPropagation();
    this.seek(event.detail);
  }

  #toggle(): void {
    const state = this.#transport.state;
    if (isUnderWay(state)) this.#toggleWish();
    else if (state.name === 'playing' || state.name === 'buffering') this.pause();
    else if (state.name !== 'error' || state.retryable) this.play();
  }

  /** What is under way is not there to be paused; what can be changed is whether it is to be heard then. */
  #toggleWish(): void {
    if (!this.#transport.isWanted) this.play();
    else if (this.#transport.hasBegun) this.pause();
    else this.#transport.stop();
    this.requestUpdate();
  }

  #onKey(event: KeyboardEvent): void {
    this.byKeyboard = true;
    const player: Commanded = {
      desk: this.#desk,
      media: this.#media,
      locale: this.#locale(),
      loaded: isLoaded(this.#transport.state),
      toggle: () => this.#toggle(),
      seek: (seconds) => this.seek(seconds),
      toggleSilence: () => this.#toggleSilence(),
      openHelp: () => this.#help(true),
      announce: (text) => this.#say(text),
    };
    if (!onKey(event, player)) return;
    // The page must not scroll, nor a control of ours move a second time.
    event.preventDefault();
    event.stopPropagation();
  }

  #onTime(): void {
    const second = Math.floor(this.#media.currentTime);
    if (second === this.#second) return;
    this.#second = second;
    this.requestUpdate();
  }

  #toggleSilence(): void {
    if (this.#desk.silences.length === 0) return;
    this.#desk.skipsSilence = !this.#desk.skipsSilence;
    this.#say(say(this.#locale(), this.#desk.skipsSilence ? 'skipSilenceOn' : 'skipSilenceOff'));
    this.requestUpdate();
  }

  #help(open: boolean): void {
    const dialog = this.renderRoot.querySelector('dialog');
    if (open && !dialog?.open) dialog?.showModal();
    else dialog?.close();
  }

  async #retryFromButton(): Promise<void> {
    this.retry();
    await this.updateComplete;
    // The button is gone, and the focus must not be lost with it.
    this.renderRoot.querySelector<HTMLElement>('earshot-play-button')?.focus();
  }

  #errand(): Errand {
    return {
      sid: this.sid,
      seconds: this.#media.currentTime,
      locale: this.#locale(),
      scope: this.#scope,
      client: () => this.#theClient(),
      local: this.#found?.source === undefined ? undefined : this.#found.url,
      notify: (text) => this.#notify(text),
    };
  }

  /** Says something to everybody: for a while to be seen, and once to be heard. */
  #notify(text: string): void {
    this.notice = text;
    this.#say(text);
    this.#scope?.timeout(() => (this.notice = ''), NOTICE_MILLIS);
  }

  #say(text: string | undefined): void {
    // The same words again would be no change, and so not be told.
    if (text !== undefined) this.said = text === this.said ? `${text}\u00a0` : text;
  }

  #locale() {
    const around = this.closest('[lang]')?.getAttribute('lang');
    return localeFor(this.lang || undefined, around, document.documentElement.lang, navigator.language);
  }

  readonly #asks: Model['asks'] = {
    toggle: () => this.#toggle(),
    retry: () => void this.#retryFromButton(),
    speed: (speed) => this.#desk.chooseSpeed(speed),
    silence: () => this.#toggleSilence(),
    channels: () => (this.showsChannels = !this.showsChannels),
    channel: (index, setting) => this.#desk.setChannel(index, setting),
    link: () => void copyLink(this.#errand()),
    download: () => void download(this.#errand()),
    help: (open) => this.#help(open),
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'earshot-player': EarshotPlayer;
  }
}

/** Defines the element and its controls, once on a page. */
export function definePlayer(): void {
  defineControls();
  if (!customElements.get('earshot-player')) customElements.define('earshot-player', EarshotPlayer);
}
