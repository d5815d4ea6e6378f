import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Kafka, logLevel, type EachMessagePayload, type KafkaMessage } from 'kafkajs';

// Hands every recording that is ready to a transcriber, once. How to run it, and why it is made so: ../README.md.
//
// Kafka delivers at least once: whoever dies before the commit gets the event again. So what was handled is written down
// first and committed then, and an event that is written down is not handled again, in this life or the next.

const TOPIC = 'earshot.fetch-outcomes.v1';
const READY = 'dev.earshot.recording.ready.v1';
const MOST_FOR_ONE_MS = 30 * 60_000;

/** The part of a `ready.v1` that is used here; what else it has is ignored, as it may grow. */
interface Ready {
  tenant: string;
  callSid: string;
  recordingSid: string;
  object: { sha256: string; contentType: string };
}

function setting(name: string, otherwise?: string): string {
  const value = process.env[name] ?? otherwise;
  if (!value) throw new Error(`set ${name}: see README.md`);
  return value;
}

const AGAIN_AFTER_SECONDS = Number(setting('AGAIN_AFTER_SECONDS', '10'));

const say = (what: string) => console.log(new Date().toISOString(), what);

/** What was handled, a line each; several processes keep it in a database of theirs instead. */
class Memory {
  /** Longer than the topic keeps anything: what is older cannot come again. */
  static readonly #KEPT_MS = 30 * 86_400_000;
  readonly #events = new Set<string>();
  readonly #path: string;

  private constructor(path: string) {
    this.#path = path;
  }

