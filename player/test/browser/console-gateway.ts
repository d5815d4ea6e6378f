import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import type { Recording, RecordingState } from '../../src/client/index.js';
import type { Failures, Storage } from '../../src/console/api.js';
import type { Session } from '../../src/console/session.js';
import { audio, json, peaks, problem, type Shelved } from './gateway.js';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

const DELETED: readonly RecordingState[] = ['deleted', 'unknown'];

export const sid = (kind: 'RE' | 'CA', n: number) => kind + n.toString(16).padStart(32, '0');

/** A request that changed something, or was about to. */
export interface Asked {
  readonly what: string;
  readonly body: unknown;
}

/** A gateway with a console: the built page under the policy of the real one, a session, and the routes that the page asks. */
export class ConsoleGateway {
  /** Absent: nobody is signed in. */
  session: Session | undefined = {
    subject: 'u-7',
    name: 'Dana Levi',
    tenant: 'acme',
    roles: ['recordings:play', 'recordings:write', 'recordings:admin'],
    signOutUrl: '/console/signed-out',
  };
  /** Newest first. */
  rows: Recording[] = [];
  failures: Failures = { total: 0, reasons: [] };
  storage: Storage = { recordings: 0, bytes: 0, states: {}, days: [] };
  readonly asked: Asked[] = [];
  /** What the next requests get instead, by their beginning, such as `DELETE /api/recordings`. */
  readonly refusals = new Map<string, NonNullable<Shelved['refusal']>>();
  readonly streams = new Set<ServerResponse>();
  origin = '';
  simulatorOrigin = '';
  readonly #servers: Server[] = [];
  readonly #site: string;
  readonly #hashes: string[];

  /** @param site the folder of the built console */
  constructor(site: string) {
    this.#site = site;
    this.#hashes = JSON.parse(readFileSync(join(site, 'style-hashes.json'), 'utf8')) as string[];
  }

  async start(): Promise<void> {
    this.origin = await this.#listen((request, response) => void this.#answer(request, response));
    this.simulatorOrigin = await this.#listen((request, response) => void this.#simulate(request, response));
  }

  async stop(): Promise<void> {
    for (const server of this.#servers) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  }

  /** Forgets what a test did. */
  reset(): void {
    for (const stream of this.streams) stream.destroy();
    Object.assign(this, new ConsoleGateway(this.#site), {
      origin: this.origin,
      simulatorOrigin: this.simulatorOrigin,
    });
  }

  count(what: string): number {
    return this.asked.filter((each) => each.what.startsWith(what)).length;
  }

  /** Changes a recording, and tells everybody. */
  become(recordingSid: string, facts: Partial<Recording>): void {
    const row = this.rows.find((each) => each.recordingSid === recordingSid);
    if (!row) throw new Error(`No ${recordingSid}`);
    Object.assign(row, facts);
    const isGone = DELETED.includes(row.state);
    if (isGone) this.rows = this.rows.filter((each) => each !== row);
    this.tell(isGone ? { recordingSid, state: row.state } : row);
  }

  /** A recording that was not there before. */
  arrive(recording: Recording): void {
    this.rows = [recording, ...this.rows];
    this.tell(recording);
  }

  tell(recording: Recording): void {
    for (const stream of this.streams) stream.write(`event: recording\ndata: ${JSON.stringify(recording)}\n\n`);
  }

  get policy(): string {
    const hashes = this.#hashes.map((hash) => `'${hash}'`).join(' ');
    return (
      `default-src 'none'; script-src 'self'; style-src 'self' ${hashes}; img-src 'self' data:; ` +
      `connect-src 'self' ${this.simulatorOrigin}; media-src 'self' blob:; font-src 'none'; base-uri 'none'; ` +
      `form-action 'none'; frame-ancestors 'none'; object-src 'none'`
    );
  }

  async #listen(handler: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
    const server = createServer(handler);
    this.#servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.origin);
    const what = `${request.method} ${url.pathname}`;
    const text = await bodyOf(request);
    this.asked.push({ what: what + url.search, body: text === '' ? undefined : JSON.parse(text) });
    const refusal = [...this.refusals].find(([start]) => what.startsWith(start))?.[1];
    if (refusal) return problem(response, refusal);
    if (url.pathname === '/console/session')
      return this.session ? json(response, 200, this.session) : unauthenticated(response);
    if (url.pathname.startsWith('/console/')) return this.#file(url.pathname.slice('/console/'.length), response);
    const isTicket = url.searchParams.has('ticket');
    if (!this.session && !isTicket) return unauthenticated(response);
    // As the real one: what a cookie changes has to come from our own pages.
    if (!['GET', 'HEAD'].includes(request.method ?? '') && request.headers.origin !== this.origin)
      return problem(response, { code: 'foreign-origin', status: 403 });
    await this.#api(what, url, text, request, response);
  }

  async #api(what: string, url: URL, text: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (what === 'GET /api/recordings') return this.#list(url.searchParams, response);
    if (what === 'GET /api/recordings/events') return this.#events(url.searchParams.getAll('sid'), response);
    if (what === 'GET /api/admin/failures') return json(response, 200, this.failures);
    if (what === 'GET /api/admin/storage') return json(response, 200, this.#stored(url.searchParams));
    if (what === 'POST /api/admin/redrive') return this.#redrive(JSON.parse(text), response);
    const [, asked = '', route = ''] = /^\/api\/recordings\/([^/]+)\/?(.*)$/.exec(url.pathname) ?? [];
    const row = this.rows.find(({ recordingSid, callSid }) => recordingSid === asked || callSid === asked);
    if (!row) return problem(response, { code: 'recording-not-found', status: 404 });
    await this.#recording(row, route, request, response);
  }

  async #recording(row: Recording, route: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = { seconds: (row.durationMillis ?? 60_000) / 1000, channels: (row.channels ?? 1) as 1 | 2 };
    if (route === 'prefetch') {
      this.become(row.recordingSid, { state: 'waiting' });
      return void response.writeHead(202).end();
    }
    if (request.method === 'DELETE') {
      this.become(row.recordingSid, { state: 'deleted' });
      return void response.writeHead(204).end();
    }
    if (route === '') return json(response, 200, row);
    if (route === 'peaks') return peaks({ call, hasPeaks: true }, response);
    if (route === 'playback-ticket')
      return json(response, 201, {
        url: `${this.origin}/api/recordings/${row.recordingSid}/stream?ticket=1`,
        expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
      });
    if (row.state !== 'ready') return json(response, 202, { status: 'preparing' });
    if (request.method === 'HEAD') return void response.writeHead(200).end();
    await audio(call, request, response, route === 'download');
  }

