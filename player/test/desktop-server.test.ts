import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { httpOrigin, httpSource, MemoryStorage, OfflineRecordings, playFrom } from '../src/offline/index.js';
import { sha256 } from './gateway.js';

const SERVER = fileURLToPath(new URL('../../deploy/examples/desktop-server/server.mjs', import.meta.url));
const ORIGIN = 'https://app.example';
const AUDIO = Buffer.from(Uint8Array.from({ length: 100_000 }, (_, n) => n % 251));
const DIGEST = `sha-256=:${Buffer.from(sha256(AUDIO), 'hex').toString('base64')}:`;

let server: ChildProcess;
let folder: string;
let url: string;

async function start(): Promise<void> {
  server = spawn(process.execPath, [SERVER, '--folder', folder, '--origin', ORIGIN, '--port', '0']);
  url = await new Promise<string>((resolve, reject) => {
    server.stdout?.on('data', (line) => resolve(String(line).split(' ')[0] ?? ''));
    server.on('exit', () => reject(new Error('It did not start')));
  });
}

async function end(signal: NodeJS.Signals): Promise<void> {
  const ended = new Promise((resolve) => server.on('exit', resolve));
  server.kill(signal);
  await ended;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'desktop-server-'));
  await start();
});

afterAll(async () => {
  await end('SIGTERM');
  await rm(folder, { recursive: true });
});

function put(id: string, headers: Record<string, string> = {}, body: BodyInit = AUDIO): Promise<Response> {
  return fetch(`${url}/${id}`, { method: 'PUT', body, headers: { 'Content-Type': 'audio/mpeg', ...headers } });
}

/** One of several versions of a recording, each of another type. */
function version(n: number): { body: Buffer<ArrayBuffer>; headers: Record<string, string> } {
  return { body: Buffer.alloc(50_000 + n, n % 256), headers: { 'Content-Type': `audio/x-${n}` } };
}

/** What is told of it belongs to the bytes that come; the number of the version. */
async function whole(id: string): Promise<number> {
  const answer = await fetch(`${url}/${id}`);
  const bytes = Buffer.from(await answer.arrayBuffer());
  const n = bytes.length - 50_000;
  expect(bytes.equals(version(n).body)).toBe(true);
  expect(answer.headers.get('ETag')).toBe(`"${sha256(bytes)}"`);
  expect(answer.headers.get('Content-Type')).toBe(`audio/x-${n}`);
  return n;
}

