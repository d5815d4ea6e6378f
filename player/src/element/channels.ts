import type { Scope } from './scope.js';

/** How one channel of a dual-channel call is heard. */
export interface ChannelSetting {
  readonly muted: boolean;
  /** -1 is left, 1 is right. */
  readonly pan: number;
}

/** As the file has it: the first channel left, the second right. */
export const AS_RECORDED: readonly [ChannelSetting, ChannelSetting] = [
  { muted: false, pan: -1 },
  { muted: false, pan: 1 },
];

/** Web Audio hears audio of another origin only by CORS. A blob is the page's own. */
export function needsCors(url: string): boolean {
  return url !== '' && !url.startsWith('blob:') && new URL(url, location.href).origin !== location.origin;
}

interface Lane {
  readonly gain: GainNode;
  readonly pan: StereoPannerNode;
}

/** One context for a page: browsers allow only a few, and it is never closed while players may still need it. */
let shared: AudioContext | undefined;

/** A media element can be given to Web Audio once in its life, so its node outlives disconnecting. */
const sources = new WeakMap<HTMLMediaElement, MediaElementAudioSourceNode>();

/**
 * Mutes and pans the two channels of a call by Web Audio. Made only when the user first changes something: until then the
 * browser plays the recording by itself, and nothing can stand in the way of the sound.
 */
export class ChannelMixer {
  readonly #lanes: readonly [Lane, Lane];
  readonly #context: AudioContext;

  /** @param settings how the channels are heard from the first sample on, however long the context takes to start */
  constructor(media: HTMLMediaElement, scope: Scope, settings: readonly [ChannelSetting, ChannelSetting]) {
    const context = (shared ??= new AudioContext());
    const source = sources.get(media) ?? context.createMediaElementSource(media);
    sources.set(media, source);
    source.disconnect();
    const splitter = context.createChannelSplitter(2);
    const lane = ({ muted, pan }: ChannelSetting): Lane => ({
      gain: new GainNode(context, { gain: muted ? 0 : 1 }),
      pan: new StereoPannerNode(context, { pan }),
    });
    this.#lanes = [lane(settings[0]), lane(settings[1])];
    this.#context = context;
    source.connect(splitter);
    this.#lanes.forEach(({ gain, pan }, index) =>
      splitter.connect(gain, index).connect(pan).connect(context.destination),
    );
    scope.own(() => {
      this.#lanes.forEach(({ pan }) => pan.disconnect());
      source.disconnect();
      // A player that is put back plays again without its mixer until that is asked for.
      source.connect(context.destination);
    });
    this.resume();
  }

  /** Changes how the channels are heard, from now on. */
  apply(settings: readonly [ChannelSetting, ChannelSetting]): void {
    settings.forEach((setting, index) => {
      const lane = this.#lanes[index];
      if (!lane) return;
      const now = this.#context.currentTime;
      // A few milliseconds of glide, for a jump clicks in the ear.
      lane.gain.gain.setTargetAtTime(setting.muted ? 0 : 1, now, 0.01);
      lane.pan.pan.setTargetAtTime(setting.pan, now, 0.01);
    });
  }

  /** Browsers suspend a context until the user has done something. */
  resume(): void {
    if (this.#context.state === 'suspended') void this.#context.resume().catch(() => undefined);
  }

  /** The mixed sound, for a meter or a test. */
  tap(): AnalyserNode {
    const analyser = this.#context.createAnalyser();
    this.#lanes.forEach(({ pan }) => pan.connect(analyser));
    return analyser;
  }
}
