import { describe, expect, it } from 'vitest';
import { callSid, sid } from '../../test/gateway.js';
import { AT_ONCE, NEVER, eventually, setting } from '../../test/setting.js';
import type { Progress } from './index.js';

const its = setting();

describe('preparing a recording', () => {
  it('returns at once what is ready, without starting anything', async () => {
    its.gateway.add(1, 'ready');
    await expect(its.client().prepare(sid(1))).resolves.toMatchObject({ state: 'ready', durationMillis: 60_004 });
    expect(its.gateway.seen).toHaveLength(1);
  });

  it('starts a fetch, and hears on the events stream that it is ready', async () => {
    const row = its.gateway.add(1, 'registered');
    const prepared = its.client({ retry: NEVER }).prepare(sid(1));
    await eventually(() => expect(its.gateway.streams.size).toBe(1));
    expect(row.state).toBe('fetching');
    its.gateway.become(row, 'ready');
    await expect(prepared).resolves.toMatchObject({ recordingSid: sid(1), state: 'ready' });
    expect(its.gateway.count('HEAD', /stream/)).toBe(1);
  });

  it("takes a call's SID, and listens for the recording that it means", async () => {
    const row = its.gateway.add(1, 'registered');
    const prepared = its.client({ retry: NEVER }).prepare(callSid(1));
    await eventually(() => expect([...its.gateway.streams][0]?.sids).toEqual([sid(1)]));
    its.gateway.become(row, 'ready');
    await expect(prepared).resolves.toMatchObject({ recordingSid: sid(1) });
  });

  it('lets thirty players share one events stream, which is gone when all are served', async () => {
    const client = its.client({ retry: NEVER });
    const rows = Array.from({ length: 30 }, (_, n) => its.gateway.add(n + 1, 'registered'));
    const prepared = rows.map((row) => client.prepare(row.recordingSid));
    await eventually(() => expect([...its.gateway.streams].map(({ sids }) => sids.length)).toEqual([30]));
    for (const row of rows) its.gateway.become(row, 'ready');
    await expect(Promise.all(prepared)).resolves.toHaveLength(30);
    await eventually(() => expect(its.gateway.streams.size).toBe(0));
  });

  it('opens a second stream for the 201st recording, since a gateway takes 200 on one', async () => {
    const client = its.client();
    const sids = Array.from({ length: 201 }, (_, n) => its.gateway.add(n + 1, 'fetching').recordingSid);
    const told = new Set<string>();
    client.watch(sids, (recording) => told.add(recording.recordingSid));
    await eventually(() => expect(told.size).toBe(201));
    expect([...its.gateway.streams].map((stream) => stream.sids.length).sort()).toEqual([1, 200]);
  });

  it('has its answer held where there is no events stream', async () => {
    its.gateway.hasEvents = false;
    const row = its.gateway.add(1, 'registered');
    const prepared = its.client({ retry: NEVER }).prepare(sid(1));
    await eventually(() => expect(its.gateway.heldAnswers).toBe(1));
    its.gateway.become(row, 'ready');
    await expect(prepared).resolves.toMatchObject({ state: 'ready' });
  });

  it('holds two answers at a time at most, for the players need connections too', async () => {
    its.gateway.hasEvents = false;
    const client = its.client({ retry: { delaysMs: Array<number>(500).fill(20), honourRetryAfter: false, jitter: 0 } });
    const rows = Array.from({ length: 6 }, (_, n) => its.gateway.add(n + 1, 'registered'));
    const prepared = rows.map((row) => client.prepare(row.recordingSid));
    await eventually(() => expect(its.gateway.heldAnswers).toBe(2));
    for (const row of rows) its.gateway.become(row, 'ready');
    await expect(Promise.all(prepared)).resolves.toHaveLength(6);
    expect(its.gateway.mostHeld).toBe(2);
  });

  it('asks again by Retry-After where an answer is not held either', async () => {
    its.gateway.hasEvents = false;
    its.gateway.honoursWait = false;
    const row = its.gateway.add(1, 'registered');
    const ways: Progress['via'][] = [];
    const retry = { ...NEVER, delaysMs: Array<number>(50).fill(600_000), honourRetryAfter: true };
    const prepared = its.client({ retry }).prepare(sid(1), {
      onProgress: ({ via }) => {
        ways.push(via);
        if (via === 'poll') its.gateway.become(row, 'ready');
      },
    });
    await expect(prepared).resolves.toMatchObject({ state: 'ready' });
    expect([...new Set(ways)]).toEqual(['events', 'wait', 'poll']);
  });

  it('finds at the end of a round what the stream did not tell', async () => {
    const row = its.gateway.add(1, 'registered');
    const client = its.client({ retry: { ...AT_ONCE, delaysMs: Array<number>(200).fill(10) } });
    const prepared = client.prepare(sid(1));
    await eventually(() => expect(its.gateway.streams.size).toBe(1));
    row.state = 'ready';
    await expect(prepared).resolves.toMatchObject({ state: 'ready' });
  });

  it('counts its tries, says when the next is, and gives up after the last', async () => {
    its.gateway.add(1, 'registered');
    const told: Progress[] = [];
    const prepared = its.client().prepare(sid(1), { onProgress: (progress) => told.push(progress) });
    await expect(prepared).rejects.toMatchObject({ code: 'gave-up', retryable: true });
    expect(told[0]).toMatchObject({ phase: 'asking', try: 1, tries: 5 });
    expect(Math.max(...told.map((progress) => progress.try))).toBe(5);
    expect(told.at(-1)?.nextTryAt).toBeInstanceOf(Date);
  });

  it('tells the same as typed events of the client', async () => {
    its.gateway.add(1, 'ready');
    const client = its.client();
    const phases: string[] = [];
    client.addEventListener('progress', ({ detail }) => phases.push(`${detail.sid} ${detail.phase}`));
    await client.prepare(sid(1));
    expect(phases).toEqual([`${sid(1)} asking`, `${sid(1)} ready`]);
  });

  it('asks once more when a fetch has failed that may succeed, since only that starts another', async () => {
    const row = its.gateway.add(1, 'failed');
    row.problem = { status: 503, code: 'fetch-failed', retryable: true, retryAfter: 0 };
    const client = its.client({ retry: NEVER });
    const patient = its.client({ retry: { delaysMs: Array<number>(100).fill(10), honourRetryAfter: true, jitter: 0 } });
    const prepared = patient.prepare(sid(1));
    await eventually(() => expect(its.gateway.count('HEAD', /stream/)).toBeGreaterThan(1));
    delete row.problem;
    await eventually(() => expect(row.state).toBe('fetching'));
    its.gateway.become(row, 'ready');
    await expect(prepared).resolves.toMatchObject({ state: 'ready' });
    await expect(client.status(sid(1))).resolves.toMatchObject({ attempt: 1 });
  });

  it('is told on the stream of a failure for good, and says which', async () => {
    const row = its.gateway.add(1, 'registered');
    const prepared = its.client({ retry: NEVER }).prepare(sid(1));
    await eventually(() => expect(its.gateway.streams.size).toBe(1));
    row.problem = { status: 503, code: 'recording-unplayable', retryable: false };
    its.gateway.become(row, 'failed');
    await expect(prepared).rejects.toMatchObject({ code: 'recording-unplayable', status: 503, retryable: false });
  });

  it('ends when the recording is deleted meanwhile', async () => {
    const row = its.gateway.add(1, 'registered');
    const prepared = its.client({ retry: NEVER }).prepare(sid(1));
    await eventually(() => expect(its.gateway.streams.size).toBe(1));
    its.gateway.become(row, 'deleted');
    await expect(prepared).rejects.toMatchObject({ code: 'recording-deleted', status: 410 });
  });

  it('goes on through refusals that pass, and reports the last of those that do not end', async () => {
    its.gateway.add(1, 'ready');
    const refused = { status: 429, code: 'rate-limited', retryable: true, retryAfter: 0 };
    its.gateway.troubles.push({ route: /GET/, trouble: refused }, { route: /GET/, trouble: refused });
    await expect(its.client().prepare(sid(1))).resolves.toMatchObject({ state: 'ready' });
    for (let n = 0; n < 6; n++) its.gateway.troubles.push({ route: /GET/, trouble: refused });
    await expect(its.client().prepare(sid(1))).rejects.toMatchObject({ code: 'rate-limited', retryAfterMs: 0 });
  });

  it('is ended by its signal, and nothing goes on behind it', async () => {
    its.gateway.add(1, 'registered');
    const ending = new AbortController();
    const prepared = its.client({ retry: NEVER }).prepare(sid(1), { signal: ending.signal });
    await eventually(() => expect(its.gateway.streams.size).toBe(1));
    ending.abort();
    await expect(prepared).rejects.toMatchObject({ code: 'aborted' });
    await eventually(() => expect(its.gateway.open).toBe(0));
  });
});
