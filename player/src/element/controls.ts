import MediaController from 'media-chrome/dist/media-controller.js';
import MediaMuteButton from 'media-chrome/dist/media-mute-button.js';
import MediaPlayButton from 'media-chrome/dist/media-play-button.js';
import MediaSeekBackwardButton from 'media-chrome/dist/media-seek-backward-button.js';
import MediaSeekForwardButton from 'media-chrome/dist/media-seek-forward-button.js';
import MediaTimeRange from 'media-chrome/dist/media-time-range.js';
import MediaVolumeRange from 'media-chrome/dist/media-volume-range.js';

/*
 * media-chrome has one language for a page, and sets its labels whenever the media changes. Players here each have their own
 * language, so each control of ours says its own words after media-chrome has said its.
 */

/** What media-chrome's elements have of a custom element. */
interface Control extends HTMLElement {
  connectedCallback(): void;
  attributeChangedCallback(name: string, before: string | null, now: string | null): void;
}

/** Says its `words` instead of media-chrome's. */
function speaking(base: new () => Control): new () => Control & { words: string } {
  return class extends base {
    #words = '';

    /** The accessible name, which is also the hint that a mouse pointer gets. */
    get words(): string {
      return this.#words;
    }

    set words(words: string) {
      this.#words = words;
      this.#say();
    }

    override connectedCallback(): void {
      super.connectedCallback();
      this.#say();
    }

    override attributeChangedCallback(name: string, before: string | null, now: string | null): void {
      super.attributeChangedCallback(name, before, now);
      if (name !== 'title' && name !== 'aria-label') this.#say();
    }

    #say(): void {
      if (!this.#words || this.getAttribute('aria-label') === this.#words) return;
      this.setAttribute('aria-label', this.#words);
      this.title = this.#words;
    }
  };
}

class EarshotPlayButton extends speaking(MediaPlayButton) {}
class EarshotBackButton extends speaking(MediaSeekBackwardButton) {}
class EarshotForwardButton extends speaking(MediaSeekForwardButton) {}
class EarshotMuteButton extends speaking(MediaMuteButton) {}

/** Binds the media element to the controls; the landmark and its name are the player's own. */
class EarshotController extends MediaController {
  override connectedCallback(): void {
    super.connectedCallback();
    // The player is the named group; a region for each of many players would crowd the list of landmarks.
    this.removeAttribute('role');
    this.removeAttribute('aria-label');
    // Nobody focuses the frame itself: its keys are the player's.
    this.removeAttribute('tabindex');
  }
}

/** The seek bar. */
class EarshotTimeRange extends MediaTimeRange {
  #words = '';
  /** Says a position in the player's language. */
  spoken: (current: number, total: number) => string = () => '';

  get words(): string {
    return this.#words;
  }

  set words(words: string) {
    this.#words = words;
    this.speak();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.speak();
  }

  override attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    const said = this.range?.getAttribute('aria-valuetext');
    super.attributeChangedCallback(name, before, now);
    if (!this.range) return;
    // While it plays the position is not said anew four times a second, or a screen reader on the bar would never be quiet.
    if (name === 'mediacurrenttime' && !this.hasAttribute('mediapaused') && said)
      this.range.setAttribute('aria-valuetext', said);
    else this.speak();
  }

  /** Says where the recording is: after a seek, and when the bar gets the focus. */
  speak(): void {
    this.range.setAttribute('aria-label', this.#words);
    this.range.setAttribute(
      'aria-valuetext',
      this.spoken(this.mediaCurrentTime ?? 0, this.mediaDuration ?? Number.NaN),
    );
  }
}

/** The volume. */
class EarshotVolumeRange extends MediaVolumeRange {
  #words = '';

  set words(words: string) {
    this.#words = words;
    this.range.setAttribute('aria-label', words);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.range.setAttribute('aria-label', this.#words);
  }
}

const CONTROLS = {
  'earshot-controller': EarshotController,
  'earshot-play-button': EarshotPlayButton,
  'earshot-back-button': EarshotBackButton,
  'earshot-forward-button': EarshotForwardButton,
  'earshot-mute-button': EarshotMuteButton,
  'earshot-time-range': EarshotTimeRange,
  'earshot-volume-range': EarshotVolumeRange,
} as const;

/** Defines the controls, each once on a page however often the package is loaded. */
export function defineControls(): void {
  for (const [name, control] of Object.entries(CONTROLS)) {
    if (!customElements.get(name)) customElements.define(name, control as CustomElementConstructor);
  }
}

export type { EarshotTimeRange };
