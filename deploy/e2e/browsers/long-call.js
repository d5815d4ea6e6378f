// Plays a call of hours with the player in Chromium, and measures how soon its waveform and its sound are there.
// Usage: EARSHOT_TOKEN=… node long-call.js GATEWAY SID SECONDS...   Seeks to each of the seconds; prints one JSON line.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from './browsers.js';

const PLAYER = fileURLToPath(new URL('../../../player/', import.meta.url));
/** A link of 16 Mbit/s: this machine's own would put most of the call into its buffers before anybody asked for it. */
const BYTES_PER_MILLI = 2_000;

const TYPES = { '.js': 'text/javascript', '.css': 'text/css' };

/** Before anything else in the page: whoever decodes the audio by script is counted. */
const WATCH = `<script>
  window.decoded = 0;
  const decode = BaseAudioContext.prototype.decodeAudioData;
  BaseAudioContext.prototype.decodeAudioData = function (...all) { window.decoded++; return decode.apply(this, all); };
</script>`;

async function main([gateway, sid, ...seconds]) {
  const token = process.env.EARSHOT_TOKEN;
  if (!gateway || !sid || seconds.length === 0 || !token) {
    throw new Error('usage: EARSHOT_TOKEN=... node long-call.js GATEWAY SID SECONDS...');
  }
  const folder = mkdtempSync(join(tmpdir(), 'long-call-'));
  const counted = { audioBytes: 0, audioRequests: 0 };
  let server;
  let browser;
  try {
    await build(folder);
    server = await serve(folder, gateway, counted);
    browser = await chromium();
    await browser.open(`http://127.0.0.1:${server.address().port}/?show=none`);
    const measured = await browser.run(measure, { sid, token, seconds: seconds.map(Number) });
    console.log(JSON.stringify({ ...measured, ...counted }));
  } finally {
    await browser?.close();
    server?.closeAllConnections();
    server?.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The player's own example page, which has nothing on it with `?show=none`. */
async function build(folder) {
  const vite = spawn(
    process.execPath,
    [join(PLAYER, 'node_modules/vite/bin/vite.js'), 'build', '--config', 'examples/vite.config.ts', '--outDir', folder, '--logLevel', 'error'],
    { cwd: PLAYER, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const [code] = await once(vite, 'exit');
  if (code !== 0) {
    throw new Error('the player was not built');
  }
}

/** The page and the gateway under one origin, as a customer's proxy has them; counts the audio that passes. */
async function serve(folder, gateway, counted) {
  const server = createServer((incoming, outgoing) => {
    if (incoming.url.startsWith('/api/')) {
      return forward(incoming, outgoing, gateway, counted);
    }
    const path = new URL(incoming.url, gateway).pathname;
    if (path === '/') {
      outgoing.setHeader('Content-Type', 'text/html; charset=utf-8');
      return outgoing.end(readFileSync(join(folder, 'index.html'), 'utf8').replace('<head>', `<head>${WATCH}`));
    }
    if (!existsSync(join(folder, path))) {
      return outgoing.writeHead(404).end();
    }
    outgoing.setHeader('Content-Type', TYPES[extname(path)] ?? 'application/octet-stream');
    createReadStream(join(folder, path)).pipe(outgoing);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

function forward(incoming, outgoing, gateway, counted) {
  const { method, headers, url } = incoming;
  const asked = request(gateway + url, { method, headers: { ...headers, host: new URL(gateway).host } }, (answer) => {
    if (url.endsWith('/playback-ticket')) {
      return rewritten(answer, outgoing, gateway, `http://${headers.host}`);
    }
    outgoing.writeHead(answer.statusCode, answer.headers);
    if (method === 'GET' && url.includes('/stream')) {
      counted.audioRequests++;
      return paced(answer, outgoing, counted);
    }
    answer.on('error', () => outgoing.destroy());
    answer.pipe(outgoing);
  });
  outgoing.on('close', () => asked.destroy());
  asked.on('error', () => outgoing.destroy());
  incoming.pipe(asked);
}

/** Passes audio on at the speed of the link, and no faster than it is taken. */
async function paced(answer, outgoing, counted) {
  const atSpeed = async function* (chunks) {
    for await (const chunk of chunks) {
      counted.audioBytes += chunk.length;
      yield chunk;
      await pause(chunk.length / BYTES_PER_MILLI);
    }
  };
  // A seek breaks off what was being sent.
  await pipeline(answer, atSpeed, outgoing).catch(() => {});
}

/** A ticket names the gateway by its public address; here that is this server. */
async function rewritten(answer, outgoing, gateway, origin) {
  const body = (await answer.toArray()).join('').replaceAll(gateway, origin);
  outgoing.writeHead(answer.statusCode, { 'Content-Type': answer.headers['content-type'] });
  outgoing.end(body);
}

/** Runs in the page. Times in milliseconds, from the click or from the seek; the first click is a page's coldest. */
async function measure({ sid, token, seconds }) {
  const until = (holds) =>
    new Promise((resolve, reject) => {
      const deadline = performance.now() + 60_000;
      const look = () => {
        if (holds()) resolve();
        else if (performance.now() > deadline) reject(new Error(`never: ${holds}, in state ${player.state}`));
        else setTimeout(look, 5);
      };
      look();
    });
  const since = (moment) => Math.round(performance.now() - moment);
  const isDrawn = (canvas) =>
    canvas.width > 0 && canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.some((part) => part > 0);
  const canvases = () => [...(player.shadowRoot.querySelector('.wave > div')?.shadowRoot?.querySelectorAll('canvas') ?? [])];
  const waveformsAfter = [];
  const soundsAfter = [];
  let player;
  for (let click = 1; click <= 3; click++) {
    player?.remove();
    player = Object.assign(document.createElement('earshot-player'), { sid, token, baseUrl: location.origin });
    document.querySelector('main').append(player);
    await player.updateComplete;
    const clicked = performance.now();
    player.play();
    void until(() => canvases().some(isDrawn)).then(() => waveformsAfter.push(since(clicked)));
    await until(() => player.state === 'playing' && player.currentTime > 0.02);
    soundsAfter.push(since(clicked));
    await until(() => waveformsAfter.length === click);
  }
  const seeksAfter = [];
  for (const to of seconds) {
    const asked = performance.now();
    player.seek(to);
    await until(() => player.state === 'playing' && player.currentTime > to + 0.02 && player.currentTime < to + 30);
    seeksAfter.push(since(asked));
  }
  const { duration } = player.shadowRoot.querySelector('audio');
  const byScript = performance
    .getEntriesByType('resource')
    .filter(({ name, initiatorType }) => name.includes('/stream?') && ['fetch', 'xmlhttprequest'].includes(initiatorType)).length;
  player.remove();
  return { waveformsAfter, soundsAfter, seeksAfter, duration, decoded: window.decoded, byScript };
}

main(process.argv.slice(2)).catch((failure) => {
  console.error(failure);
  process.exitCode = 1;
});
