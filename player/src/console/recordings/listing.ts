import type { EarshotError, Recording } from '../../client/index.js';
import type { RecordingPage } from '../api.js';
import { matches, queryOf, type Filter } from '../filter.js';

export const PAGE_SIZE = 25;

/** Asks the gateway for a page. */
export type Lister = (query: URLSearchParams, signal: AbortSignal) => Promise<RecordingPage>;

/**
 * One page of the listing at a time, newest first, and what is heard of its recordings meanwhile. What is on the page never
 * jumps: states change in place, and recordings that are new are only counted until they are asked for.
 */
export class Listing {
  /** `undefined` before the first answer. */
  rows: readonly Recording[] | undefined;
  error: EarshotError | undefined;
  isLoading = false;
  /** New recordings that are not on the page. */
  readonly newcomers = new Set<string>();
  /** Where the pages so far begin; the last is the one shown, the first has none. */
  private starts: readonly (string | undefined)[] = [undefined];
  private next: string | undefined;
  /** Of the oldest recording on the first page: what is older and unknown is on another page, and not new. */
  private horizon: number | undefined;
  private expected: string | undefined;
  private loading: AbortController | undefined;
  private isStale = false;
  private readonly closing = new AbortController();

  constructor(
    private readonly filter: Filter,
    private readonly list: Lister,
    private readonly changed: () => void,
  ) {}

  get page(): number {
    return this.starts.length;
  }

  get hasOlder(): boolean {
    return this.next !== undefined;
  }

  get hasNewer(): boolean {
    return this.starts.length > 1;
  }

  /** Shows the first page, anew. */
  newest(): Promise<void> {
    return this.go([undefined]);
  }

  older(): Promise<void> {
    return this.next === undefined ? Promise.resolve() : this.go([...this.starts, this.next]);
  }

  newer(): Promise<void> {
    return this.hasNewer ? this.go(this.starts.slice(0, -1)) : Promise.resolve();
  }

  /** Asks for the same page again, as after an error. */
  again(): Promise<void> {
    return this.go(this.starts);
  }

  /** The next that is heard of this recording brings it onto the page: somebody waits for it. */
  expect(sid: string): void {
    this.expected = sid;
    if (this.newcomers.has(sid)) void this.newest();
  }

  /** What is on the page may be out of date. */
  async refresh(): Promise<void> {
    // What is being loaded may have been read before whatever was missed.
    this.isStale = this.loading !== undefined;
    if (this.isStale || !this.rows || this.closing.signal.aborted) return;
    const { recordings } = await this.list(this.query(this.starts), this.closing.signal);
    for (const recording of recordings) this.hear(recording);
  }

  /** Takes what came by push. */
  hear(recording: Recording): void {
    const { recordingSid: sid } = recording;
    if (this.rows?.some((row) => row.recordingSid === sid)) this.replace(recording);
    else if (!matches(this.filter, recording)) this.newcomers.delete(sid);
    else if (this.isNew(recording)) this.welcome(sid);
    else return;
    this.changed();
  }

  close(): void {
    this.closing.abort();
    this.loading?.abort();
  }

  private replace(recording: Recording): void {
    const { recordingSid: sid, state } = recording;
    // Of one that is gone the event has its SID alone; the row goes on saying which one it was.
    const update = (row: Recording): Recording =>
      row.recordingSid !== sid ? row : state === 'deleted' || state === 'unknown' ? { ...row, state } : recording;
    this.rows = this.rows?.map(update);
  }

  private isNew({ startedAt, recordingSid }: Recording): boolean {
    if (!this.rows || recordingSid === this.expected || this.newcomers.has(recordingSid)) return true;
    if (this.horizon === undefined) return true;
    return startedAt !== undefined && Date.parse(startedAt) > this.horizon;
  }

  private welcome(sid: string): void {
    this.newcomers.add(sid);
    // Nothing can jump on a page without rows, nor surprise who waits for exactly this one.
    if (sid === this.expected || (this.rows?.length === 0 && !this.hasNewer)) void this.newest();
  }

  private query(starts: readonly (string | undefined)[]): URLSearchParams {
    const query = queryOf(this.filter);
    query.set('limit', String(PAGE_SIZE));
    const start = starts.at(-1);
    if (start !== undefined) query.set('cursor', start);
    return query;
  }

  private async go(starts: readonly (string | undefined)[]): Promise<void> {
    this.loading?.abort();
    const loading = (this.loading = new AbortController());
    this.isLoading = true;
    this.error = undefined;
    this.changed();
    try {
      const page = await this.list(this.query(starts), loading.signal);
      if (loading.signal.aborted) return;
      this.show(starts, page);
    } catch (error) {
      if (loading.signal.aborted) return;
      this.error = error as EarshotError;
    }
    this.loading = undefined;
    this.isLoading = false;
    this.changed();
    // It says nothing of what fails: the page is there, and the next change or connect brings it up to date.
    if (this.isStale) void this.refresh().catch(() => {});
  }

  private show(starts: readonly (string | undefined)[], { recordings, cursor }: RecordingPage): void {
    this.starts = starts;
    this.rows = recordings;
    this.next = cursor;
    for (const { recordingSid } of recordings) {
      this.newcomers.delete(recordingSid);
      if (recordingSid === this.expected) this.expected = undefined;
    }
    if (starts.length > 1) return;
    this.newcomers.clear();
    const oldest = cursor === undefined ? undefined : recordings.at(-1)?.startedAt;
    this.horizon = oldest === undefined ? undefined : Date.parse(oldest);
  }
}
