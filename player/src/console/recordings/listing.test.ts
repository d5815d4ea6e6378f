import { describe, expect, it } from 'vitest';
import { EarshotError, type Recording } from '../../client/index.js';
import type { RecordingPage } from '../api.js';
import { NO_FILTER, type Filter } from '../filter.js';
import { Listing, PAGE_SIZE } from './listing.js';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 20, 12, minute)).toISOString();

const recording = (n: number, facts: Partial<Recording> = {}): Recording => ({
  recordingSid: `RE${n}`,
  state: 'ready',
  startedAt: at(n),
  ...facts,
});

/** A gateway of which the test answers each question itself, and a listing of it. */
function asking(filter: Filter = NO_FILTER) {
  const questions: { query: URLSearchParams; signal: AbortSignal; answer(page: RecordingPage | Error): void }[] = [];
  let changes = 0;
  const listing = new Listing(
    filter,
    (query, signal) =>
      new Promise((resolve, reject) => {
        const answer = (page: RecordingPage | Error) => (page instanceof Error ? reject(page) : resolve(page));
        questions.push({ query, signal, answer });
      }),
    () => changes++,
  );
  const sids = () => listing.rows?.map(({ recordingSid }) => recordingSid);
  return { listing, questions, sids, changes: () => changes };
}

/** One that shows a first page with two recordings, of which there are more. */
async function shown(filter?: Filter, cursor = 'c1') {
  const made = asking(filter);
  const loaded = made.listing.newest();
  made.questions[0]?.answer({ recordings: [recording(20), recording(10)], ...(cursor ? { cursor } : {}) });
  await loaded;
  return made;
}

describe('the pages of a listing', () => {
  it('go from the newest to older ones and back, by cursors', async () => {
    const { listing, questions, sids } = await shown();
    expect([listing.page, listing.hasNewer, listing.hasOlder]).toEqual([1, false, true]);
    const older = listing.older();
    questions[1]?.answer({ recordings: [recording(5)] });
    await older;
    expect([sids(), listing.page, listing.hasNewer, listing.hasOlder]).toEqual([['RE5'], 2, true, false]);
    const newer = listing.newer();
    questions[2]?.answer({ recordings: [recording(20)] });
    await newer;
    expect([listing.page, listing.hasNewer]).toEqual([1, false]);
    expect(questions.map(({ query }) => query.get('cursor'))).toEqual([null, 'c1', null]);
    expect(questions[0]?.query.get('limit')).toBe(String(PAGE_SIZE));
  });

  it('do not go beyond the ends', async () => {
    const { listing, questions } = await shown(NO_FILTER, '');
    await listing.older();
    await listing.newer();
    expect(questions).toHaveLength(1);
  });

  it('show what was asked for last, however the answers come', async () => {
    const { listing, questions, sids } = asking();
    const [first, second] = [listing.newest(), listing.newest()];
    questions[1]?.answer({ recordings: [recording(2)] });
    questions[0]?.answer({ recordings: [recording(1)] });
    await Promise.all([first, second]);
    expect(sids()).toEqual(['RE2']);
    expect(questions[0]?.signal.aborted).toBe(true);
    expect(listing.isLoading).toBe(false);
  });

  it('say why they cannot be had, and keep their place for another try', async () => {
    const { listing, questions } = await shown();
    const older = listing.older();
    questions[1]?.answer(new EarshotError('offline', 'gone'));
    await older;
    expect(listing.error?.code).toBe('offline');
    expect(listing.page).toBe(1);
    const again = listing.again();
    questions[2]?.answer({ recordings: [] });
    await again;
    expect(listing.error).toBeUndefined();
  });
});

