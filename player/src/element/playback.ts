import type { Peaks, Progress, Recording } from '../client/index.js';
import type { Source } from '../offline/source.js';
import type { Scope } from './scope.js';
import type { PlayerClient, Ticket } from './seam.js';
import { playFrom } from '../offline/source.js';

/** Where the audio of a recording is to be had. */
export interface PlaybackOptions {
  readonly sid: string;
  readonly client: PlayerClient | undefined;
  readonly sources: readonly Source[] | undefined;
  /** Which try it is, of how many, and whether the gateway has answered at all. */
  readonly onProgress: (tryNumber: number, tries: number, reached: boolean) => void;
  /** The ticket was renewed: the URL that plays is at its end. */
  readonly onOutdated: () => void;
}

/** What was found. */
export interface Found {
  readonly url: string;
  readonly recording?: Recording;
  /** Which source plays, where there was a choice. */
  readonly source?: string;
  /** Which sources before it refused, and why: a fallback is never silent. */
  readonly refused: readonly { readonly source: string; readonly code: string }[];
}

/** The URL of one recording for as long as it is being played, however often its ticket has to be renewed. */
export class Playback {
  readonly #scope: Scope;
  readonly #options: PlaybackOptions;
  #ticket: Pick<Ticket, 'renew'> | undefined;
  #url: string | undefined;
  #fresh: string | undefined;

  constructor(scope: Scope, options: PlaybackOptions) {
    this.#scope = scope;
    this.#options = options;
  }

  /** Has the recording prepared and gets its URL. Rejects with the error of the client or of the last source. */
  async open(): Promise<Found> {
    const { sid, sources, client } = this.#options;
    if (!sid) throw misused('No recording is named');
    const found = sources?.length ? await this.#fromSources(sources) : await this.#fromGateway(client);
    this.#url = found.url;
    return found;
  }

  /** Whether there is a newer URL than the one that plays. */
  get isOutdated(): boolean {
    return this.#fresh !== undefined;
  }

  /** The URL to play now: another one than before when the ticket was renewed meanwhile, for the old one is at its end. */
  freshUrl(): string {
    return this.#fresh === undefined ? (this.#url ?? '') : this.#take(this.#fresh);
  }

  /** Gets the audio anew, after the media element could not go on: a new ticket, or the next source that has it. */
  async renew(): Promise<string> {
    if (!this.#ticket) return (await this.open()).url;
    return this.#take((await this.#ticket.renew()).href);
  }

  /** The waveform, if there is one; that there is none never stands in the way of the sound. */
  async peaks(): Promise<Peaks | undefined> {
    return this.#options.client?.peaks(this.#options.sid, { signal: this.#scope.signal }).catch(() => undefined);
  }

  #take(url: string): string {
    this.#url = url;
    this.#fresh = undefined;
    return url;
  }

  async #fromGateway(client: PlayerClient | undefined): Promise<Found> {
    if (!client) throw misused('Neither a client, nor base-url, nor sources are set');
    const { sid } = this.#options;
    const signal = this.#scope.signal;
    const recording = await client.prepare(sid, { signal, onProgress: this.#onProgress });
    const ticket = await client.playbackUrl(sid, { signal, onRenewed: this.#onRenewed });
    this.#scope.own(() => ticket.close());
    this.#ticket = ticket;
    return { url: ticket.url.href, recording, refused: [] };
  }

  async #fromSources(sources: readonly Source[]): Promise<Found> {
    const signal = this.#scope.signal;
    const told = { onRenewed: this.#onRenewed, onProgress: this.#onProgress };
    const found = await playFrom(sources, this.#options.sid, { signal, ...told });
    this.#scope.own(() => found.release());
    this.#ticket = found.renew ? { renew: found.renew } : undefined;
    return { url: found.url.href, source: found.source, refused: found.refused };
  }

  readonly #onProgress = ({ try: step, tries, recording, phase }: Progress): void => {
    this.#options.onProgress(step, tries, recording !== undefined || phase === 'asking');
  };

  readonly #onRenewed = (url: URL): void => {
    // Kept until the old one is of no more use: changing the source in the middle would be heard.
    this.#fresh = url.href;
    this.#options.onOutdated();
  };
}

function misused(message: string): Error {
  return Object.assign(new Error(message), { code: 'misused' });
}
