import type { EarshotError } from '../client/index.js';
import type { ConsoleLocale, ConsoleWords } from './locales/en.js';
import { say } from './messages.js';

type Face =
  | 'Offline'
  | 'Timeout'
  | 'Forbidden'
  | 'Tenant'
  | 'Origin'
  | 'Gone'
  | 'NotFound'
  | 'Busy'
  | 'Invalid'
  | 'SignedOut'
  | 'Part'
  | 'Fetch'
  | 'Unknown';

const FACES: Readonly<Record<string, Face>> = {
  offline: 'Offline',
  timeout: 'Timeout',
  forbidden: 'Forbidden',
  'role-missing': 'Forbidden',
  'account-not-allowed': 'Forbidden',
  'tenant-missing': 'Tenant',
  'foreign-origin': 'Origin',
  'recording-deleted': 'Gone',
  'source-deleted': 'Gone',
  'recording-expired': 'Gone',
  'recording-absent': 'Gone',
  'recording-not-found': 'NotFound',
  'not-found': 'NotFound',
  'malformed-sid': 'NotFound',
  'rate-limited': 'Busy',
  'too-many-streams': 'Busy',
  'too-many-subscribers': 'Busy',
  'invalid-request': 'Invalid',
  'bad-request': 'Invalid',
  unauthenticated: 'SignedOut',
  'database-unavailable': 'Part',
  'store-unavailable': 'Part',
  'identity-provider-unavailable': 'Part',
  'fetch-failed': 'Fetch',
  'recording-unplayable': 'Fetch',
};

/** What a failure says: what happened, what to do, and the code by which others can look it up. */
export interface ErrorText {
  readonly title: string;
  readonly hint: string;
  readonly code: string;
}

export function errorText(locale: ConsoleLocale, error: EarshotError): ErrorText {
  const face = (Object.hasOwn(FACES, error.code) ? FACES[error.code] : undefined) ?? 'Unknown';
  return {
    title: say(locale, `error${face}` satisfies keyof ConsoleWords),
    hint: say(locale, `error${face}Hint` satisfies keyof ConsoleWords),
    code: say(locale, 'errorCode', { code: error.code }),
  };
}

/** Everything that goes wrong here is one of the client's errors; what is not is a failure of the console itself. */
export function asError(error: unknown): EarshotError {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  if (typeof code === 'string') return error as EarshotError;
  return Object.assign(new Error(String(error), { cause: error }), { code: 'console-failed', retryable: false });
}