describe('what a listing hears', () => {
  it('changes a state in its row', async () => {
    const { listing, changes } = await shown();
    const before = changes();
    listing.hear(recording(10, { state: 'fetching' }));
    expect(listing.rows?.map(({ state }) => state)).toEqual(['ready', 'fetching']);
    expect(changes()).toBe(before + 1);
  });

  it('forgets what is not so any more, such as the reason of an earlier failure', async () => {
    const { listing } = await shown();
    listing.hear(recording(10, { state: 'failed', reason: 'absent' }));
    listing.hear(recording(10));
    expect(listing.rows?.[1]).not.toHaveProperty('reason');
  });

  it('keeps the row of a deleted one, which still says which one it was', async () => {
    const { listing } = await shown();
    listing.hear({ recordingSid: 'RE10', state: 'deleted' });
    expect(listing.rows?.[1]).toMatchObject({ state: 'deleted', startedAt: at(10) });
  });

  it('keeps a row in its place though it fits the filter no longer', async () => {
    const { listing, sids } = await shown({ ...NO_FILTER, state: 'ready' });
    listing.hear(recording(10, { state: 'evicted' }));
    expect(sids()).toEqual(['RE20', 'RE10']);
  });

  it('counts new ones, each once, and shows them when it is asked to', async () => {
    const { listing, questions, sids } = await shown();
    listing.hear(recording(30, { state: 'registered' }));
    listing.hear(recording(30, { state: 'fetching' }));
    listing.hear(recording(31));
    expect(sids()).toEqual(['RE20', 'RE10']);
    expect(listing.newcomers.size).toBe(2);
    const newest = listing.newest();
    questions[1]?.answer({ recordings: [recording(31), recording(30)] });
    await newest;
    expect(listing.newcomers.size).toBe(0);
  });

  it('does not count a new one that was deleted before it was seen', async () => {
    const { listing } = await shown();
    listing.hear(recording(30));
    listing.hear({ recordingSid: 'RE30', state: 'deleted' });
    expect(listing.newcomers.size).toBe(0);
  });

  it('takes an older one of another page for no new one', async () => {
    const { listing } = await shown();
    listing.hear(recording(3, { state: 'fetching' }));
    expect(listing.newcomers.size).toBe(0);
  });

  it('takes an older one for new where all are on the page: it was not there', async () => {
    const { listing } = await shown(NO_FILTER, '');
    listing.hear(recording(3));
    expect([...listing.newcomers]).toEqual(['RE3']);
  });

  it('takes one of a newer page for no new one, however new it is', async () => {
    const { listing, questions } = await shown();
    const older = listing.older();
    questions[1]?.answer({ recordings: [recording(5)] });
    await older;
    listing.hear(recording(20, { state: 'evicted' }));
    expect(listing.newcomers.size).toBe(0);
    listing.hear(recording(30));
    expect([...listing.newcomers]).toEqual(['RE30']);
  });

  it('counts only what fits the filter', async () => {
    const { listing } = await shown({ ...NO_FILTER, state: 'failed' });
    listing.hear(recording(30));
    expect(listing.newcomers.size).toBe(0);
    listing.hear(recording(30, { state: 'failed' }));
    expect(listing.newcomers.size).toBe(1);
  });

  it('shows the first one at once: on an empty page nothing can jump', async () => {
    const { listing, questions, sids } = asking();
    const loaded = listing.newest();
    questions[0]?.answer({ recordings: [] });
    await loaded;
    listing.hear(recording(1, { state: 'registered' }));
    questions[1]?.answer({ recordings: [recording(1)] });
    await expect.poll(sids).toEqual(['RE1']);
  });

  it('shows one that somebody waits for at once, sooner or later heard of', async () => {
    const { listing, questions, sids } = await shown();
    listing.expect('RE30');
    listing.hear(recording(30));
    questions[1]?.answer({ recordings: [recording(30), recording(20)] });
    await expect.poll(sids).toEqual(['RE30', 'RE20']);
    listing.hear(recording(31));
    listing.expect('RE31');
    questions[2]?.answer({ recordings: [recording(31)] });
    await expect.poll(sids).toEqual(['RE31']);
  });

  it('shows a recording of a call that somebody waits for', async () => {
    const { listing, questions, sids } = asking();
    listing.expect('CA1');
    const loaded = listing.newest();
    questions[0]?.answer(new EarshotError('recording-not-found', 'none', { status: 404 }));
    await loaded;
    listing.hear(recording(2, { callSid: 'CA2' }));
    expect(questions).toHaveLength(1);
    listing.hear(recording(1, { callSid: 'CA1' }));
    questions[1]?.answer({ recordings: [recording(1, { callSid: 'CA1' })] });
    await expect.poll(sids).toEqual(['RE1']);
  });

  it('keeps what it heard while a page was loaded, whose answer may be older', async () => {
    const { listing, questions } = asking();
    const loaded = listing.newest();
    listing.hear(recording(20, { state: 'fetching' }));
    listing.hear(recording(20));
    listing.hear(recording(30));
    questions[0]?.answer({ recordings: [recording(20, { state: 'registered' })], cursor: 'c1' });
    await loaded;
    expect(listing.rows?.map(({ state }) => state)).toEqual(['ready']);
    expect([...listing.newcomers]).toEqual(['RE30']);
  });

  it('keeps what it heard while it was catching up', async () => {
    const { listing, questions } = await shown();
    const refreshed = listing.refresh();
    listing.hear(recording(20, { state: 'failed' }));
    questions[1]?.answer({ recordings: [recording(20, { state: 'fetching' }), recording(10)] });
    await refreshed;
    expect(listing.rows?.[0]?.state).toBe('failed');
  });

  it('catches up with the page that is shown, not with one that was turned', async () => {
    const { listing, questions, sids } = await shown();
    const refreshed = listing.refresh();
    const older = listing.older();
    questions[2]?.answer({ recordings: [recording(5)] });
    await older;
    questions[1]?.answer({ recordings: [recording(30), recording(20)] });
    await refreshed;
    expect(questions[1]?.signal.aborted).toBe(true);
    expect([sids(), listing.newcomers.size]).toEqual([['RE5'], 0]);
  });

  it('catches up after all where the page that was turned to cannot be had', async () => {
    const { listing, questions } = await shown();
    void listing.refresh();
    const older = listing.older();
    questions[2]?.answer(new EarshotError('offline', 'gone'));
    await older;
    questions[3]?.answer({ recordings: [recording(20, { state: 'evicted' })] });
    await expect.poll(() => listing.rows?.[0]?.state).toBe('evicted');
  });

  it('catches up with what may have been missed while a page was loaded', async () => {
    const { listing, questions } = asking();
    const loaded = listing.newest();
    await listing.refresh();
    expect(questions).toHaveLength(1);
    questions[0]?.answer({ recordings: [recording(20)] });
    await loaded;
    questions[1]?.answer({ recordings: [recording(20, { state: 'evicted' })] });
    await expect.poll(() => listing.rows?.[0]?.state).toBe('evicted');
  });

  it('catches up after changes may have been missed, and nothing jumps', async () => {
    const { listing, questions, sids } = await shown();
    const refreshed = listing.refresh();
    questions[1]?.answer({ recordings: [recording(30), recording(20, { state: 'evicted' }), recording(10)] });
    await refreshed;
    expect(sids()).toEqual(['RE20', 'RE10']);
    expect(listing.rows?.[0]?.state).toBe('evicted');
    expect(listing.newcomers.size).toBe(1);
  });
});
