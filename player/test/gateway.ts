import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { RecordingState } from '../src/client/index.js';

/** A recording as the gateway of the tests knows it. */
export interface Row {
  recordingSid: string;
  callSid: string;
  state: RecordingState;
  audio: Buffer;
  attempt: number;
  /** What `/stream` answers while it is not ready; by default it starts a fetch and says 202. */
  problem?: Trouble;
}

export interface Trouble {
  status: number;
  code: string;
  retryable: boolean;
  retryAfter?: number;
}

/** A request that came. */
export interface Seen {
  method: string;
  path: string;
  headers: IncomingMessage['headers'];
}

type Headers = IncomingMessage['headers'];

export const sid = (n: number) => `RE${n.toString(16).padStart(32, '0')}`;
export const callSid = (n: number) => `CA${n.toString(16).padStart(32, '0')}`;

/**
 * A gateway as docs/openapi.yaml describes it, over real HTTP: states, events, held answers, tickets, ranges, problems and
 * connections that break, each told what to do by the test.
 */
export class Gateway {
  readonly rows = new Map<string, Row>();
  readonly seen: Seen[] = [];
  /** What the next requests to a route get instead, in order: a problem, or a handler of their own. */
  readonly troubles: { route: RegExp; trouble: Trouble | ((response: ServerResponse) => void) }[] = [];
  readonly streams = new Set<{ response: ServerResponse; sids: string[] }>();
  token = 'good';
  retryAfter = 0;
  honoursWait = true;
  hasEvents = true;
  heldAnswers = 0;
  mostHeld = 0;
  ticketSeconds = 900;
  tickets = 0;
  /** Pages for a browser, by their path, beside the API. */
  readonly pages = new Map<string, { type: string; body: string }>();
  audioType = 'audio/mpeg';
  /** The next bodies end by a reset after so many bytes. */
  readonly breaks: number[] = [];
  private readonly sockets = new Set<Socket>();
  private readonly held = new Set<() => void>();
  private readonly server = createServer((request, response) => this.answer(request, response));

