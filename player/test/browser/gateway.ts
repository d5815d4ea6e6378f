import { createReadStream, existsSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { peaksOf, wavBytes, wavSize, type Call } from '../../examples/call.js';

const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };
const CHUNK = 64 * 1024;

/** A recording of the gateway, which a test may change at any time. */
export interface Shelved {
  call: Call;
  /** Until this says true the recording is being fetched. */
  ready: boolean;
  /** Refuses everything with this code and status. */
  refusal?: { code: string; status: number; retryable?: boolean };
  /** Tickets of another generation are refused. */
  generation: number;
  hasPeaks: boolean;
}

/** A small gateway on a real socket: the routes that the player uses, audio with ranges, and the built examples. */
export class Gateway {
  readonly recordings = new Map<string, Shelved>();
  /** What was asked, as `GET /path`. */
  readonly asked: string[] = [];
  /** Answers that are still being sent. */
  readonly open = new Set<ServerResponse>();
  readonly #site: string;
  #server: Server | undefined;
  origin = '';

  constructor(site: string) {
    this.#site = site;
  }

  async start(): Promise<void> {
    const server = (this.#server = createServer((request, response) => void this.#answer(request, response)));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    this.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((resolve) => this.#server?.close(resolve));
  }

  /** Puts a recording on the shelf and returns its SID. */
  shelve(facts: Partial<Shelved> = {}): string {
    const sid = `RE${String(this.recordings.size + 1).padStart(32, '0')}`;
    this.recordings.set(sid, {
      call: { seconds: 60, channels: 1 },
      ready: true,
      generation: 1,
      hasPeaks: true,
      ...facts,
    });
    return sid;
  }

  recording(sid: string): Shelved {
    const found = this.recordings.get(sid);
    if (!found) throw new Error(`No ${sid}`);
    return found;
  }

  /** Ends every ticket, and whatever is being sent by one. */
  expireTickets(sid: string): void {
    this.recording(sid).generation++;
    for (const response of this.open) response.destroy();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.origin);
    const [, sid = '', route = ''] = /^\/api\/recordings\/([^/]+)\/?(.*)$/.exec(url.pathname) ?? [];
    if (!sid) return this.#file(url.pathname, response);
    this.asked.push(`${request.method} ${url.pathname}`);
    this.open.add(response);
    response.on('close', () => this.open.delete(response));
    if (sid === 'events') return this.#events(url, response);
    const shelved = this.recordings.get(sid);
    if (!shelved) return problem(response, { code: 'recording-not-found', status: 404 });
    if (shelved.refusal) return problem(response, shelved.refusal);
    if (route === '') return json(response, 200, this.#describe(sid, shelved));
    if (route === 'playback-ticket') return this.#ticket(sid, shelved, response);
    if (route === 'peaks') return peaks(shelved, response);
    if (!shelved.ready) return json(response, 202, { status: 'preparing' });
    if (request.method === 'HEAD') return void response.writeHead(200).end();
    const ticket = url.searchParams.get('ticket');
    if (ticket !== String(shelved.generation)) return problem(response, { code: 'ticket-expired', status: 401 });
    await audio(shelved.call, request, response, route === 'download');
  }

  #describe(sid: string, { ready, call }: Shelved) {
    const facts = { recordingSid: sid, state: ready ? 'ready' : 'fetching', attempt: 1, channels: call.channels };
    return ready ? { ...facts, durationMillis: call.seconds * 1000 } : facts;
  }

  /** Held open, as the real one is; what comes is the state at the beginning. */
  #events(url: URL, response: ServerResponse): void {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    for (const sid of url.searchParams.getAll('sid')) {
      const shelved = this.recordings.get(sid);
      const data = shelved ? this.#describe(sid, shelved) : { recordingSid: sid, state: 'unknown' };
      response.write(`event: recording\ndata: ${JSON.stringify(data)}\n\n`);
    }
  }

  #ticket(sid: string, { generation }: Shelved, response: ServerResponse): void {
    const url = `${this.origin}/api/recordings/${sid}/stream?ticket=${generation}`;
    json(response, 201, { url, expiresAt: new Date(Date.now() + 3_600_000).toISOString() });
  }

  #file(path: string, response: ServerResponse): void {
    const file = join(this.#site, path === '/' ? 'index.html' : path);
    if (!existsSync(file)) return void response.writeHead(404).end();
    response.writeHead(200, { 'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream' });
    createReadStream(file).pipe(response);
  }
}

export function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  response.end(JSON.stringify(body));
}

export function problem(
  response: ServerResponse,
  { code, status, retryable = false }: NonNullable<Shelved['refusal']>,
): void {
  response.writeHead(status, { 'Content-Type': 'application/problem+json' });
  response.end(JSON.stringify({ code, status, title: code, retryable }));
}

export function peaks({ call, hasPeaks }: Pick<Shelved, 'call' | 'hasPeaks'>, response: ServerResponse): void {
  if (!hasPeaks) return problem(response, { code: 'peaks-absent', status: 404 });
  const { durationMillis, samplesPerSecond, channels } = peaksOf(call, 10);
  const encoded = channels.map((channel) => ({
    peaks: Buffer.from(channel.map((level) => Math.round(level * 255))).toString('base64'),
  }));
  json(response, 200, { version: 1, durationMillis, bucketsPerSecond: samplesPerSecond, channels: encoded });
}

/** The WAV file or a part of it, made while it is sent and no faster than it is taken. */
export async function audio(
  call: Call,
  request: IncomingMessage,
  response: ServerResponse,
  asFile: boolean,
): Promise<void> {
  const size = wavSize(call);
  const [, from = '0', to = ''] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') ?? [];
  const first = Number(from);
  const last = Math.min(size - 1, to === '' ? size - 1 : Number(to));
  response.writeHead(request.headers.range ? 206 : 200, {
    'Content-Type': 'audio/wav',
    'Content-Length': last - first + 1,
    'Accept-Ranges': 'bytes',
    'Cache-Control': 'private, no-cache',
    ETag: `"${call.seconds}"`,
    ...(request.headers.range ? { 'Content-Range': `bytes ${first}-${last}/${size}` } : {}),
    ...(asFile ? { 'Content-Disposition': 'attachment; filename="call.wav"' } : {}),
  });
  for (let at = first; at <= last && !response.destroyed; at += CHUNK) {
    if (response.write(bytesOf(call, at, Math.min(last + 1, at + CHUNK)))) continue;
    await new Promise<void>((resolve) => {
      const go = () => {
        response.off('drain', go).off('close', go);
        resolve();
      };
      response.once('drain', go).once('close', go);
    });
  }
  response.end();
}

const minutes = new Map<number, Uint8Array>();

/** Of a long call one minute is made and repeated: making hours of sound would keep the machine from playing it. */
function bytesOf(call: Call, from: number, to: number): Uint8Array {
  if (call.seconds <= 300) return wavBytes(call, from, to);
  const minute = minutes.get(call.channels) ?? wavBytes({ seconds: 60, channels: call.channels }, 44);
  minutes.set(call.channels, minute);
  const head = wavBytes(call, 0, 44);
  const bytes = new Uint8Array(to - from);
  for (let at = from; at < to;) {
    const source = at < 44 ? head : minute;
    const offset = at < 44 ? at : (at - 44) % minute.length;
    const part = source.subarray(offset, offset + to - at);
    bytes.set(part, at - from);
    at += part.length;
  }
  return bytes;
}
