import type { FailureReason, Recording, RecordingState } from '../client/index.js';

/** The states that a recording can be listed in; deleted ones are not listed. */
export const LISTED_STATES = ['ready', 'fetching', 'waiting', 'registered', 'evicted', 'failed'] as const;

/** What is looked for. Empty text is no condition; days are the listener's own, as `2026-11-20`. */
export interface Filter {
  readonly call: string;
  readonly state: (typeof LISTED_STATES)[number] | '';
  readonly reason: FailureReason | '';
  readonly from: string;
  readonly to: string;
}

export const NO_FILTER: Filter = { call: '', state: '', reason: '', from: '', to: '' };

const CALL_SID = /^CA[0-9a-f]{32}$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const REASON = /^[a-z]+(-[a-z]+)*$/;

/** Reads a filter out of an address; what is not understood is left out, since addresses are written by people too. */
export function filterOf(params: URLSearchParams): Filter {
  const text = (name: string, shape: RegExp) => {
    const value = params.get(name)?.trim() ?? '';
    return shape.test(value) ? value : '';
  };
  const state = LISTED_STATES.find((each) => each === params.get('state')) ?? '';
  const fails = state === 'failed' || state === 'waiting';
  return {
    call: text('call', CALL_SID),
    state,
    reason: fails ? (text('reason', REASON) as Filter['reason']) : '',
    from: text('from', DAY),
    to: text('to', DAY),
  };
}

/** Writes it, so that the same is read again; without conditions it is empty. */
export function paramsOf(filter: Filter): URLSearchParams {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) if (value) params.set(name, value);
  return params;
}

export function isEmpty(filter: Filter): boolean {
  return paramsOf(filter).size === 0;
}

/** The beginning of a day of the listener, `later` days on; by the calendar, since not every day has 24 hours. */
function dayStart(day: string, later = 0): Date | undefined {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const start = new Date(year, month - 1, date + later);
  return Number.isNaN(start.getTime()) ? undefined : start;
}

/** The gateway's parameters: `from` includes its moment, `to` does not, so that both days are meant whole. */
export function queryOf(filter: Filter): URLSearchParams {
  const query = new URLSearchParams();
  if (filter.call) query.set('callSid', filter.call);
  if (filter.state) query.set('state', filter.state);
  if (filter.reason) query.set('reason', filter.reason);
  const from = filter.from ? dayStart(filter.from) : undefined;
  const to = filter.to ? dayStart(filter.to, 1) : undefined;
  if (from) query.set('from', from.toISOString());
  if (to) query.set('to', to.toISOString());
  return query;
}

/** Whether a recording that came by push belongs to what is shown. */
export function matches(filter: Filter, recording: Recording): boolean {
  if (!isListed(recording.state)) return false;
  if (filter.call && recording.callSid !== filter.call) return false;
  if (filter.state && recording.state !== filter.state) return false;
  if (filter.reason && recording.reason !== filter.reason) return false;
  const began = recording.startedAt ? Date.parse(recording.startedAt) : Number.NaN;
  const from = filter.from ? dayStart(filter.from) : undefined;
  const to = filter.to ? dayStart(filter.to, 1) : undefined;
  return !(from && !(began >= from.getTime())) && !(to && !(began < to.getTime()));
}

function isListed(state: RecordingState): boolean {
  return (LISTED_STATES as readonly string[]).includes(state);
}

/** What somebody typed to look for: a call, one recording, nothing, or what is none of them. */
export type Wanted = { is: 'nothing' } | { is: 'call' | 'recording'; sid: string } | { is: 'nonsense' };

export function wantedBy(text: string): Wanted {
  const sid = text.trim();
  if (sid === '') return { is: 'nothing' };
  const found = /^(CA|RE)([0-9a-f]{32})$/i.exec(sid);
  if (!found) return { is: 'nonsense' };
  const kind = found[1]?.toUpperCase();
  const whole = `${kind}${found[2]?.toLowerCase()}`;
  return { is: kind === 'CA' ? 'call' : 'recording', sid: whole };
}
