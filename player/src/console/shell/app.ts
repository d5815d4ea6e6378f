import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { EarshotError } from '../../client/index.js';
import { Http } from '../../client/http.js';
import { Scope } from '../../element/scope.js';
import { Api } from '../api.js';
import { asError } from '../errors.js';
import { en, type ConsoleLocale } from '../locales/en.js';
import { languages, say } from '../messages.js';
import type { RecordingsPage } from '../recordings/page.js';
import { hashOf, routeOf, type Route } from '../route.js';
import { rightsOf, type Session } from '../session.js';
import { enter, leaveLink } from './address.js';
import { appStyles } from './app-styles.js';
import { fetchCode } from './code.js';
import { define } from './define.js';
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
  /** Of the preferences, as soon as its words are here; nothing is shown before the first. */
  @state() private locale: ConsoleLocale | undefined;
  @state() private notice = '';

  #scope = new Scope();
  #unnotice: (() => void) | undefined;
  #http: Http | undefined;
  #api: Api | undefined;
  #baseUrl = '';
  #shell: Shell | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    const scope = (this.#scope = new Scope());
    // The console lies one level below the gateway, wherever a proxy puts that.
    this.#baseUrl = new URL('..', document.baseURI).href;
    this.#http = new Http({ baseUrl: this.#baseUrl }, scope.signal);
    this.#api = new Api(this.#http, (isThere) => (this.isSignedOut = !isThere));
    scope.listen(window, 'hashchange', () => {
      leaveLink();
      this.#go(routeOf(location.hash));
    });
    scope.listen<CustomEvent<{ code: string }>>(this, 'earshot-error', ({ detail }) => {
      if (detail.code === 'unauthenticated') this.isSignedOut = true;
    });
    this.#go(routeOf(enter()));
    void this.#speak();
    void this.#load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#scope.close();
  }

  protected override willUpdate(): void {
    const { locale } = this;
    if (!locale) return;
    applyPreferences(locale, this.preferences.theme);
    document.title = `${say(locale, this.#pageName())} · Earshot`;
    const { session } = this;
    if (!session || !this.#api || !this.#http) return;
    if (this.#shell?.session === session && this.#shell.locale === locale) return;
    this.#shell = {
      api: this.#api,
      http: this.#http,
      baseUrl: this.#baseUrl,
      session,
      rights: rightsOf(session),
      locale,
      notify: (text) => this.#notify(text),
      signedOut: () => (this.isSignedOut = true),
    };
  }

  protected override render(): TemplateResult {
    const { locale } = this;
    if (!locale) return html``;
    return html`${headerView({
        locale,
        shell: this.#shell,
        route: this.route,
        preferences: this.preferences,
        choose: (preferences) => this.#choose(preferences),
        called: (sid) => this.#called(sid),
        skip: () => this.#main?.focus(),
      })}
      ${this.isSignedOut ? bannerView(locale) : nothing}
      <main id="content" tabindex="-1">${this.#content(locale)}</main>
      <div class="notice" role="status">${this.notice ? html`<p>${this.notice}</p>` : nothing}</div>`;
  }

  #content(locale: ConsoleLocale): TemplateResult | typeof nothing {
    const { route } = this;
    const shell = this.#shell;
    if (!shell) {
      if (this.isSignedOut) return nothing;
      if (!this.error) return loadingView(locale);
      return errorView(locale, this.error, () => void this.#load());
    }
    if (this.error) return errorView(locale, this.error, () => location.reload());
    // What is inside is seen until the page's code is here.
    if (route.page === 'failures')
      return html`<console-failures .shell=${shell} .tenant=${route.tenant}>${loadingView(locale)}</console-failures>`;
    if (route.page === 'storage')
      return html`<console-storage .shell=${shell} .tenant=${route.tenant}>${loadingView(locale)}</console-storage>`;
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
      if (session?.simulatorUrl) void this.#fetchSimulate().catch(() => {});
    } catch (error) {
      this.error = asError(error);
    }
  }

  #go(route: Route): void {
    const isElsewhere = route.page !== this.route.page;
    this.route = route;
    if (route.page === 'failures' || route.page === 'storage') void this.#fetchPage(route.page);
    if (!this.hasUpdated) return;
    // As on a page that was loaded: the focus is at the beginning of what is new, and a screen reader says so.
    if (isElsewhere) void this.updateComplete.then(() => this.#main?.focus());
  }

  /** Administrators alone have these pages, so the others need not load them. */
  async #fetchPage(page: 'failures' | 'storage'): Promise<void> {
    try {
      if (page === 'failures') {
        const { FailuresPage } = await fetchCode(() => import('../failures/page.js'));
        define('console-failures', FailuresPage);
      } else {
        const { StoragePage } = await fetchCode(() => import('../storage/page.js'));
        define('console-storage', StoragePage);
      }
    } catch (error) {
      this.error = asError(error);
    }
  }

  /** Where calls can be simulated, which is on a developer's machine alone. */
  async #fetchSimulate(): Promise<void> {
    const { SimulateButton } = await fetchCode(() => import('../recordings/later.js'));
    define('console-simulate', SimulateButton);
  }

  async #speak(): Promise<void> {
    const { lang } = this.preferences;
    // A language that cannot be loaded leaves the one that is there, or English.
    const locale = await languages
      .find(lang)
      .load()
      .catch(() => this.locale ?? en);
    if (lang === this.preferences.lang) this.locale = locale;
  }

  get #main(): HTMLElement | null {
    return this.renderRoot.querySelector('main');
  }

  #choose(preferences: Preferences): void {
    this.preferences = preferences;
    keepPreferences(preferences);
    void this.#speak();
  }

  /** A simulated call was placed: its recording is waited for where new ones appear. */
  async #called(sid: string): Promise<void> {
    // Without conditions, which it might not fulfil.
    const list = routeOf('');
    if (hashOf(this.route) !== hashOf(list)) location.hash = hashOf(list);
    this.route = list;
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
