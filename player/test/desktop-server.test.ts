import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { httpOrigin, httpSource, MemoryStorage, OfflineRecordings, playFrom } from '../src/offline/index.js';
import { sha256 } from './gateway.js';

const SERVER = fileURLToPath(new URL('../../deploy/examples/desktop-server/server.mjs', import.meta.url));
const ORIGIN = 'https://app.example';
const AUDIO = Buffer.from(Uint8Array.from({ length: 100_000 }, (_, n) => n % 251));
const DIGEST = `sha-256=:${Buffer.from(sha256(AUDIO), 'hex').toString('base64')}:`;

let server: ChildProcess;
let folder: string;
let url: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'desktop-server-'));
  server = spawn(process.execPath, [SERVER, '--folder', folder, '--origin', ORIGIN, '--port', '0']);
  url = await new Promise<string>((resolve, reject) => {
    server.stdout?.on('data', (line) => resolve(String(line).split(' ')[0] ?? ''));
    server.on('exit', () => reject(new Error('It did not start')));
  });
});

afterAll(async () => {
  const ended = new Promise((resolve) => server.on('exit', resolve));
  server.kill();
  await ended;
  await rm(folder, { recursive: true });
});

function put(id: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${url}/${id}`, { method: 'PUT', body: AUDIO, headers: { 'Content-Type': 'audio/mpeg', ...headers } });
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
