import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { startChromium } from '../../scripts/chromium.mjs';
import { ConsoleGateway } from './console-gateway.js';
import { CONSOLE_SITE } from './site.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export interface Visit {
  readonly lang?: 'en' | 'he';
  readonly theme?: 'light' | 'dark';
}

/** A browser and a gateway with a console, for the tests of one file. */
export class ConsoleStand {
  readonly gateway = new ConsoleGateway(CONSOLE_SITE);
  #browser: Browser | undefined;
  context!: BrowserContext;
  page!: Page;
  /** Errors that nobody caught, and what the policy refused. */
  errors: string[] = [];

  async open(): Promise<void> {
    await this.gateway.start();
    this.#browser = await startChromium();
  }

  async close(): Promise<void> {
    await this.#browser?.close();
    await this.gateway.stop();
  }

  /** A new visit, with nothing remembered but the language and the colours. */
  async visit(hash = '', { lang = 'en', theme = 'light' }: Visit = {}): Promise<Page> {
    if (!this.#browser) throw new Error('Not open');
    this.errors = [];
    this.context = await this.#browser.newContext({
      viewport: { width: 1180, height: 820 },
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    this.page = await this.context.newPage();
    this.page.setDefaultTimeout(60_000);
    this.page.on('pageerror', (error) => this.errors.push(String(error)));
    this.page.on('console', (message) => {
      if (/Content Security Policy|No style sheet found/.test(message.text())) this.errors.push(message.text());
    });
    await this.page.addInitScript(
      (kept) => {
        if (!localStorage.getItem('earshot.console')) localStorage.setItem('earshot.console', JSON.stringify(kept));
        window.violations = [];
        document.addEventListener('securitypolicyviolation', (event) =>
          window.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`),
        );
      },
      { lang, theme },
    );
    await this.page.goto(`${this.gateway.origin}/console/${hash}`);
    return this.page;
  }

  /** Ends a visit, in which nothing may have gone wrong that nobody saw. */
  async leave(): Promise<string[]> {
    const violations = await this.page.evaluate(() => window.violations);
    await this.context.close();
    return [...this.errors, ...violations];
  }

  rows() {
    return this.page.locator('tr.row');
  }

  /** Waits until the page hears of changes. */
  async heard(): Promise<void> {
    await this.page.locator('.live[data-live=true]').waitFor();
  }

  /** What axe finds, by all of its rules or by one. */
  async axe(rule?: string): Promise<string[]> {
    // The policy lets no text become a script; the protocol of the browser is above it.
    await this.page.evaluate(axe);
    return this.page.evaluate(async (only) => {
      const { axe } = window as unknown as { axe: { run(where: Document, options: unknown): Promise<AxeResults> } };
      const found = await axe.run(document, only ? { runOnly: only } : {});
      return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
    }, rule);
  }

  /** Waits until the player that is open is in a state. */
  async plays(state = 'playing'): Promise<void> {
    await this.page.waitForFunction((wanted) => {
      const page = document.querySelector('earshot-console')?.shadowRoot?.querySelector('console-recordings');
      return page?.shadowRoot?.querySelector('earshot-player')?.state === wanted;
    }, state);
  }
}

declare global {
  interface Window {
    /** What the policy of the page refused. */
    violations: string[];
  }
}
