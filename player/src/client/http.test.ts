import { describe, expect, it, vi } from 'vitest';
import { sid } from '../../test/gateway.js';
import { NEVER, eventually, setting } from '../../test/setting.js';

const its = setting();

describe('an error', () => {
  it.each([
    [401, 'unauthenticated', false],
    [403, 'role-missing', false],
    [404, 'recording-not-found', false],
    [410, 'recording-deleted', false],
    [429, 'rate-limited', true],
    [503, 'database-unavailable', true],
  ])('%i carries the code %s of its problem', async (status, code, retryable) => {
    its.gateway.troubles.push({ route: /./, trouble: { status, code, retryable, retryAfter: 7 } });
    await expect(its.client().status(sid(1))).rejects.toMatchObject({
      name: 'EarshotError',
      code,
      status,
      retryable,
      retryAfterMs: 7_000,
      problem: { code, title: `Refused: ${code}` },
    });
  });

  it('says bad-answer of what no gateway sends, and that a 502 may pass', async () => {
    const page = (status: number) => ({
      route: /./,
      trouble: (response: import('node:http').ServerResponse) => void response.writeHead(status).end('<html>'),
    });
    its.gateway.troubles.push(page(502), page(414), page(200));
    await expect(its.client().status(sid(1))).rejects.toMatchObject({
      code: 'bad-answer',
      status: 502,
      retryable: true,
    });
    await expect(its.client().status(sid(1))).rejects.toMatchObject({
      code: 'bad-answer',
      status: 414,
      retryable: false,
    });
    await expect(its.client().status(sid(1))).rejects.toMatchObject({ code: 'bad-answer', retryable: false });
  });

  it('says offline when nobody answers', async () => {
    const client = its.client({ baseUrl: 'http://127.0.0.1:1' });
    await expect(client.status(sid(1))).rejects.toMatchObject({ code: 'offline', retryable: true });
  });

  it('says timeout when no answer comes, or an answer stops in its middle', async () => {
    const client = its.client({ timeoutMs: 50 });
    its.gateway.troubles.push({ route: /./, trouble: () => {} });
    await expect(client.status(sid(1))).rejects.toMatchObject({ code: 'timeout', retryable: true });
    its.gateway.troubles.push({ route: /./, trouble: (response) => void response.writeHead(200).write('{"a":') });
    await expect(client.status(sid(1))).rejects.toMatchObject({ code: 'timeout', retryable: true });
  });
});

describe('a token', () => {
  it('is asked for once more when the gateway does not take it', async () => {
    its.gateway.add(1, 'ready');
    const tokens = ['old', 'good'];
    const client = its.client({ token: async () => tokens.shift() ?? '' });
    await expect(client.status(sid(1))).resolves.toMatchObject({ state: 'ready' });
    expect(its.gateway.seen.map(({ headers }) => headers.authorization)).toEqual(['Bearer old', 'Bearer good']);
  });

  it('is asked for no third time', async () => {
    const client = its.client({ token: () => 'bad' });
    await expect(client.status(sid(1))).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(its.gateway.seen).toHaveLength(2);
  });

  it('is not sent where there is none', async () => {
    const { client, gateway } = its;
    await expect(client({ token: '' }).status(sid(1))).rejects.toMatchObject({ status: 401 });
    expect(gateway.seen[0]?.headers).not.toHaveProperty('authorization');
  });
});

describe('the base URL', () => {
  it('may have a path and a slash at its end, and no SID leaves its segment', async () => {
    const { gateway } = its;
    const client = its.client({ baseUrl: `${gateway.url}/earshot/?x#y` });
    await expect(client.status('../../admin?x')).rejects.toMatchObject({ status: 404 });
    expect(gateway.seen[0]?.path).toBe('/earshot/api/recordings/..%2F..%2Fadmin%3Fx');
  });
});

describe('closing', () => {
  it('ends what runs, leaves no connection, and refuses what comes later', async () => {
    its.gateway.add(1, 'registered');
    its.gateway.add(2, 'ready');
    const client = its.client({ retry: NEVER });
    client.watch([sid(2)], () => {});
    const prepared = client.prepare(sid(1));
    await eventually(() => expect(its.gateway.streams.size).toBe(1));
    client.close();
    await expect(prepared).rejects.toMatchObject({ code: 'aborted' });
    await expect(client.status(sid(2))).rejects.toMatchObject({ code: 'aborted' });
    await eventually(() => expect(its.gateway.open).toBe(0));
  });

  it('leaves no timer', async () => {
    its.gateway.add(1, 'registered');
    const set = vi.spyOn(globalThis, 'setTimeout');
    const client = its.client({ retry: NEVER });
    client.watch([sid(1)], () => {});
    const prepared = client.prepare(sid(1));
    await client.playbackUrl(sid(1));
    await eventually(() => expect(its.gateway.streams.size).toBe(1));
    // Those of Node's own fetch hold nobody up, and have no reference.
    const ours = set.mock.results.map(({ value }) => value as NodeJS.Timeout).filter((timer) => timer.hasRef());
    // The round's delay, the ticket's renewal and the stream's watchdog, at least.
    expect(ours.filter(isPending).length).toBeGreaterThanOrEqual(3);
    client.close();
    await expect(prepared).rejects.toMatchObject({ code: 'aborted' });
    await eventually(() => expect(ours.filter(isPending)).toEqual([]));
  });
});

/** Node marks a timer that has fired or was cleared. */
function isPending(timer: NodeJS.Timeout): boolean {
  return !(timer as unknown as { _destroyed: boolean })._destroyed;
}
