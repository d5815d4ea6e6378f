import WaveSurfer from 'wavesurfer.js';
import type { Peaks } from '../client/index.js';
import type { Scope } from './scope.js';

/** The height of the waveform in CSS pixels, of all channels together. */
const HEIGHT = 64;

/** The colours of one channel, as CSS has them. */
interface Colours {
  readonly rest: string;
  readonly played: string;
}

/**
 * Draws the waveform from the gateway's peaks; the audio itself is never decoded for that, so three hours show as soon as three
 * minutes. It only draws: seeking, keys and what a screen reader hears belong to the seek bar that lies over it.
 */
export class Waveform {
  readonly #wave: WaveSurfer;
  readonly #probes: HTMLElement;
  readonly #stereo: boolean;

  constructor(container: HTMLElement, probes: HTMLElement, media: HTMLMediaElement, peaks: Peaks, scope: Scope) {
    this.#probes = probes;
    this.#stereo = peaks.channels.length > 1;
    this.#wave = WaveSurfer.create({
      container,
      media,
      // The source that is there already: another one would make wavesurfer change it.
      url: media.currentSrc || media.src,
      peaks: peaks.channels.map((channel) => channel as number[]),
      duration: peaks.durationMillis / 1000,
      height: HEIGHT,
      barWidth: 2,
      barGap: 1,
      barRadius: 2,
      barMinHeight: 1,
      cursorWidth: 0,
      normalize: true,
      interact: false,
      hideScrollbar: true,
      autoScroll: false,
      ...this.#look(),
    });
    scope.own(() => {
      this.#wave.destroy();
      container.replaceChildren();
    });
    this.#followColours(scope);
  }

  /** A canvas does not follow CSS by itself: what changes the colours has to draw anew. */
  #followColours(scope: Scope): void {
    const redraw = () => scope.frame(() => this.#wave.setOptions(this.#look()));
    // The probes carry a transition of their colour, so that its end tells of any change, whoever made it.
    scope.listen(this.#probes, 'transitionend', redraw);
    scope.listen(matchMedia('(forced-colors: active)'), 'change', redraw);
    scope.listen(matchMedia('(prefers-color-scheme: dark)'), 'change', redraw);
  }

  #look(): Partial<Parameters<typeof WaveSurfer.create>[0]> {
    const [first, second] = [this.#colours(0), this.#colours(1)];
    const lane = (colours: Colours) => ({
      waveColor: colours.rest,
      progressColor: colours.played,
      height: HEIGHT / 2,
    });
    return this.#stereo
      ? { splitChannels: [lane(first), lane(second)] }
      : { waveColor: first.rest, progressColor: first.played };
  }

  #colours(channel: number): Colours {
    const of = (index: number) => getComputedStyle(this.#probes.children[index] ?? this.#probes).color;
    return { rest: of(channel * 2), played: of(channel * 2 + 1) };
  }
}