  static async start(): Promise<Gateway> {
    const gateway = new Gateway();
    gateway.server.on('connection', (socket) => {
      gateway.sockets.add(socket);
      socket.on('close', () => gateway.sockets.delete(socket));
    });
    await new Promise<void>((resolve) => gateway.server.listen(0, '127.0.0.1', resolve));
    return gateway;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  /** Idle connections of the client's pool are not counted: only those with a request on them. */
  get open(): number {
    return this.streams.size + this.heldAnswers;
  }

  add(n: number, state: RecordingState, audio = Buffer.from(`audio of ${n} `.repeat(2_000))): Row {
    const row: Row = { recordingSid: sid(n), callSid: callSid(n), state, audio, attempt: 0 };
    this.rows.set(row.recordingSid, row);
    return row;
  }

  /** Changes a state, and tells everybody. */
  become(row: Row, state: RecordingState): void {
    row.state = state;
    for (const stream of this.streams) if (stream.sids.includes(row.recordingSid)) this.tell(stream.response, row);
    for (const release of [...this.held]) release();
  }

  count(method: string, path: RegExp): number {
    return this.seen.filter((seen) => seen.method === method && path.test(seen.path)).length;
  }

  /** Ends all streams in order, as at a shutdown. */
  reconnect(retryMs: number): void {
    for (const { response } of this.streams) {
      response.end(`retry: ${retryMs}\nevent: reconnect\ndata: {"reason":"shutdown"}\n\n`);
    }
  }

  /** Resets all streams. */
  breakStreams(): void {
    for (const { response } of this.streams) response.destroy();
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', 'http://gateway');
    const path = url.pathname;
    this.seen.push({ method: request.method ?? '', path: path + url.search, headers: request.headers });
    const at = this.troubles.findIndex(({ route }) => route.test(`${request.method} ${path}`));
    const [planned] = at < 0 ? [] : this.troubles.splice(at, 1);
    if (typeof planned?.trouble === 'function') return planned.trouble(response);
    if (planned) return problem(response, planned.trouble, request.method === 'HEAD');
    const page = this.pages.get(path);
    if (page) return void response.writeHead(200, { 'Content-Type': page.type }).end(page.body);
    const isHead = request.method === 'HEAD';
    const ticket = url.searchParams.get('ticket');
    if (ticket !== null) {
      const refused = this.ticketTrouble(ticket, path);
      if (refused) return problem(response, refused, isHead);
    } else if (request.headers.authorization !== `Bearer ${this.token}`) {
      return problem(response, { status: 401, code: 'unauthenticated', retryable: false }, isHead);
    }
    if (path === '/api/recordings/events') return this.events(url.searchParams.getAll('sid'), response);
    const [, asked = '', route = ''] = /^\/api\/recordings\/([^/]+)(?:\/(.*))?$/.exec(path) ?? [];
    const row = this.rows.get(asked) ?? [...this.rows.values()].find((each) => each.callSid === asked);
    if (!row) return problem(response, { status: 404, code: 'recording-not-found', retryable: false }, isHead);
    if (row.state === 'deleted')
      return problem(response, { status: 410, code: 'recording-deleted', retryable: false }, isHead);
    if (route === '') return json(response, 200, view(row));
    if (route === 'playback-ticket') return this.ticket(row, response);
    if (route === 'peaks') return this.peaks(row, response);
    return this.audio(row, request.headers, response, isHead);
  }

  private events(sids: string[], response: ServerResponse): void {
    if (!this.hasEvents)
      return problem(response, { status: 503, code: 'too-many-subscribers', retryable: true, retryAfter: 5 });
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    const stream = { response, sids };
    this.streams.add(stream);
    response.on('close', () => this.streams.delete(stream));
    response.write('retry: 5\n\n:\n\n');
    for (const each of sids) {
      const row = this.rows.get(each);
      if (row) this.tell(response, row);
      else response.write(frame(`${each}:unknown`, { recordingSid: each, state: 'unknown' }));
    }
  }

  private tell(response: ServerResponse, row: Row): void {
    response.write(frame(`${row.recordingSid}:1:${row.attempt}:${row.state}`, view(row)));
    response.write(':\n\n');
  }

  private ticket(row: Row, response: ServerResponse): void {
    const ends = Date.now() + this.ticketSeconds * 1_000;
    const url = `${this.url}/api/recordings/${row.recordingSid}/stream?ticket=${++this.tickets}.${ends}.${row.recordingSid}`;
    json(response, 201, { url, expiresAt: new Date(ends).toISOString() });
  }

  private ticketTrouble(ticket: string, path: string): Trouble | undefined {
    const [, ends, of] = ticket.split('.');
    if (!of || !path.includes(of)) return { status: 401, code: 'ticket-invalid', retryable: false };
    return Number(ends) > Date.now() ? undefined : { status: 401, code: 'ticket-expired', retryable: false };
  }

  private peaks(row: Row, response: ServerResponse): void {
    if (row.state !== 'ready') return problem(response, { status: 404, code: 'peaks-absent', retryable: false });
    const peaks = Buffer.from([0, 51, 255]).toString('base64');
    json(response, 200, { version: 1, durationMillis: 3_000, bucketsPerSecond: 1, channels: [{ peaks }, { peaks }] });
  }

  private audio(row: Row, headers: Headers, response: ServerResponse, isHead: boolean): void {
    if (row.state === 'ready') return this.send(row, headers, response, isHead);
    if (row.problem) return problem(response, row.problem, isHead);
    if (row.state !== 'fetching' && row.state !== 'waiting') {
      row.attempt++;
      this.become(row, 'fetching');
    }
    const wait = this.honoursWait ? /wait=(\d+)/.exec(String(headers.prefer ?? ''))?.[1] : undefined;
    if (!wait) return this.preparing(row, response);
    this.mostHeld = Math.max(this.mostHeld, ++this.heldAnswers);
    response.on('close', () => this.heldAnswers--);
    const release = () => {
      if (row.state === 'fetching') return;
      this.held.delete(release);
      response.setHeader('Preference-Applied', `wait=${wait}`);
      this.audio(row, {}, response, isHead);
    };
    this.held.add(release);
    response.on('close', () => this.held.delete(release));
  }

  /** Lets held answers go although nothing has changed, as when their time is up. */
  releaseHeld(row: Row): void {
    row.state = 'waiting';
    for (const release of [...this.held]) release();
  }

  private preparing(row: Row, response: ServerResponse): void {
    response.setHeader('Retry-After', String(this.retryAfter));
    json(response, 202, {
      status: 'preparing',
      recordingSid: row.recordingSid,
      state: row.state,
      attempt: row.attempt,
    });
  }

  private send(row: Row, headers: Headers, response: ServerResponse, isHead: boolean): void {
    const { audio } = row;
    const etag = `"${sha256(audio)}"`;
    const { range, 'if-range': ifRange } = headers;
    const [, from] = /^bytes=(\d+)-/.exec(range ?? '') ?? [];
    const isPart = from !== undefined && (ifRange === undefined || ifRange === etag);
    const start = isPart ? Number(from) : 0;
    response.setHeader('ETag', etag);
    response.setHeader('Content-Type', this.audioType);
    response.setHeader('Accept-Ranges', 'bytes');
    if (start >= audio.length && isPart) {
      response.setHeader('Content-Range', `bytes */${audio.length}`);
      return problem(response, { status: 416, code: 'range-not-satisfiable', retryable: false }, isHead);
    }
    const end = /^bytes=\d+-(\d+)/.exec(range ?? '')?.[1];
    const body = audio.subarray(start, isPart && end ? Number(end) + 1 : undefined);
    if (isPart) response.setHeader('Content-Range', `bytes ${start}-${start + body.length - 1}/${audio.length}`);
    const name = `2026-03-04-${row.recordingSid}.mp3`;
    response.setHeader('Content-Disposition', `attachment; filename="${name}"; filename*=UTF-8''${name}`);
    response.writeHead(isPart ? 206 : 200, { 'Content-Length': body.length });
    if (isHead) return void response.end();
    const cut = this.breaks.shift();
    if (cut === undefined) return void response.end(body);
    response.write(body.subarray(0, cut), () => response.destroy());
  }
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function view(row: Row): object {
  const { recordingSid, callSid: call, state, attempt, audio } = row;
  if (state === 'deleted' || state === 'unknown') return { recordingSid, state };
  const stored = {
    durationMillis: 60_004,
    channels: 2,
    sizeBytes: audio.length,
    sha256: sha256(audio),
    contentType: 'audio/mpeg',
  };
  return { recordingSid, callSid: call, state, attempt, ...(state === 'ready' ? stored : {}) };
}

function frame(id: string, data: object): string {
  return `id: ${id}\nevent: recording\ndata: ${JSON.stringify(data)}\n\n`;
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  response.end(JSON.stringify(body));
}

/** RFC 9457; a HEAD gets the same head without the body. */
export function problem(response: ServerResponse, trouble: Trouble, isHead = false): void {
  const { retryAfter, ...members } = trouble;
  if (retryAfter !== undefined) response.setHeader('Retry-After', String(retryAfter));
  response.writeHead(trouble.status, { 'Content-Type': 'application/problem+json' });
  response.end(isHead ? undefined : JSON.stringify({ title: `Refused: ${trouble.code}`, ...members }));
}
