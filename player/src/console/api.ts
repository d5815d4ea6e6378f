import type { EarshotError, Recording } from '../client/index.js';
import { Http, type Request } from '../client/http.js';
import { issueDownload } from '../client/ticket.js';
import type { Session } from './session.js';

/** A page of the listing. */
export interface RecordingPage {
  readonly recordings: readonly Recording[];
  /** Where the next page begins; absent on the last. */
  readonly cursor?: string;
}

/** Failed recordings of one reason. */
export interface FailureGroup {
  readonly reason: string;
  readonly count: number;
  /** Trying again is not expected to help. */
  readonly final: boolean;
  readonly oldest?: string;
  readonly newest?: string;
  /** Those that will be tried again by themselves. */
  readonly retrying?: number;
}

export interface Failures {
  readonly total: number;
  readonly reasons: readonly FailureGroup[];
}

/** Which failed recordings are to be fetched again. */
export interface RedriveWanted {
  readonly reason: string;
  readonly includeFinal: boolean;
  readonly tenant: string;
  readonly dryRun: boolean;
}

export interface Redriven {
  readonly matched: number;
  readonly redriven: number;
  readonly limit: number;
}

/** What was stored on a day (UTC) and still is. */
export interface StorageDay {
  readonly date: string;
  readonly recordings: number;
  readonly bytes: number;
}

export interface Storage {
  readonly recordings: number;
  readonly bytes: number;
  readonly states: Readonly<Record<string, number>>;
  readonly days: readonly StorageDay[];
}

/**
 * What the console asks beside its players: lists, sessions, deletions and the admin routes. Signed in by the cookie, over the
 * client's own way to the gateway.
 */
export class Api {
  constructor(
    private readonly http: Http,
    /** Told by every answer that says it. */
    private readonly onSession: (isThere: boolean) => void,
  ) {}

  session(signal: AbortSignal): Promise<Session> {
    return this.json<Session>('/console/session', { signal });
  }

  async list(query: URLSearchParams, signal: AbortSignal): Promise<RecordingPage> {
    const page = await this.json<{ recordings: Recording[]; next?: string }>(`/api/recordings?${query}`, { signal });
    // The link repeats the conditions; its cursor alone is what is not known here.
    const cursor = page.next === undefined ? null : new URL(page.next, 'http://_').searchParams.get('cursor');
    return { recordings: page.recordings, ...(cursor === null ? {} : { cursor }) };
  }

  status(sid: string, signal: AbortSignal): Promise<Recording> {
    return this.json<Recording>(Http.path(sid), { signal });
  }

  /** A URL for a plain link: the browser writes to the disk itself. */
  downloadUrl(sid: string, signal: AbortSignal): Promise<URL> {
    return this.watch(issueDownload(this.http, sid, signal));
  }

  prefetch(sid: string): Promise<void> {
    return this.send(Http.path(sid, '/prefetch'), { method: 'POST' }, () => undefined);
  }

  remove(sid: string): Promise<void> {
    return this.send(Http.path(sid), { method: 'DELETE' }, () => undefined);
  }

  failures(tenant: string, signal: AbortSignal): Promise<Failures> {
    return this.json<Failures>(`/api/admin/failures${queryFor(tenant)}`, { signal });
  }

  redrive(wanted: RedriveWanted, signal?: AbortSignal): Promise<Redriven> {
    const { tenant, ...asked } = wanted;
    const body = new Blob([JSON.stringify(tenant ? { ...asked, tenant } : asked)], { type: 'application/json' });
    return this.json<Redriven>('/api/admin/redrive', { method: 'POST', body, signal });
  }

  storage(tenant: string, days: number, signal: AbortSignal): Promise<Storage> {
    return this.json<Storage>(`/api/admin/storage${queryFor(tenant, { days: String(days) })}`, { signal });
  }

  private json<T>(path: string, request: Request): Promise<T> {
    return this.send(path, request, async (response) => (await response.json()) as T);
  }

  private send<T>(path: string, request: Request, read: (response: Response) => T | Promise<T>): Promise<T> {
    return this.watch(this.http.send(path, request, read));
  }

  private async watch<T>(answer: Promise<T>): Promise<T> {
    try {
      const given = await answer;
      this.onSession(true);
      return given;
    } catch (error) {
      if ((error as EarshotError).status === 401) this.onSession(false);
      throw error;
    }
  }
}

function queryFor(tenant: string, others: Record<string, string> = {}): string {
  const query = new URLSearchParams({ ...(tenant ? { tenant } : {}), ...others });
  return query.size === 0 ? '' : `?${query}`;
}