  #list(query: URLSearchParams, response: ServerResponse): void {
    const wanted = (row: Recording) =>
      (!query.has('callSid') || row.callSid === query.get('callSid')) &&
      (!query.has('state') || row.state === query.get('state')) &&
      (!query.has('reason') || row.reason === query.get('reason')) &&
      (!query.has('from') || (row.startedAt ?? '') >= (query.get('from') ?? '')) &&
      (!query.has('to') || (row.startedAt ?? '') < (query.get('to') ?? ''));
    const found = this.rows.filter(wanted);
    const start = found.findIndex((row) => row.recordingSid === query.get('cursor')) + 1;
    const limit = Number(query.get('limit') ?? 50);
    const recordings = found.slice(start, start + limit);
    const last = recordings.at(-1)?.recordingSid;
    const next = start + limit < found.length ? `/api/recordings?cursor=${last}` : undefined;
    json(response, 200, { recordings, ...(next ? { next } : {}) });
  }

  /** Of named recordings the state comes first; of the whole tenant the request to list. */
  #events(sids: string[], response: ServerResponse): void {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    if (sids.length === 0) {
      this.streams.add(response);
      response.on('close', () => this.streams.delete(response));
      response.write('retry: 20\n\nevent: refresh\ndata: {}\n\n');
    }
    for (const each of sids) {
      const row = this.rows.find(({ recordingSid }) => recordingSid === each);
      response.write(`event: recording\ndata: ${JSON.stringify(row ?? { recordingSid: each, state: 'unknown' })}\n\n`);
    }
  }

  #redrive(wanted: { reason: string; dryRun: boolean }, response: ServerResponse): void {
    const group = this.failures.reasons.find(({ reason }) => reason === wanted.reason);
    const matched = group?.count ?? 0;
    if (!wanted.dryRun) {
      const reasons = this.failures.reasons.filter((each) => each !== group);
      this.failures = { total: this.failures.total - matched, reasons };
    }
    json(response, 200, { matched, redriven: wanted.dryRun ? 0 : matched, dryRun: wanted.dryRun, limit: 1000 });
  }

  #stored(query: URLSearchParams): Storage {
    return { ...this.storage, days: this.storage.days.slice(-Number(query.get('days') ?? 30)) };
  }

  async #simulate(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const wanted = JSON.parse(await bodyOf(request)) as { tenant: string; seconds: number; channels: number };
    const n = 0xca11 + this.rows.length;
    response.setHeader('Access-Control-Allow-Origin', this.origin);
    this.asked.push({ what: `simulate ${request.headers['content-type']}`, body: wanted });
    json(response, 201, { recordingSid: sid('RE', n), callSid: sid('CA', n), webhookStatus: 204 });
    this.arrive({
      recordingSid: sid('RE', n),
      callSid: sid('CA', n),
      state: 'registered',
      startedAt: new Date().toISOString(),
      durationSeconds: wanted.seconds,
      channels: wanted.channels,
    });
  }

  #file(path: string, response: ServerResponse): void {
    if (path === 'signed-out') return void response.writeHead(200, { 'Content-Type': 'text/plain' }).end('signed out');
    const file = join(this.#site, path === '' ? 'index.html' : path);
    if (!existsSync(file)) return void response.writeHead(404).end();
    response.writeHead(200, {
      'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream',
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      ...(path === '' ? { 'Content-Security-Policy': this.policy } : {}),
    });
    createReadStream(file).pipe(response);
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}

function unauthenticated(response: ServerResponse): void {
  problem(response, { code: 'unauthenticated', status: 401 });
}
