// A desktop server as an example: keeps recordings in a folder of this machine and serves them to players on it.
//
//   node server.mjs --folder ./recordings --origin https://app.example [--port 7071]
//
//   GET, HEAD /{id}   the recording, with ranges
//   PUT       /{id}   keeps one; its Repr-Digest (RFC 9530), if there is one, is checked
import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    folder: { type: 'string', default: 'recordings' },
    origin: { type: 'string', multiple: true, default: [] },
    port: { type: 'string', default: '7071' },
  },
});
await mkdir(values.folder, { recursive: true });

// In the folder `{id}.json` tells what a recording is, and by its SHA-256 which file has its bytes: `{id}.{sha256}`. It is
// replaced in one step once they lie there, so facts and bytes belong together at any moment, after a crash too.

/** No dots and no slashes: an identifier never leads out of the folder. */
const ID = /^\/([A-Za-z0-9_-]{1,200})$/;
/** Only what a player plays; a page that somebody stored here must never be shown as one. */
const TYPE = /^(audio|video)\/[a-z0-9.+-]+$/;
/** This machine's own names: what comes under another was led here by a foreign DNS entry (rebinding). */
const HOST = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

const server = createServer(async (request, response) => {
  try {
    await answer(request, response);
  } catch (error) {
    console.error(request.method, request.url, error.message);
    if (response.headersSent) response.destroy();
    else refuse(response, 500);
  }
});

async function answer(request, response) {
  const { origin, host } = request.headers;
  if (!HOST.test(host ?? '')) return refuse(response, 421);
  if (origin !== undefined && !values.origin.includes(origin)) return refuse(response, 403);
  if (origin !== undefined) allow(response, origin);
  if (request.method === 'OPTIONS') return response.writeHead(204).end();
  const id = ID.exec(request.url)?.[1];
  if (!id) return refuse(response, 404);
  // A form of any page can send a POST without asking, but no PUT: this one was allowed by its preflight.
  if (request.method === 'PUT') return take(id, request, response);
  if (request.method === 'GET' || request.method === 'HEAD') return give(id, request, response);
  return refuse(response.setHeader('Allow', 'GET, HEAD, PUT'), 405);
}

function allow(response, origin) {
  response.setHeader('Access-Control-Allow-Origin', origin);
  response.setHeader('Access-Control-Allow-Methods', 'GET, HEAD, PUT');
  response.setHeader('Access-Control-Allow-Headers', 'Authorization, Content-Type, If-Range, Range, Repr-Digest');
  response.setHeader('Access-Control-Expose-Headers', 'Content-Length, Content-Range, ETag, Repr-Digest');
  // Browsers ask before a page of the internet may speak with this machine.
  response.setHeader('Access-Control-Allow-Private-Network', 'true');
  response.setHeader('Vary', 'Origin');
}

async function take(id, request, response) {
  const type = request.headers['content-type'] ?? '';
  if (!TYPE.test(type)) return refuse(response, 415);
  // Answered last of all: whoever is told no finds nothing of it in the folder.
  const kept = await keep(join(values.folder, id), type, request);
  if (!kept) return refuse(response, 422);
  response.writeHead(201).end();
}

/** False where the bytes are not the ones that their digest tells. */
async function keep(path, type, request) {
  const part = `${path}.${randomUUID()}.part`;
  const hash = createHash('sha256');
  try {
    await pipeline(
      request,
      async function* (chunks) {
        for await (const chunk of chunks) yield (hash.update(chunk), chunk);
      },
      createWriteStream(part, { flags: 'wx' }),
    );
    const digest = hash.digest();
    const told = /sha-256=:([^:]+):/.exec(request.headers['repr-digest'] ?? '')?.[1];
    if (told !== undefined && told !== digest.toString('base64')) return false;
    await inTurn(() => commit(path, part, { type, sha256: digest.toString('hex') }));
    return true;
  } finally {
    await rm(part, { force: true });
  }
}

let turn = Promise.resolve();

/** One after the other, or the older of two uploads of a recording could remove the bytes of the newer. */
function inTurn(step) {
  const mine = turn.then(step);
  turn = mine.catch(() => {});
  return mine;
}

async function commit(path, part, facts) {
  const before = await factsOf(path);
  await rename(part, `${path}.${facts.sha256}`);
  const draft = `${part}.json`;
  try {
    await writeFile(draft, JSON.stringify(facts), { flush: true });
    await rename(draft, `${path}.json`);
  } finally {
    await rm(draft, { force: true });
  }
  // Who is being served from it keeps it until the end; a system that cannot remove it then leaves it.
  if (before && before.sha256 !== facts.sha256) await rm(`${path}.${before.sha256}`, { force: true }).catch(() => {});
}

async function factsOf(path) {
  const text = await readFile(`${path}.json`, 'utf8').catch(absent);
  return text === undefined ? undefined : JSON.parse(text);
}

function absent(error) {
  if (error.code !== 'ENOENT') throw error;
}

/** Its facts and its open file, undefined where there is none. */
async function find(path) {
  for (;;) {
    const facts = await factsOf(path);
    const file = facts && (await open(`${path}.${facts.sha256}`).catch(absent));
    if (file) return { ...facts, file };
    // Replaced between the two steps: then it has other facts by now.
    if (facts?.sha256 === (await factsOf(path))?.sha256) return undefined;
  }
}

async function give(id, request, response) {
  const found = await find(join(values.folder, id));
  if (!found) return refuse(response, 404);
  try {
    await send(found, request, response);
  } finally {
    await found.file.close();
  }
}

async function send({ type, sha256, file }, request, response) {
  const { size } = await file.stat();
  const etag = `"${sha256}"`;
  response.setHeader('Content-Type', type);
  response.setHeader('Accept-Ranges', 'bytes');
  response.setHeader('ETag', etag);
  response.setHeader('Repr-Digest', `sha-256=:${Buffer.from(sha256, 'hex').toString('base64')}:`);
  response.setHeader('X-Content-Type-Options', 'nosniff');
  const ifRange = request.headers['if-range'];
  const range = ifRange === undefined || ifRange === etag ? rangeOf(request.headers.range, size) : undefined;
  if (range === 'unsatisfiable') return refuse(response.setHeader('Content-Range', `bytes */${size}`), 416);
  const { start, end } = range ?? { start: 0, end: size - 1 };
  if (range) response.setHeader('Content-Range', `bytes ${start}-${end}/${size}`);
  response.writeHead(range ? 206 : 200, { 'Content-Length': end - start + 1 });
  if (request.method === 'HEAD' || size === 0) return response.end();
  // A player that leaves in the middle is no failure of ours.
  await pipeline(file.createReadStream({ start, end, autoClose: false }), response).catch(() => {});
}

/** One range (RFC 9110, section 14.1.2); several, and what is malformed, are ignored, as that allows. */
function rangeOf(header, size) {
  const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (from === undefined || (from === '' && to === '')) return undefined;
  const start = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const end = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (from !== '' && to !== '' && Number(to) < start) return undefined;
  return start >= size || (from === '' && Number(to) === 0) ? 'unsatisfiable' : { start, end };
}

function refuse(response, status) {
  response.writeHead(status, { 'Content-Length': 0 }).end();
}

// This machine alone: nothing else on the network can hear calls.
server.listen(Number(values.port), '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port} serves ${values.folder}`);
});
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stop());

function stop() {
  server.close();
  server.closeAllConnections();
}
