import type { Problem } from './types.js';

/**
 * What this client itself has to say: the gateway cannot be reached (`offline`), the caller's signal or `close()` ended it
 * (`aborted`), no answer came in time (`timeout`), an answer that no gateway gives (`bad-answer`), something that this
 * browser cannot do (`not-supported`), or all tries of the policy were used up and it is still on its way (`gave-up`).
 */
export type OwnCode = 'offline' | 'aborted' | 'timeout' | 'bad-answer' | 'not-supported' | 'gave-up';

interface Facts {
  status?: number | undefined;
  retryable?: boolean | undefined;
  retryAfterMs?: number | undefined;
  problem?: Problem | undefined;
  cause?: unknown;
}

/** The one error of this package. Decide by {@link code}, never by the message. */
export class EarshotError extends Error {
  /** The gateway's problem `code` (see the table in its README), or one of {@link OwnCode}. */
  readonly code: string;
  /** The HTTP status, if there was an answer. */
  readonly status?: number;
  /** Whether the same call may succeed later by itself. */
  readonly retryable: boolean;
  /** How long the server asks to wait, in milliseconds. */
  readonly retryAfterMs?: number;
  /** The gateway's own words, if it sent any. */
  readonly problem?: Problem;

  constructor(code: string, message: string, facts: Facts = {}) {
    super(message, 'cause' in facts ? { cause: facts.cause } : undefined);
    this.name = 'EarshotError';
    this.code = code;
    this.retryable = facts.retryable ?? false;
    if (facts.status !== undefined) this.status = facts.status;
    if (facts.retryAfterMs !== undefined) this.retryAfterMs = facts.retryAfterMs;
    if (facts.problem !== undefined) this.problem = facts.problem;
  }
}
