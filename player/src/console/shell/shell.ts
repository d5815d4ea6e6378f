import type { Http } from '../../client/http.js';
import type { Api } from '../api.js';
import type { ConsoleLocale } from '../locales/en.js';
import type { Rights, Session } from '../session.js';

/** What every page of the console has around it. A new one is made when the language changes. */
export interface Shell {
  readonly api: Api;
  readonly http: Http;
  /** Where the gateway is; the players share one connection to it. */
  readonly baseUrl: string;
  readonly session: Session;
  readonly rights: Rights;
  readonly locale: ConsoleLocale;
  /** Says something for a while, to be seen and to be heard. */
  notify(text: string): void;
  /** The gateway does not know the cookie any more. */
  signedOut(): void;
}
