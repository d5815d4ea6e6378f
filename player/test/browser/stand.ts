import type { Browser, BrowserContext, Page } from 'playwright-core';
import { startChromium } from '../../scripts/chromium.mjs';
import type { census } from '../../src/element/scope.js';
import { Gateway } from './gateway.js';
import { SITE } from './site.js';

/** What a page is told of a player to put up. */
export interface Put {
  readonly sid: string;
  readonly lang?: string;
  readonly heading?: string;
  /** Tries that follow each other at once, for tests of what comes after the last. */
  readonly impatient?: boolean;
}

/** A browser and a gateway, for the tests of one file. */
export class Stand {
  readonly gateway: Gateway;
  #browser: Browser | undefined;
  context!: BrowserContext;
  page!: Page;
  /** Errors that nobody caught in the page. */
  errors: string[] = [];

  constructor(site = SITE) {
    this.gateway = new Gateway(site);
  }

  async open(): Promise<void> {
    await this.gateway.start();
    this.#browser = await startChromium();
  }

  async close(): Promise<void> {
    await this.#browser?.close();
    await this.gateway.stop();
  }

  /** A new visit: an empty page, and nothing remembered. */
  async visit(query = ''): Promise<Page> {
    if (!this.#browser) throw new Error('Not open');
    this.errors = [];
    this.context = await this.#browser.newContext({ viewport: { width: 800, height: 600 } });
    this.page = await this.context.newPage();
    this.page.setDefaultTimeout(60_000);
    this.page.on('pageerror', (error) => this.errors.push(String(error)));
    await this.page.addInitScript(watchPage);
    await this.page.goto(`${this.gateway.origin}/?show=none${query}`);
    return this.page;
  }

  /** Puts a player on the page. */
  async put(put: Put): Promise<void> {
    await this.page.evaluate(({ sid, lang, heading, impatient }) => {
      const player = document.createElement('earshot-player');
      player.sid = sid;
      player.id = sid;
      player.heading = heading ?? '';
      if (lang) player.lang = lang;
      if (impatient) {
        const retry = { delaysMs: [10, 10], honourRetryAfter: false, jitter: 0 };
        player.client = new window.earshot.EarshotClient({ baseUrl: location.origin, retry, waitSeconds: 0 });
      } else player.baseUrl = location.origin;
      document.querySelector('main')?.append(player);
    }, put);
    await this.page.waitForFunction((id) => document.getElementById(id)?.shadowRoot?.querySelector('.bar'), put.sid);
  }

  player(sid: string) {
    return this.page.locator(`#${sid}`);
  }

  press(sid: string) {
    return this.player(sid).locator('earshot-play-button').click();
  }

  /** Waits until a player is in a state. */
  async reaches(sid: string, state: string): Promise<void> {
    await this.page.waitForFunction(
      ([id, wanted]) => document.querySelector<HTMLElementTagNameMap['earshot-player']>(`#${id}`)?.state === wanted,
      [sid, state] as const,
    );
  }

  /** Waits until a player is past a second, and before another. */
  async isBetween(sid: string, from: number, to = Infinity): Promise<void> {
    await this.page.waitForFunction(
      ([id, least, most]) => {
        const now = document.querySelector<HTMLElementTagNameMap['earshot-player']>(`#${id}`)?.currentTime ?? -1;
        return now >= least && now <= (most ?? Infinity);
      },
      [sid, from, Number.isFinite(to) ? to : null] as const,
    );
  }

  seek(sid: string, seconds: number): Promise<void> {
    return this.page.evaluate(
      ([id, to]) => document.querySelector<HTMLElementTagNameMap['earshot-player']>(`#${id}`)?.seek(to),
      [sid, seconds] as const,
    );
  }

  /** Something of the media element inside. */
  media<Key extends keyof HTMLAudioElement>(sid: string, key: Key): Promise<HTMLAudioElement[Key]> {
    return this.page.evaluate(
      ([id, name]) => document.getElementById(id)?.shadowRoot?.querySelector('audio')?.[name as never],
      [sid, key] as const,
    ) as Promise<HTMLAudioElement[Key]>;
  }
}

declare global {
  interface Window {
    /** What the scopes of the page hold. */
    census: typeof census;
    /** What is still to come in this page: timers and animation frames, whoever set them. */
    pending: Set<unknown>;
    /** What goes to the loudspeaker, by the order of connecting. */
    taps: { loudest: number }[];
  }
}

/** Runs in the page before anything else: counts what is pending, and listens in on what goes to the loudspeaker. */
function watchPage(): void {
  window.pending = new Set();
  window.taps = [];
  const later = window.setTimeout.bind(window);
  const never = window.clearTimeout.bind(window);
  window.setTimeout = ((task: () => void, millis?: number) => {
    const id: number = later(() => {
      window.pending.delete(`t${id}`);
      task();
    }, millis);
    window.pending.add(`t${id}`);
    return id;
  }) as typeof window.setTimeout;
  window.clearTimeout = (id) => {
    window.pending.delete(`t${id}`);
    never(id);
  };
  const frame = window.requestAnimationFrame.bind(window);
  const noFrame = window.cancelAnimationFrame.bind(window);
  window.requestAnimationFrame = (task) => {
    const id = frame((now) => {
      window.pending.delete(`f${id}`);
      task(now);
    });
    window.pending.add(`f${id}`);
    return id;
  };
  window.cancelAnimationFrame = (id) => {
    window.pending.delete(`f${id}`);
    noFrame(id);
  };
  const connect = AudioNode.prototype.connect as (this: AudioNode, ...rest: unknown[]) => AudioNode;
  AudioNode.prototype.connect = function (this: AudioNode, ...rest: unknown[]) {
    if (rest[0] instanceof AudioDestinationNode) {
      const analyser = this.context.createAnalyser();
      connect.call(this, analyser);
      const tap = { loudest: 0 };
      window.taps.push(tap);
      const samples = new Float32Array(analyser.fftSize);
      setInterval(() => {
        analyser.getFloatTimeDomainData(samples);
        tap.loudest = Math.max(tap.loudest, ...samples.map(Math.abs));
      }, 20);
    }
    return connect.apply(this, rest);
  } as typeof AudioNode.prototype.connect;
}
