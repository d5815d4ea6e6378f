import type { EarshotError } from './errors.js';

/**
 * Where a recording stands, in the gateway's words. `registered`, `fetching`, `waiting` (for the next attempt), `ready`,
 * `failed` and `evicted` (dropped from the store, fetched again when asked for) come from every route; `deleted` and
 * `unknown` (nobody's or somebody else's) come on the events stream alone.
 */
export type RecordingState =
  'registered' | 'fetching' | 'waiting' | 'ready' | 'failed' | 'evicted' | 'deleted' | 'unknown';

/** Why a fetch failed, in the gateway's words. */
export type FailureReason =
  | 'not-ready-yet'
  | 'source-deleted'
  | 'absent'
  | 'encrypted'
  | 'unauthorized'
  | 'rate-limited'
  | 'account-busy'
  | 'upstream-error'
  | 'upstream-timeout'
  | 'truncated'
  | 'not-audio'
  | 'too-large'
  | 'redirect-refused'
  | 'store-unavailable'
  | 'store-conflict'
  | 'store-mismatch'
  | 'attempts-exhausted';

/** What the gateway knows of one recording. Times are ISO 8601 in UTC. */
export interface Recording {
  /** `RE` and 32 hexadecimal digits, also where a call's SID was asked for. */
  recordingSid: string;
  callSid?: string;
  accountSid?: string;
  state: RecordingState;
  /** Attempts at fetching so far; 0 before the first. */
  attempt?: number;
  nextAttemptAt?: string;
  startedAt?: string;
  /** Whole seconds as Twilio tells them, before the audio itself is known. */
  durationSeconds?: number;
  /** Exact, once the audio is stored. */
  durationMillis?: number;
  channels?: number;
  sizeBytes?: number;
  /** Of the audio, 64 lower-case hexadecimal digits. */
  sha256?: string;
  contentType?: string;
  readyAt?: string;
  /** Of `failed` and `waiting`. */
  reason?: FailureReason;
  /** Of `failed`: whether asking again may help. */
  retryable?: boolean;
}

/** What is going on while a recording is being prepared. */
export interface Progress {
  /** What is known of it, once anything is. */
  recording?: Recording;
  phase: 'asking' | 'waiting' | 'ready';
  /** Which try this is, from 1. */
  try: number;
  /** How many there will be before it gives up. */
  tries: number;
  /** How news comes: pushed, by a held answer, or by asking again. */
  via: 'events' | 'wait' | 'poll';
  /** When the next try begins if nothing is heard before. */
  nextTryAt?: Date;
}

/** A problem document of the gateway (RFC 9457). */
export interface Problem {
  code: string;
  status: number;
  title: string;
  retryable: boolean;
  detail?: string;
  /** Of `fetch-failed` and `recording-unplayable`. */
  reason?: FailureReason;
}

/** How often and how long to wait: one policy for everything that this client repeats. */
export interface RetryPolicy {
  /** The wait after each try, in milliseconds; as many tries as there are waits. */
  readonly delaysMs: readonly number[];
  /** Whether the server's `Retry-After` takes the place of the delay. Refusals (429, 503) are always given their time. */
  readonly honourRetryAfter: boolean;
  /** 0 to 1: how much longer a wait may get by chance, so that many players do not ask at once. Never shorter. */
  readonly jitter: number;
}

export interface EarshotClientOptions {
  /** Where the gateway is, without `/api`: `https://your.host` or, behind a proxy, `https://your.host/earshot`. */
  baseUrl: string | URL;
  /** The bearer token, or what gives one; asked before every request, and once more when the gateway says 401. */
  token?: string | (() => string | Promise<string>);
  /** Replaces the global `fetch`. */
  fetch?: typeof fetch;
  /** `patient` if absent. */
  retry?: RetryPolicy;
  /** How long one answer may be held where the events stream cannot be had; 0 to 25 s, 20 if absent, 0 turns it off. */
  waitSeconds?: number;
  /** How long to wait for the head of an answer, in milliseconds; 30 000 if absent. Held answers get theirs on top. */
  timeoutMs?: number;
}

/** Asks may be ended from outside; they then fail with code `aborted`. */
export interface Abortable {
  signal?: AbortSignal | undefined;
}

/** A URL for `<audio src>` that needs no token. Whoever has it can listen: treat it as a secret. */
export interface PlaybackUrl {
  /** The newest one. */
  readonly url: URL;
  /** Until when {@link url} is good, by the gateway's clock. */
  readonly expiresAt: Date;
  /** Gets a new one now, as when the media element reports an error after a long pause. */
  renew(): Promise<URL>;
  /** Ends the renewing. */
  close(): void;
}

/** A recording as a file. */
export interface Download {
  readonly blob: Blob;
  readonly fileName: string;
}

/** The waveform: for each channel the largest amplitude in each bucket, 0 to 1. */
export interface Peaks {
  readonly version: 1;
  readonly durationMillis: number;
  /** Buckets in a second. */
  readonly samplesPerSecond: number;
  readonly channels: readonly (readonly number[])[];
}

/** What an {@link EarshotClient} dispatches, as `CustomEvent`s. */
export interface EarshotEventMap {
  /** A recording changed; `detail` is what is known now. */
  recording: CustomEvent<Recording>;
  /** A preparation moved on. */
  progress: CustomEvent<Progress & { sid: string }>;
  /** A ticket was renewed. */
  renewed: CustomEvent<{ sid: string; url: URL; expiresAt: Date }>;
  /** The events stream was opened, or is closed. */
  stream: CustomEvent<'open' | 'closed'>;
  /** Something failed that nobody waits for, such as a renewal, the stream, or the peaks. */
  problem: CustomEvent<{ error: EarshotError; sid?: string }>;
}
