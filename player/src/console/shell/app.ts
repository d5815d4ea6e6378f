import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { EarshotClient, type EarshotError } from '../../client/index.js';
import { Http } from '../../client/http.js';
import { Scope } from '../../element/scope.js';
import { Api } from '../api.js';
import { asError } from '../errors.js';
import { FailuresPage } from '../failures/page.js';
import { locales, say } from '../messages.js';
import { RecordingsPage } from '../recordings/page.js';
import { firstHash, hashOf, routeOf, type Route } from '../route.js';
import { rightsOf, type Session } from '../session.js';
import { StoragePage } from '../storage/page.js';
import { appStyles } from './app-styles.js';
import { bannerView, headerView } from './header.js';
import { controls, tokens } from './styles.js';
import { applyPreferences, keepPreferences, readPreferences, type Preferences } from './preferences.js';
import type { Shell } from './shell.js';
import { errorView, loadingView } from './views.js';

/** How long a notice stays to be seen. */
const NOTICE_MILLIS = 6000;

/** The console: signs in by the gateway's cookie, and shows the page that the address names. */
export class ConsoleApp extends LitElement {
  static override styles = [tokens, controls, appStyles];

  @state() private session: Session | undefined;
  @state() private error: EarshotError | undefined;
  @state() private isSignedOut = false;
  @state() private route: Route = routeOf('');
  @state() private preferences: Preferences = readPreferences();
  @state() private notice = '';

  #scope = new Scope();
  #unnotice: (() => void) | undefined;
  #http: Http | undefined;
  #api: Api | undefined;
  #client: EarshotClient | undefined;
  #shell: Shell | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    const scope = (this.#scope = new Scope());
    // The console lies one level below the gateway, wherever a proxy puts that.
    const baseUrl = new URL('..', document.baseURI);
    this.#http = new Http({ baseUrl }, scope.signal);
    this.#api = new Api(this.#http, () => (this.isSignedOut = true));
    const client = (this.#client = new EarshotClient({ baseUrl }));
    scope.own(() => client.close());
    scope.listen(window, 'hashchange', () => this.#go(routeOf(location.hash)));
    scope.listen<CustomEvent<{ code: string }>>(this, 'earshot-error', ({ detail }) => {
      if (detail.code === 'unauthenticated') this.isSignedOut = true;
    });
    this.route = routeOf(firstHash(location.href));
    void this.#load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#scope.close();
  }

  protected override willUpdate(): void {
    const locale = applyPreferences(this.preferences);
    document.title = `${say(locale, this.#pageName())} · Earshot`;
    const { session } = this;
    if (!session || !this.#api || !this.#http || !this.#client) return;
    if (this.#shell?.session === session && this.#shell.locale === locale) return;
    this.#shell = {
      api: this.#api,
      http: this.#http,
      client: this.#client,
      session,
      rights: rightsOf(session),
      locale,
      notify: (text) => this.#notify(text),
      signedOut: () => (this.isSignedOut = true),
    };
  }

  protected override render(): TemplateResult {
    const locale = locales.find(this.preferences.lang);
    return html`<a class="skip" href="#content" @click=${(event: Event) => this.#skip(event)}>${say(locale, 'skip')}</a>
      ${headerView({
        locale,
        shell: this.#shell,
        route: this.route,
        preferences: this.preferences,
        choose: (preferences) => this.#choose(preferences),
        called: (sid) => this.#called(sid),
      })}
      ${this.isSignedOut ? bannerView(locale) : nothing}
      <main id="content" tabindex="-1">${this.#content()}</main>
      <div class="notice" role="status">${this.notice ? html`<p>${this.notice}</p>` : nothing}</div>`;
  }

  #content(): TemplateResult | typeof nothing {
    const { route } = this;
    const shell = this.#shell;
    if (!shell) {
      const locale = locales.find(this.preferences.lang);
      if (this.isSignedOut) return nothing;
      if (!this.error) return loadingView(locale);
      return errorView(locale, this.error, () => void this.#load());
    }
    if (route.page === 'failures')
      return html`<console-failures .shell=${shell} .tenant=${route.tenant}></console-failures>`;
    if (route.page === 'storage')
      return html`<console-storage .shell=${shell} .tenant=${route.tenant}></console-storage>`;
    return html`<console-recordings .shell=${shell} .route=${route}></console-recordings>`;
  }

  #pageName(): 'recordings' | 'failures' | 'storage' {
    return this.route.page === 'recording' ? 'recordings' : this.route.page;
  }

  async #load(): Promise<void> {
    this.error = undefined;
    try {
      const session = await this.#api?.session(this.#scope.signal);
      if (!this.#scope.closed) this.session = session;
    } catch (error) {
      this.error = asError(error);
    }
  }

  #go(route: Route): void {
    const isElsewhere = route.page !== this.route.page;
    this.route = route;
    // As on a page that was loaded: the focus is at the beginning of what is new, and a screen reader says so.
    if (isElsewhere) void this.updateComplete.then(() => this.#main?.focus());
  }

  get #main(): HTMLElement | null {
    return this.renderRoot.querySelector('main');
  }

  #skip(event: Event): void {
    // The fragment of the address says which page it is.
    event.preventDefault();
    this.#main?.focus();
  }

  #choose(preferences: Preferences): void {
    this.preferences = preferences;
    keepPreferences(preferences);
  }

  /** A simulated call was placed: its recording is waited for where new ones appear. */
  async #called(sid: string): Promise<void> {
    if (this.route.page !== 'recordings') location.hash = hashOf(routeOf(''));
    this.route = routeOf(location.hash);
    await this.updateComplete;
    const page = this.renderRoot.querySelector<RecordingsPage>('console-recordings');
    page?.expect(sid);
  }

  #notify(text: string): void {
    // The same words again would be no change, and so not be told.
    this.notice = text === this.notice ? `${text}\u00a0` : text;
    this.#unnotice?.();
    this.#unnotice = this.#scope.timeout(() => (this.notice = ''), NOTICE_MILLIS);
  }
}

for (const [name, page] of Object.entries({
  'console-recordings': RecordingsPage,
  'console-failures': FailuresPage,
  'console-storage': StoragePage,
})) {
  customElements.define(name, page);
}
