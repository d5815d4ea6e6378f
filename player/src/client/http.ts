import { EarshotError } from './errors.js';
import { retryAfterMs } from './retry.js';
import type { EarshotClientOptions, Problem } from './types.js';

const TIMEOUT_MS = 30_000;

/** One request. */
export interface Request {
  method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';
  body?: Blob;
  headers?: Record<string, string>;
  signal?: AbortSignal | undefined;
  /** A redirect is an answer of its own: where the audio is stored may not be asked by HEAD. */
  redirect?: 'manual';
  /** Beyond the client's own time, as for an answer that is to be held. */
  moreTimeMs?: number;
}

/** The one way to the gateway: adds the token, bounds the time, and turns whatever goes wrong into an EarshotError. */
export class Http {
  private readonly base: string;

  /** @param closing ends every request when the client is closed */
  constructor(
    private readonly options: EarshotClientOptions,
    private readonly closing: AbortSignal,
  ) {
    this.base = new URL(options.baseUrl).href.replace(/[?#].*$/, '').replace(/\/+$/, '');
  }

  /** The path of a recording's route; a SID may be any text of the application's and must not leave its segment. */
  static path(sid: string, route = ''): string {
    return `/api/recordings/${encodeURIComponent(sid)}${route}`;
  }

  /**
   * Sends, and reads the answer if it is none of 400 and above.
   *
   * @param read the time-out covers it; one that returns the body itself has been given the head in time
   * @throws EarshotError
   */
  async send<T>(path: string, request: Request, read: (response: Response) => T | Promise<T>): Promise<T> {
    const late = new AbortController();
    const signal = AbortSignal.any([this.closing, late.signal, ...(request.signal ? [request.signal] : [])]);
    const timer = setTimeout(() => late.abort(), (this.options.timeoutMs ?? TIMEOUT_MS) + (request.moreTimeMs ?? 0));
    try {
      const response = await this.authorized(path, request, signal);
      if (response.status >= 400) throw await refusal(response);
      return await read(response);
    } catch (error) {
      throw this.fault(error, request.signal, late.signal);
    } finally {
      clearTimeout(timer);
    }
  }

  /** What a failure means, also one that happens while a body is read. */
  fault(error: unknown, caller?: AbortSignal, late?: AbortSignal): EarshotError {
    if (this.closing.aborted || caller?.aborted)
      return new EarshotError('aborted', 'Ended by the caller', { cause: error });
    if (error instanceof EarshotError) return error;
    if (late?.aborted) return new EarshotError('timeout', 'No answer in time', { retryable: true, cause: error });
    if (error instanceof SyntaxError)
      return new EarshotError('bad-answer', 'Not the JSON of a gateway', { cause: error });
    return new EarshotError('offline', 'The gateway cannot be reached', { retryable: true, cause: error });
  }

  /** A token that ran out while it lay about is replaced once, where there is a way to get another. */
  private async authorized(path: string, request: Request, signal: AbortSignal): Promise<Response> {
    const first = await this.once(path, request, signal);
    if (first.status !== 401 || typeof this.options.token !== 'function') return first;
    void first.body?.cancel().catch(() => {});
    return this.once(path, request, signal);
  }

  private async once(path: string, request: Request, signal: AbortSignal): Promise<Response> {
    const { token } = this.options;
    const bearer = typeof token === 'function' ? await token() : token;
    signal.throwIfAborted();
    // Called without a receiver: the global fetch of browsers refuses any other than the window.
    const { fetch = globalThis.fetch } = this.options;
    return fetch(this.base + path, {
      method: request.method ?? 'GET',
      ...(request.body ? { body: request.body } : {}),
      headers: { ...request.headers, ...(bearer ? { Authorization: `Bearer ${bearer}` } : {}) },
      redirect: request.redirect ?? 'follow',
      cache: 'no-store',
      signal,
    });
  }
}

async function refusal(response: Response): Promise<EarshotError> {
  const { status } = response;
  const facts = { status, retryAfterMs: retryAfterMs(response.headers.get('Retry-After')) };
  const problem = await problemOf(response);
  return problem
    ? new EarshotError(problem.code, problem.title, { ...facts, retryable: problem.retryable, problem })
    : // Not the gateway but something before it, whose 5xx (a proxy without a backend) and 429 pass.
      new EarshotError('bad-answer', `HTTP ${status}`, { ...facts, retryable: status >= 500 || status === 429 });
}

/** A HEAD has none, nor does what a proxy says by itself. */
async function problemOf(response: Response): Promise<Problem | undefined> {
  if (!/\bjson\b/.test(response.headers.get('Content-Type') ?? '')) {
    void response.body?.cancel().catch(() => {});
    return undefined;
  }
  const problem = (await response.json().catch(() => undefined)) as Partial<Problem> | undefined;
  return typeof problem?.code === 'string'
    ? { title: problem.code, retryable: false, ...problem, code: problem.code, status: response.status }
    : undefined;
}