describe('the desktop server', () => {
  it('takes a copy in the background, and plays it afterwards', async () => {
    await put('audio_recording_1', { 'Repr-Digest': DIGEST });
    const desktop = httpSource({ name: 'desktop', baseUrl: url, writable: true });
    const origin = httpOrigin({ baseUrl: url });
    const offline = new OfflineRecordings({
      // Kept from one name, stored under another: what is asked for next was stored, not only served.
      origin: {
        ...origin,
        describe: async (_, signal) => ({ ...(await origin.describe('audio_recording_1', signal)), sid: 'RE2' }),
        audio: (_, from) => origin.audio('audio_recording_1', from),
      },
      storage: new MemoryStorage(),
      alsoTo: [desktop],
    });
    const facts = await offline.ensureLocal('RE2');
    expect(facts).toMatchObject({ isVerified: true, sha256: sha256(AUDIO) });
    await offline.settled();
    const played = await playFrom([desktop], 'RE2');
    expect(Buffer.from(await (await fetch(played.url)).arrayBuffer()).equals(AUDIO)).toBe(true);
    expect(played.contentType).toBe('audio/mpeg');
  });

  it.each([
    ['bytes=0-1', 206, 'bytes 0-1/100000', 2],
    ['bytes=99990-', 206, 'bytes 99990-99999/100000', 10],
    ['bytes=-5', 206, 'bytes 99995-99999/100000', 5],
    ['bytes=0-999999', 206, 'bytes 0-99999/100000', 100_000],
    ['bytes=100000-', 416, 'bytes */100000', 0],
    ['bytes=5-2', 200, null, 100_000],
    ['lines=1-2', 200, null, 100_000],
  ])('answers the range %s with %i', async (range, status, contentRange, length) => {
    await put('ranges');
    const answer = await fetch(`${url}/ranges`, { headers: { Range: range } });
    expect([answer.status, answer.headers.get('Content-Range')]).toEqual([status, contentRange]);
    expect((await answer.arrayBuffer()).byteLength).toBe(length);
  });

  it('gives the whole where If-Range names another version', async () => {
    await put('if-range');
    const answer = await fetch(`${url}/if-range`, { headers: { Range: 'bytes=0-1', 'If-Range': '"other"' } });
    expect(answer.status).toBe(200);
    expect((await answer.arrayBuffer()).byteLength).toBe(AUDIO.length);
  });

  it('keeps nothing whose digest is another one, nor what is no media', async () => {
    expect((await put('wrong', { 'Repr-Digest': `sha-256=:${'A'.repeat(43)}=:` })).status).toBe(422);
    expect((await put('page', { 'Content-Type': 'text/html' })).status).toBe(415);
    const names = await readdir(folder);
    expect(names.filter((name) => /wrong|page|part/.test(name))).toEqual([]);
  });

  it('shows a recording that is replaced as it was or as it is, never something between', async () => {
    const places = (n: number) => put('replaced', version(n).headers, version(n).body);
    await places(0);
    let done = false;
    const replaced = (async () => {
      for (let n = 1; n <= 60; n += 3) await Promise.all([places(n), places(n + 1), places(n + 2)]);
      done = true;
    })();
    const readers = [1, 2, 3, 4].map(async () => {
      const seen = new Set<number>();
      while (!done) seen.add(await whole('replaced'));
      return seen.size;
    });
    await replaced;
    expect(Math.max(...(await Promise.all(readers)))).toBeGreaterThan(1);
    expect((await readdir(folder)).filter((name) => name.startsWith('replaced.'))).toHaveLength(2);
  });

  it('has the one or the other version after it was killed while it took one', async () => {
    await put('killed', version(0).headers, version(0).body);
    for (let round = 0; round < 3; round++) {
      let answered = 0;
      const uploads = (async () => {
        for (let n = 1; ; n++) {
          await put('killed', version(n).headers, version(n).body);
          answered = n;
        }
      })().catch(() => undefined);
      await vi.waitFor(() => expect(answered).toBeGreaterThan(3));
      await end('SIGKILL');
      await uploads;
      await start();
      expect([answered, answered + 1]).toContain(await whole('killed'));
    }
  });

  it("answers under no other name than this machine's, wherever a DNS entry leads", async () => {
    await put('named', { 'Repr-Digest': DIGEST });
    const statusUnder = (host: string) =>
      new Promise((resolve, reject) => {
        const asked = request(`${url}/named`, { headers: { Host: host } }, (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        });
        asked.on('error', reject).end();
      });
    const { port } = new URL(url);
    for (const own of ['127.0.0.1', 'localhost', '[::1]']) expect(await statusUnder(`${own}:${port}`)).toBe(200);
    for (const foreign of ['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example', '10.0.0.1']) {
      expect(await statusUnder(`${foreign}:${port}`)).toBe(421);
    }
  });

  it('refuses foreign pages, and what leads out of its folder', async () => {
    const asked = (path: string, headers = {}) => fetch(url + path, { headers }).then(({ status }) => status);
    expect(await asked('/ranges', { Origin: 'https://evil.example' })).toBe(403);
    expect(await asked('/ranges', { Origin: ORIGIN })).not.toBe(403);
    expect(await asked('/..%2Fetc%2Fpasswd')).toBe(404);
    expect(await asked('/nothing')).toBe(404);
  });

  it('lets a named page ask by preflight', async () => {
    const answer = await fetch(`${url}/x`, { method: 'OPTIONS', headers: { Origin: ORIGIN } });
    expect(answer.headers.get('Access-Control-Allow-Origin')).toBe(ORIGIN);
    expect(answer.headers.get('Access-Control-Allow-Methods')).toContain('PUT');
  });
});