  static async open(path: string): Promise<Memory> {
    const memory = new Memory(path);
    const text = await readFile(path, 'utf8').catch((error) => (error.code === 'ENOENT' ? '' : Promise.reject(error)));
    let kept = '';
    for (const line of text.split('\n')) {
      const [, at = '', event = ''] = /^(\S+) (.+)$/.exec(line) ?? [];
      if (!(Date.parse(at) > Date.now() - Memory.#KEPT_MS) || memory.#events.has(event)) continue;
      memory.#events.add(event);
      kept += `${line}\n`;
    }
    await writeFile(`${path}.new`, kept, { flush: true });
    await rename(`${path}.new`, path);
    return memory;
  }

  has(event: string): boolean {
    return this.#events.has(event);
  }

  /** On the disk when this resolves. */
  async add(event: string): Promise<void> {
    const file = await open(this.#path, 'a');
    try {
      await file.write(`${new Date().toISOString()} ${event}\n`);
      await file.datasync();
    } finally {
      await file.close();
    }
    this.#events.add(event);
  }
}

/** Runs a command of the settings with facts in its environment; its exit code, and what it printed if that is wanted. */
async function shell(command: string, facts: Record<string, string>, keeps = false): Promise<[number, string]> {
  const running = spawn('sh', ['-c', command], {
    env: { ...process.env, ...facts },
    stdio: ['ignore', keeps ? 'pipe' : 'inherit', 'inherit'],
    timeout: MOST_FOR_ONE_MS,
    killSignal: 'SIGKILL',
  });
  let printed = '';
  running.stdout?.setEncoding('utf8').on('data', (text) => (printed += text));
  const code = await new Promise<number | null>((resolve, reject) => running.on('close', resolve).on('error', reject));
  return [code ?? -1, printed.trim()];
}

const tokens = new Map<string, string>();

/** A token is one tenant's. Whatever gives you tokens is a command here, asked again when one has expired. */
async function tokenOf(tenant: string): Promise<string> {
  const known = tokens.get(tenant);
  if (known) return known;
  const [code, token] = await shell(setting('TOKEN_COMMAND'), { TENANT: tenant }, true);
  if (code !== 0 || !token) throw new Error(`TOKEN_COMMAND gave no token for ${tenant}`);
  tokens.set(tenant, token);
  return token;
}

async function ask(ready: Ready, what: string): Promise<Response> {
  // Where the gateway redirects to the store, fetch leaves the token behind, as it must: the signed URL is enough, and a
  // store refuses a second credential.
  return fetch(`${setting('EARSHOT_URL', 'http://127.0.0.1:8080')}/api/recordings/${ready.recordingSid}${what}`, {
    // The gateway reads the same event, perhaps a moment later than we do.
    headers: { Authorization: `Bearer ${await tokenOf(ready.tenant)}`, Prefer: 'wait=20' },
    signal: AbortSignal.timeout(MOST_FOR_ONE_MS),
  });
}

/** The members of an answer in JSON that are used here. What is no JSON, such as a proxy's page or a store's XML, has none. */
async function json(answer: Response) {
  return (await answer.json().catch(() => ({}))) as { code?: string; retryable?: boolean; sha256?: string };
}

/** Says why this recording will never be had. Throws what may pass, or what somebody has to mend. */
async function passOver(answer: Response, tenant: string): Promise<string> {
  const { status } = answer;
  const { code = '', retryable = true } = await json(answer);
  // The query of a signed URL is a credential, and nothing for a log.
  const { hostname, pathname } = new URL(answer.url);
  const said = `${hostname}${pathname} answered ${status} ${code}`;
  if (status === 410 || (status === 404 && code === 'recording-absent')) return `gone meanwhile (${said})`;
  if (status === 503 && !retryable) return `never to be played (${said})`;
  if (![401, 403, 404].includes(status)) throw new Error(said);
  // Another tenant's recording is answered as one that does not exist, and must not be taken for one.
  tokens.clear();
  throw new Error(`${said}; the token for ${tenant} may have expired, or be of another tenant`);
}

/** Fetches the audio, checks it and gives it to the transcriber; what became of it. Throws what may pass. */
async function handOver(id: string, ready: Ready, audio: string): Promise<string> {
  const answer = await ask(ready, '/stream');
  if (answer.status !== 200 || !answer.body) return passOver(answer, ready.tenant);
  const hash = createHash('sha256');
  await pipeline(
    answer.body,
    async function* (chunks: AsyncIterable<Uint8Array>) {
      for await (const chunk of chunks) {
        hash.update(chunk);
        yield chunk;
      }
    },
    createWriteStream(audio),
  );
  const sha256 = hash.digest('hex');
  if (sha256 !== ready.object.sha256) {
    // What there is now, as the gateway knows it; an ETag may be the store's, and is no hash then.
    const now = await json(await ask(ready, ''));
    if (now.sha256 === sha256) return 'replaced by newer audio, which has an event of its own';
    throw new Error('these are not the bytes that the event tells of');
  }
  const [code] = await shell(setting('TRANSCRIBER'), {
    // At least once: if we die before it is written down, the transcriber hears of this event again.
    EVENT_ID: id,
    TENANT: ready.tenant,
    CALL_SID: ready.callSid,
    RECORDING_SID: ready.recordingSid,
    CONTENT_TYPE: ready.object.contentType,
    AUDIO: audio,
  });
  // 65 is the EX_DATAERR of sysexits: the transcriber says that it never will.
  if (code !== 0 && code !== 65) throw new Error(`the transcriber ended with ${code}`);
  return code === 0 ? 'handed over' : 'refused by the transcriber';
}

const header = ({ headers }: KafkaMessage, name: string) => headers?.[name]?.toString() ?? '';

/** Throws what may pass: the event is not handled yet. */
async function handle(message: KafkaMessage, memory: Memory): Promise<void> {
  if (header(message, 'ce_type') !== READY) return;
  const id = header(message, 'ce_id');
  const event = JSON.stringify([header(message, 'ce_source'), id]);
  if (memory.has(event)) return say(`known already: ${id}`);
  const folder = await mkdtemp(join(tmpdir(), 'recording-'));
  try {
    const ready = JSON.parse(message.value?.toString() ?? '') as Ready;
    say(`${await handOver(id, ready, join(folder, 'audio'))}: ${id}`);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    say(`no JSON: ${id}`);
  } finally {
    await rm(folder, { recursive: true });
  }
  await memory.add(event);
}

const memory = await Memory.open(setting('HANDLED', 'handled.log'));
const kafka = new Kafka({
  clientId: 'transcriber',
  brokers: setting('KAFKA_BOOTSTRAP', '127.0.0.1:19092').split(','),
  logLevel: logLevel.ERROR,
});
// Who is killed is missed after so long; then its partitions go to whoever is there.
const consumer = kafka.consumer({
  groupId: setting('GROUP', 'transcriber'),
  sessionTimeout: 6_000,
  heartbeatInterval: 1_500,
});

async function take({ topic, partition, message, heartbeat, pause }: EachMessagePayload): Promise<void> {
  // kafkajs tells the broker that it lives between two messages only, and a transcription may take longer than that.
  const alive = setInterval(() => void heartbeat().catch(() => {}), 1_500);
  try {
    await handle(message, memory);
    await consumer.commitOffsets([{ topic, partition, offset: String(BigInt(message.offset) + 1n) }]);
  } catch (error) {
    // The same message again, and nothing before it: an event that is left out is a recording without a transcript.
    say(`trying again in ${AGAIN_AFTER_SECONDS} s: ${(error as Error).message}`);
    setTimeout(pause(), AGAIN_AFTER_SECONDS * 1_000);
    consumer.seek({ topic, partition, offset: message.offset });
  } finally {
    clearInterval(alive);
  }
}

await consumer.connect();
await consumer.subscribe({ topic: TOPIC, fromBeginning: true });
await consumer.run({ autoCommit: false, eachMessage: take });
say(`reading ${TOPIC}`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void consumer.disconnect().then(() => (say('stopped'), process.exit(0))));
}
