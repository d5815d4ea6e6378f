import { describe, expect, it } from 'vitest';
import { callSid, sid } from '../../test/gateway.js';
import { eventually, setting } from '../../test/setting.js';
import type { EarshotError, Recording } from './index.js';

const its = setting();

function watch(sids: string[], client = its.client()): Recording[] {
  const told: Recording[] = [];
  client.watch(sids, (recording) => told.push(recording));
  return told;
}

describe('watching recordings', () => {
  it('tells the current state first, then every change', async () => {
    const row = its.gateway.add(1, 'registered');
    const told = watch([sid(1)]);
    await eventually(() => expect(told).toHaveLength(1));
    its.gateway.become(row, 'fetching');
    its.gateway.become(row, 'ready');
    await eventually(() => expect(told.map(({ state }) => state)).toEqual(['registered', 'fetching', 'ready']));
  });

  it("says unknown of what is nobody's or somebody else's", async () => {
    const told = watch([sid(7)]);
    await eventually(() => expect(told).toEqual([{ recordingSid: sid(7), state: 'unknown' }]));
  });

  it("follows a call's newest recording, and says by an event that a call is unknown", async () => {
    its.gateway.add(1, 'ready');
    const client = its.client();
    const problems: EarshotError[] = [];
    client.addEventListener('problem', ({ detail }) => problems.push(detail.error));
    const told = watch([callSid(1), callSid(2)], client);
    await eventually(() => expect(told).toMatchObject([{ recordingSid: sid(1) }]));
    await eventually(() => expect(problems).toMatchObject([{ code: 'recording-not-found' }]));
  });

  it('connects again when the stream breaks, and tells nothing twice', async () => {
    const row = its.gateway.add(1, 'fetching');
    const told = watch([sid(1)]);
    await eventually(() => expect(told).toHaveLength(1));
    its.gateway.breakStreams();
    await eventually(() => expect(its.gateway.count('GET', /events/)).toBe(2));
    await eventually(() => expect(its.gateway.streams.size).toBe(1));
    its.gateway.become(row, 'ready');
    await eventually(() => expect(told.map(({ state }) => state)).toEqual(['fetching', 'ready']));
  });

  it('connects again when it is told to, with a fresh token', async () => {
    its.gateway.add(1, 'fetching');
    let tokens = 0;
    const told = watch([sid(1)], its.client({ token: () => (tokens++, its.gateway.token) }));
    await eventually(() => expect(told).toHaveLength(1));
    its.gateway.token = 'newer';
    its.gateway.reconnect(1);
    await eventually(() => expect(its.gateway.count('GET', /events/)).toBe(2));
    await eventually(() => expect(its.gateway.streams.size).toBe(1));
    expect(tokens).toBe(2);
  });

  it('goes on trying while the gateway has no room, and then tells what is true', async () => {
    its.gateway.hasEvents = false;
    its.gateway.add(1, 'ready');
    const busy = { status: 503, code: 'too-many-subscribers', retryable: true };
    its.gateway.troubles.push({ route: /events/, trouble: busy }, { route: /events/, trouble: busy });
    its.gateway.hasEvents = true;
    const told = watch([sid(1)]);
    await eventually(() => expect(told).toMatchObject([{ state: 'ready' }]));
    expect(its.gateway.count('GET', /events/)).toBe(3);
  });

  it('asks while there is no stream, and tells each change once, whichever way it came', async () => {
    its.gateway.hasEvents = false;
    const row = its.gateway.add(1, 'fetching');
    its.gateway.add(2, 'ready');
    its.gateway.retryAfter = 0;
    const told = watch([sid(1), sid(2), sid(3)]);
    const states = (n: number) => told.filter(({ recordingSid }) => recordingSid === sid(n)).map(({ state }) => state);
    await eventually(() => expect([states(1), states(2), states(3)]).toEqual([['fetching'], ['ready'], ['unknown']]));
    its.gateway.become(row, 'ready');
    await eventually(() => expect(states(1)).toEqual(['fetching', 'ready']));
    its.gateway.become(row, 'deleted');
    await eventually(() => expect(states(1)).toEqual(['fetching', 'ready', 'deleted']));
    expect([states(2), states(3)]).toEqual([['ready'], ['unknown']]);
  });

  it('asks no more about what is no more, while there is no stream', async () => {
    its.gateway.hasEvents = false;
    its.gateway.retryAfter = 0;
    const row = its.gateway.add(1, 'fetching');
    const told = watch([sid(1), sid(7)]);
    const asked = (n: number) => its.gateway.count('GET', new RegExp(`/${sid(n)}$`));
    await eventually(() => expect(asked(1)).toBeGreaterThan(4));
    expect(asked(7)).toBe(1);
    its.gateway.become(row, 'deleted');
    await eventually(() => expect(told.at(-1)).toEqual({ recordingSid: sid(1), state: 'deleted' }));
  });

  it('stops asking once the stream is there, and begins again when that is refused later', async () => {
    const asked = () => its.gateway.count('GET', /RE[0-9a-f]+$/);
    its.gateway.troubles.push({ route: /events/, trouble: { status: 503, code: 'busy', retryable: true } });
    const row = its.gateway.add(1, 'fetching');
    const told = watch([sid(1)]);
    await eventually(() => expect(its.gateway.streams.size).toBe(1));
    await eventually(() => expect(told.map(({ state }) => state)).toEqual(['fetching']));
    const before = asked();
    its.gateway.become(row, 'ready');
    await eventually(() => expect(told.map(({ state }) => state)).toEqual(['fetching', 'ready']));
    // What was asked as the stream opened may have arrived after the count.
    expect(asked()).toBeLessThanOrEqual(before + 1);
    its.gateway.hasEvents = false;
    its.gateway.breakStreams();
    its.gateway.become(row, 'evicted');
    await eventually(() => expect(told.at(-1)?.state).toBe('evicted'));
    expect(told).toHaveLength(3);
  });

  it('asks one at a time, however many are watched, and leaves nothing when it ends', async () => {
    its.gateway.hasEvents = false;
    for (let n = 1; n <= 40; n++) its.gateway.add(n, 'ready');
    let [open, most] = [0, 0];
    const counting: typeof fetch = async (input, init) => {
      if (String(input).includes('/events')) return fetch(input, init);
      most = Math.max(most, ++open);
      return fetch(input, init).finally(() => open--);
    };
    const client = its.client({ fetch: counting });
    const told = watch(
      Array.from({ length: 40 }, (_, n) => sid(n + 1)),
      client,
    );
    await eventually(() => expect(told).toHaveLength(40));
    expect(most).toBe(1);
    client.close();
    await eventually(() => expect(open).toBe(0));
    // What was on its way has come before the first of these; between the two comes nothing, though a try would be due.
    const knock = () => fetch(its.gateway.url).then(() => its.gateway.seen.length);
    const first = await knock();
    expect(await knock()).toBe(first + 1);
  });

  it("finds a call's recording once the gateway is back", async () => {
    its.gateway.add(1, 'ready');
    const busy = { status: 503, code: 'database-unavailable', retryable: true };
    its.gateway.troubles.push({ route: /CA/, trouble: busy }, { route: /CA/, trouble: busy });
    const told = watch([callSid(1)]);
    await eventually(() => expect(told).toMatchObject([{ recordingSid: sid(1), state: 'ready' }]));
  });

  it('takes an answer that is no stream for a fault', async () => {
    its.gateway.add(1, 'ready');
    its.gateway.troubles.push({ route: /events/, trouble: (response) => response.end('<html>') });
    const client = its.client();
    const problems: string[] = [];
    client.addEventListener('problem', ({ detail }) => problems.push(detail.error.code));
    const told = watch([sid(1)], client);
    await eventually(() => expect(told).toHaveLength(1));
    expect(problems).toEqual(['bad-answer']);
  });

  it('adds a recording to the stream that is open', async () => {
    its.gateway.add(1, 'ready');
    its.gateway.add(2, 'ready');
    const client = its.client();
    const first = watch([sid(1)], client);
    await eventually(() => expect(first).toHaveLength(1));
    const second = watch([sid(2), sid(1)], client);
    await eventually(() => expect(second.map(({ recordingSid }) => recordingSid).sort()).toEqual([sid(1), sid(2)]));
    await eventually(() => expect([...its.gateway.streams].map(({ sids }) => sids)).toEqual([[sid(1), sid(2)]]));
    expect(first).toHaveLength(1);
  });

  it('is not ended by a listener that throws', async () => {
    const row = its.gateway.add(1, 'fetching');
    const thrown: unknown[] = [];
    const catcher = (error: unknown) => thrown.push(error);
    // Vitest itself listens for these; it must not take this one for a failure of the test.
    const others = process.listeners('uncaughtException');
    process.removeAllListeners('uncaughtException').on('uncaughtException', catcher);
    const states: string[] = [];
    its.client().watch([sid(1)], ({ state }) => {
      states.push(state);
      throw new Error(`at ${state}`);
    });
    await eventually(() => expect(states).toHaveLength(1));
    its.gateway.become(row, 'ready');
    await eventually(() => expect(thrown).toHaveLength(2));
    process.removeAllListeners('uncaughtException');
    for (const other of others) process.on('uncaughtException', other);
    expect(states).toEqual(['fetching', 'ready']);
    expect(its.gateway.count('GET', /events/)).toBe(1);
  });

  it('ends with its signal', async () => {
    its.gateway.add(1, 'ready');
    const ending = new AbortController();
    its.client().watch([sid(1)], () => {}, { signal: ending.signal });
    await eventually(() => expect(its.gateway.streams.size).toBe(1));
    ending.abort();
    await eventually(() => expect(its.gateway.streams.size).toBe(0));
  });
});
