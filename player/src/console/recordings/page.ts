import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { Recording } from '../../client/index.js';
import { Scope } from '../../element/scope.js';
import { asError, errorText } from '../errors.js';
import { NO_FILTER } from '../filter.js';
import { say } from '../messages.js';
import { hashOf, routeOf, type Route } from '../route.js';
import { fetchCode } from '../shell/code.js';
import { define } from '../shell/define.js';
import type { Shell } from '../shell/shell.js';
import { controls, tokens } from '../shell/styles.js';
import type { DeleteDialog } from './delete-dialog.js';
import { Listing } from './listing.js';
import { recordingsStyles } from './page-styles.js';
import type { RowAsks } from './row.js';
import { hearTenant } from './tenant-stream.js';
import { headView, tableView, type Later } from './table.js';

/** The tenant's recordings, or one of them: what the route says. */
export class RecordingsPage extends LitElement {
  static override styles = [tokens, controls, recordingsStyles];

  @property({ attribute: false }) shell!: Shell;
  @property({ attribute: false }) route: Route = routeOf('');
  @state() private isLive: boolean | undefined;
  @state() private opened: string | undefined;
  @state() private later: Later = 'loading';

  #scope = new Scope();
  #listing: Listing | undefined;
  #fresh: string | undefined;
  #shown = '';

  override connectedCallback(): void {
    super.connectedCallback();
    this.#scope = new Scope();
    this.#shown = '';
    this.#scope.own(() => this.#listing?.close());
    if (!this.hasUpdated) return;
    this.#hear();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#scope.close();
  }

  /** A recording that will come is to be shown as soon as it is there. */
  expect(sid: string): void {
    this.#fresh = sid;
    this.#listing?.expect(sid);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('shell');
    if (changed.has('shell') && before?.http !== this.shell.http) this.#hear();
    if (this.#shown !== hashOf(this.route)) this.#show();
  }

  protected override render(): TemplateResult {
    const { shell, route, isLive } = this;
    const listing = this.#listing;
    if (!listing) return html``;
    const list = { shell, listing, isOne: route.page === 'recording' };
    return html`${headView({ ...list, isLive })}
      ${
        route.page === 'recordings'
          ? html`<console-filters .locale=${shell.locale} .filter=${route.filter}></console-filters>`
          : nothing
      }
      ${tableView({
        ...list,
        opened: this.opened,
        fresh: this.#fresh,
        later: this.later,
        asks: this.#asks,
        copy: (text, what) => void this.#copy(text, what),
        isFiltered: hashOf(route) !== '#/recordings',
        turn: (to) => void this.#turn(to),
      })}
      <console-delete
        .shell=${shell}
        @console-deleted=${(event: CustomEvent<string>) => this.#onDeleted(event.detail)}
      ></console-delete>`;
  }

  #show(): void {
    const { route, shell } = this;
    this.#shown = hashOf(route);
    this.#listing?.close();
    const one = route.page === 'recording' ? route.sid : undefined;
    const filter = route.page === 'recordings' ? route.filter : NO_FILTER;
    this.#listing = new Listing(
      filter,
      async (query, signal) =>
        one === undefined
          ? shell.api.list(query, signal)
          : // One that was asked for by its SID is shown alone; none other is new to that.
            { recordings: [await shell.api.status(one, signal)] },
      () => this.requestUpdate(),
    );
    this.opened = one;
    const listing = this.#listing;
    // Whoever follows a link sooner than the recording arrives sees it arrive.
    if (one !== undefined) listing.expect(one);
    void listing.newest().then(() => {
      if (one !== undefined && listing === this.#listing) this.opened = listing.rows?.[0]?.recordingSid;
      if (!this.#scope.closed) void this.#load().catch(() => {});
    });
  }

  #hear(): void {
    const end = hearTenant(this.shell.http, {
      recording: (recording) => this.#listing?.hear(recording),
      refresh: () => void this.#listing?.refresh().catch(() => {}),
      live: (isLive) => (this.isLive = isLive),
      failed: ({ status }) => {
        this.isLive = false;
        if (status === 401) this.shell.signedOut();
      },
    });
    this.#scope.own(end);
  }

  /** The player comes when the list is there: before anybody has found what to play, and after what they look for. */
  async #load(): Promise<void> {
    if (typeof this.later === 'object') return;
    try {
      const later = await fetchCode(() => import('./later.js'));
      define('console-delete', later.DeleteDialog);
      this.later = later;
    } catch (error) {
      this.later = 'failed';
      throw error;
    }
  }

  readonly #asks: RowAsks = {
    toggle: (recording) => void this.#toggle(recording),
    prefetch: (recording) => void this.#prefetch(recording),
    download: (recording) => void this.#download(recording),
    delete: (recording) => void this.#ask(recording),
  };

  async #toggle({ recordingSid, state: now }: Recording): Promise<void> {
    const opens = this.opened !== recordingSid;
    this.opened = opens ? recordingSid : undefined;
    if (!opens || now === 'failed') return;
    await this.#load().catch(() => {});
    await this.updateComplete;
    this.renderRoot.querySelector('earshot-player')?.play();
  }

  async #prefetch({ recordingSid }: Recording): Promise<void> {
    await this.#attempt(async () => {
      await this.shell.api.prefetch(recordingSid);
      this.shell.notify(say(this.shell.locale, 'prefetched'));
    });
  }

  async #download({ recordingSid }: Recording): Promise<void> {
    await this.#attempt(async () => {
      const url = await this.shell.api.downloadUrl(recordingSid, this.#scope.signal);
      Object.assign(document.createElement('a'), { href: url.href, download: '' }).click();
    });
  }

  async #ask(recording: Recording): Promise<void> {
    await this.#attempt(async () => {
      await this.#load();
      await this.renderRoot.querySelector<DeleteDialog>('console-delete')?.ask(recording);
    });
  }

  async #copy(text: string, what: string): Promise<void> {
    const { locale, notify } = this.shell;
    try {
      await navigator.clipboard.writeText(text);
      notify(say(locale, 'copied', { what }));
    } catch {
      notify(say(locale, 'copyFailed'));
    }
  }

  /** Tells what went wrong with something that was only pressed. */
  async #attempt(task: () => Promise<void>): Promise<void> {
    try {
      await task();
    } catch (cause) {
      const error = asError(cause);
      // Whoever is signed out sees that already.
      if (error.code === 'aborted' || error.status === 401) return;
      const { title, hint, code } = errorText(this.shell.locale, error);
      this.shell.notify(`${title}. ${hint} ${code}`);
    }
  }

  async #turn(to: 'older' | 'newer' | 'newest' | 'again'): Promise<void> {
    this.opened = undefined;
    await this.#listing?.[to]();
    await this.updateComplete;
    // The button may be gone, and what follows is at the top.
    if (to !== 'again') this.#focusList();
  }

  #onDeleted(sid: string): void {
    if (this.opened === sid) this.opened = undefined;
    this.#listing?.hear({ recordingSid: sid, state: 'deleted' });
    this.shell.notify(say(this.shell.locale, 'wasDeleted'));
    void this.updateComplete.then(() => this.#focusList());
  }

  #focusList(): void {
    const heading = this.renderRoot.querySelector<HTMLElement>('h1');
    heading?.focus();
    heading?.scrollIntoView({ block: 'nearest' });
  }
}
