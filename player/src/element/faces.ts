/** What the player shows when it cannot play: each says what happened and what to do. */
export type Face =
  | 'expired'
  | 'deleted'
  | 'failed'
  | 'unplayable'
  | 'offline'
  | 'notFound'
  | 'forbidden'
  | 'signedOut'
  | 'busy'
  | 'slow'
  | 'misused';

const FACES: Readonly<Record<string, Face>> = {
  'recording-expired': 'expired',
  'recording-deleted': 'deleted',
  'source-deleted': 'deleted',
  'recording-not-found': 'notFound',
  'recording-absent': 'notFound',
  'not-found': 'notFound',
  forbidden: 'forbidden',
  'role-missing': 'forbidden',
  'tenant-missing': 'forbidden',
  'account-not-allowed': 'forbidden',
  unauthenticated: 'signedOut',
  'ticket-expired': 'signedOut',
  'ticket-invalid': 'signedOut',
  'recording-unplayable': 'unplayable',
  'not-supported': 'unplayable',
  'too-many-streams': 'busy',
  'too-many-subscribers': 'busy',
  'rate-limited': 'busy',
  offline: 'offline',
  timeout: 'slow',
  'gave-up': 'slow',
  'recording-not-ready': 'slow',
  'malformed-sid': 'misused',
  'invalid-request': 'misused',
  misused: 'misused',
};

/** Faces that waiting or asking again does not change. */
const FINAL: ReadonlySet<Face> = new Set(['expired', 'deleted', 'unplayable', 'misused']);

/** The face of a problem code. What is not known is a failure that may pass. */
export function faceOf(code: string): Face {
  return (Object.hasOwn(FACES, code) ? FACES[code] : undefined) ?? 'failed';
}

/** Whether the player offers to try again: wherever the user, the network or an administrator may have changed something. */
export function canRetry(face: Face): boolean {
  return !FINAL.has(face);
}
