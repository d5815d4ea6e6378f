import { describe, expect, it } from 'vitest';
import { Http } from '../client/http.js';
import { Api } from './api.js';
import { rightsOf } from './session.js';

/** An API over a fetch that answers everything with the same. */
function answering(status: number, body: unknown) {
  const asked: { method: string; url: string; body: string; headers: Headers }[] = [];
  const told: boolean[] = [];
  const fetch = async (input: RequestInfo | URL, init: RequestInit = {}) => {
    const request = new Request(input, init);
    const { method, url, headers } = request;
    asked.push({ method, url, body: await request.text(), headers });
    const type = status >= 400 ? 'application/problem+json' : 'application/json';
    return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': type } });
  };
  const http = new Http({ baseUrl: 'https://calls.example/earshot/', fetch }, new AbortController().signal);
  return { api: new Api(http, (isThere) => told.push(isThere)), asked, told };
}

const { signal } = new AbortController();

describe('what the console asks', () => {
  it('is signed in by the cookie, and knows where a page ends', async () => {
    const next = '/api/recordings?state=ready&cursor=AA%2BA';
    const { api, asked } = answering(200, { recordings: [{ recordingSid: 'RE1', state: 'ready' }], next });
    const page = await api.list(new URLSearchParams({ state: 'ready', limit: '25' }), signal);
    expect(page).toMatchObject({ recordings: [{ recordingSid: 'RE1' }], cursor: 'AA+A' });
    expect(asked[0]?.url).toBe('https://calls.example/earshot/api/recordings?state=ready&limit=25');
    expect(asked[0]?.headers.has('Authorization')).toBe(false);
    const last = answering(200, { recordings: [] });
    expect(await last.api.list(new URLSearchParams(), signal)).toEqual({ recordings: [] });
  });

  it('names a tenant only where one was chosen', async () => {
    const { api, asked } = answering(200, {});
    const wanted = { reason: 'absent', includeFinal: true, dryRun: true };
    await api.redrive({ ...wanted, tenant: '' });
    await api.redrive({ ...wanted, tenant: 'acme' });
    await api.failures('', signal);
    await api.storage('acme', 7, signal);
    expect(asked.slice(0, 2).map(({ body }) => JSON.parse(body))).toEqual([wanted, { ...wanted, tenant: 'acme' }]);
    expect(asked[0]?.headers.get('Content-Type')).toBe('application/json');
    expect(asked.slice(2).map(({ url }) => url.replace(/.*\/api/, ''))).toEqual([
      '/admin/failures',
      '/admin/storage?tenant=acme&days=7',
    ]);
  });

  it('says when the session has ended, whatever was asked', async () => {
    const { api, told } = answering(401, { code: 'unauthenticated', title: 'no', retryable: false });
    const asks = [api.session(signal), api.remove('RE1'), api.prefetch('RE1'), api.downloadUrl('RE1', signal)];
    for (const ask of asks) await expect(ask).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(told).toEqual([false, false, false, false]);
  });

  it('takes no other refusal for that', async () => {
    const { api, told } = answering(403, { code: 'foreign-origin', title: 'no', retryable: false });
    await expect(api.remove('RE1')).rejects.toMatchObject({ code: 'foreign-origin', status: 403 });
    expect(told).toEqual([]);
  });

  it('says that there is a session again, such as after signing in elsewhere', async () => {
    const { api, told } = answering(200, { recordings: [] });
    await api.list(new URLSearchParams(), signal);
    expect(told).toEqual([true]);
  });
});

describe('the rights of a session', () => {
  it.each([
    [['recordings:play'], 'mayPlay'],
    [['recordings:play', 'recordings:write'], 'mayPlay mayPrefetch'],
    [['recordings:admin'], 'mayDelete isAdmin'],
    [['earshot:operator'], 'isAdmin isOperator'],
    [[], ''],
  ])('of %j are: %s', (roles, rights) => {
    const given = Object.entries(rightsOf({ subject: 'u', roles }));
    expect(given.flatMap(([right, isGiven]) => (isGiven ? [right] : [])).join(' ')).toBe(rights);
  });
});
