import type { Peaks, Recording } from '../client/index.js';
import type { Source } from '../offline/index.js';
import type { Scope } from './scope.js';
import type { PlayerClient, Ticket } from './seam.js';
import { playFrom } from '../offline/index.js';

/** Where the audio of a recording is to be had. */
export interface PlaybackOptions {
  readonly sid: string;
  readonly client: PlayerClient | undefined;
  readonly sources: readonly Source[] | undefined;
  readonly onProgress: (tryNumber: number, tries: number) => void;
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
  #ticket: Ticket | undefined;
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

  /** The URL to play now: another one than before when the ticket has run out, or is about to. */
  async freshUrl(): Promise<string> {
    if (!this.#ticket || !this.#url || this.#ticket.expiresAt.getTime() > Date.now() + 2_000) return this.#url ?? '';
    return this.#fresh !== undefined && this.#fresh !== this.#url ? this.#take(this.#fresh) : this.renew();
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
    const { sid, onProgress } = this.#options;
    const signal = this.#scope.signal;
    const recording = await client.prepare(sid, {
      signal,
      onProgress: (progress) => onProgress(progress.try, progress.tries),
    });
    const onRenewed = (url: URL) => {
      // Kept until the old one is of no more use: changing the source in the middle would be heard.
      this.#fresh = url.href;
    };
    const ticket = await client.playbackUrl(sid, { signal, onRenewed });
    this.#scope.own(() => ticket.close());
    this.#ticket = ticket;
    return { url: ticket.url.href, recording, refused: [] };
  }

  async #fromSources(sources: readonly Source[]): Promise<Found> {
    const found = await playFrom(sources, this.#options.sid, { signal: this.#scope.signal });
    this.#scope.own(() => found.release());
    return { url: String(found.url), source: found.source, refused: found.refused };
  }
}

function misused(message: string): Error {
  return Object.assign(new Error(message), { code: 'misused' });
}
