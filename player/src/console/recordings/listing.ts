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
  /** Those on the pages since the first was shown: however new they are, they were there. */
  private readonly seen = new Set<string>();
  private expected: string | undefined;
  private loading: AbortController | undefined;
  private refreshing: AbortController | undefined;
  /** The newest that was heard of each recording while an answer was on its way, which may be older. */
  private readonly meanwhile = new Map<string, Recording>();
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

  /** The next that is heard of this recording, or of this call, brings it onto the page: somebody waits for it. */
  expect(sid: string): void {
    this.expected = sid;
    if (this.newcomers.has(sid)) void this.newest();
  }

  /** What is on the page may be out of date. */
  async refresh(): Promise<void> {
    // What is being loaded may have been read before whatever was missed.
    this.isStale = this.loading !== undefined;
    if (this.isStale || !this.rows || this.closing.signal.aborted) return;
    this.refreshing?.abort();
    const refreshing = (this.refreshing = new AbortController());
    this.meanwhile.clear();
    try {
      const { recordings } = await this.list(this.query(this.starts), refreshing.signal);
      for (const recording of recordings) {
        // The page was turned: this is about another one.
        if (refreshing.signal.aborted) return;
        this.take(this.meanwhile.get(recording.recordingSid) ?? recording);
      }
    } finally {
      if (this.refreshing === refreshing) this.refreshing = undefined;
    }
  }

  /** Takes what came by push. */
  hear(recording: Recording): void {
    if (this.loading || this.refreshing) this.meanwhile.set(recording.recordingSid, recording);
    this.take(recording);
  }

  close(): void {
    this.closing.abort();
    this.loading?.abort();
    this.refreshing?.abort();
  }

  private take(recording: Recording): void {
    const { recordingSid: sid } = recording;
    if (this.rows?.some((row) => row.recordingSid === sid)) this.replace(recording);
    else if (!matches(this.filter, recording)) this.newcomers.delete(sid);
    else if (this.isNew(recording)) this.welcome(recording);
    else return;
    this.changed();
  }

  private replace(recording: Recording): void {
    const { recordingSid: sid, state } = recording;
    // Of one that is gone the event has its SID alone; the row goes on saying which one it was.
    const update = (row: Recording): Recording =>
      row.recordingSid !== sid ? row : state === 'deleted' || state === 'unknown' ? { ...row, state } : recording;
    this.rows = this.rows?.map(update);
  }

  private isNew(recording: Recording): boolean {
    const { startedAt, recordingSid } = recording;
    if (!this.rows || this.isExpected(recording) || this.newcomers.has(recordingSid)) return true;
    if (this.seen.has(recordingSid)) return false;
    if (this.horizon === undefined) return true;
    return startedAt !== undefined && Date.parse(startedAt) > this.horizon;
  }

  private isExpected({ recordingSid, callSid }: Recording): boolean {
    return this.expected !== undefined && (recordingSid === this.expected || callSid === this.expected);
  }

  private welcome(recording: Recording): void {
    this.newcomers.add(recording.recordingSid);
    // Nothing can jump on a page without rows, nor surprise who waits for exactly this one.
    if (this.isExpected(recording) || (this.rows?.length === 0 && !this.hasNewer)) void this.newest();
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
    // Its answer would be about the page before; if this one cannot be had, that has to be asked again.
    this.isStale ||= this.refreshing !== undefined;
    this.refreshing?.abort();
    this.meanwhile.clear();
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
    const heard = [...this.meanwhile.values()];
    this.meanwhile.clear();
    for (const recording of heard) this.hear(recording);
    // It says nothing of what fails: the page is there, and the next change or connect brings it up to date.
    if (this.isStale) void this.refresh().catch(() => {});
  }

  private show(starts: readonly (string | undefined)[], { recordings, cursor }: RecordingPage): void {
    this.starts = starts;
    this.rows = recordings;
    this.next = cursor;
    if (starts.length === 1) this.seen.clear();
    for (const recording of recordings) {
      this.newcomers.delete(recording.recordingSid);
      this.seen.add(recording.recordingSid);
      if (this.isExpected(recording)) this.expected = undefined;
    }
    if (starts.length > 1) return;
    this.newcomers.clear();
    const oldest = cursor === undefined ? undefined : recordings.at(-1)?.startedAt;
    this.horizon = oldest === undefined ? undefined : Date.parse(oldest);
  }
}
