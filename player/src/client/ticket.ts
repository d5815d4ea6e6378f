import { EarshotError } from './errors.js';
import { Http } from './http.js';
import { sleep } from './retry.js';
import type { PlaybackUrl } from './types.js';

/** No ticket of a gateway lives for less than 5 minutes: a clock that says so is wrong, and must not make us ask for ever. */
const SOONEST_MS = 10_000;
/** How long before its end a ticket is renewed: enough for a request that comes through at its third try. */
const MARGIN_MS = 60_000;

/** A ticket as it was issued. */
export interface Issued {
  url: URL;
  expiresAt: Date;
  /** How long it is good for from now on. By the server's clock alone where it tells the time: a listener's may be off. */
  lifetimeMs: number;
}

/** When to renew a ticket that is good for so long, from now on in milliseconds. */
export function renewInMs(lifetimeMs: number): number {
  return Math.max(SOONEST_MS, lifetimeMs - Math.min(MARGIN_MS, lifetimeMs / 4));
}

/** Gets one. @throws EarshotError */
export function issue(http: Http, sid: string, signal: AbortSignal | undefined): Promise<Issued> {
  return http.send(Http.path(sid, '/playback-ticket'), { method: 'POST', signal }, async (response) => {
    const { url, expiresAt } = (await response.json()) as { url?: string; expiresAt?: string };
    const ends = Date.parse(expiresAt ?? '');
    if (!url || !URL.canParse(url) || Number.isNaN(ends)) throw new EarshotError('bad-answer', 'Not a ticket');
    const now = Date.parse(response.headers.get('Date') ?? '');
    return { url: new URL(url), expiresAt: new Date(ends), lifetimeMs: ends - (Number.isNaN(now) ? Date.now() : now) };
  });
}

/** Gets a URL for a file, good for as long as a ticket is. @throws EarshotError */
export async function issueDownload(http: Http, sid: string, signal: AbortSignal | undefined): Promise<URL> {
  const { url } = await issue(http, sid, signal);
  // The ticket of a recording opens both of its routes (README, "Tickets").
  url.pathname = url.pathname.replace(/\/stream$/, '/download');
  return url;
}

/** A playback URL that stays good for as long as it is not closed. */
export class RenewedUrl implements PlaybackUrl {
  private readonly closing = new AbortController();
  private readonly ended: AbortSignal;
  private renewal: Promise<URL> | undefined;

  /**
   * @param ending ends it from outside
   * @param get one more ticket
   * @param renewed is told of each
   * @param failed is told when one could not be had; asked again only if that may pass
   */
  constructor(
    private current: Issued,
    ending: AbortSignal,
    private readonly get: (signal: AbortSignal) => Promise<Issued>,
    private readonly renewed: (url: URL, expiresAt: Date) => void,
    private readonly failed: (error: EarshotError) => void,
  ) {
    this.ended = AbortSignal.any([ending, this.closing.signal]);
    // Ends by `aborted`, which is nobody's failure.
    void this.keep().catch(() => {});
  }

  get url(): URL {
    return this.current.url;
  }

  get expiresAt(): Date {
    return this.current.expiresAt;
  }

  /** Whoever asks meanwhile gets the same one. */
  renew(): Promise<URL> {
    this.renewal ??= this.fetch().finally(() => (this.renewal = undefined));
    return this.renewal;
  }

  close(): void {
    this.closing.abort();
  }

  private async fetch(): Promise<URL> {
    const issued = await this.get(this.ended);
    this.current = issued;
    this.renewed(issued.url, issued.expiresAt);
    return issued.url;
  }

  private async keep(): Promise<void> {
    let wait = renewInMs(this.current.lifetimeMs);
    for (;;) {
      const before = this.current;
      await sleep(wait, this.ended);
      if (this.current !== before) {
        // The player was sooner; that one counts from now, which is late by less than the margin allows for.
        wait = renewInMs(this.current.expiresAt.getTime() - Date.now());
        continue;
      }
      try {
        await this.renew();
        wait = renewInMs(this.current.lifetimeMs);
      } catch (error) {
        const fault = error as EarshotError;
        if (this.ended.aborted) return;
        this.failed(fault);
        if (!fault.retryable) return;
        wait = Math.max(SOONEST_MS, fault.retryAfterMs ?? 0);
      }
    }
  }
}
