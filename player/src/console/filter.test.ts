import { describe, expect, it } from 'vitest';
import type { Recording } from '../client/index.js';
import { filterOf, isEmpty, matches, NO_FILTER, paramsOf, queryOf, wantedBy, type Filter } from './filter.js';

const CALL = `CA${'0'.repeat(31)}a`;
const full: Filter = { call: CALL, state: 'failed', reason: 'too-large', from: '2026-11-18', to: '2026-11-20' };
const ready: Recording = { recordingSid: `RE${'1'.repeat(32)}`, callSid: CALL, state: 'ready' };

describe('a filter in the address', () => {
  it('comes back as it was written', () => {
    expect(filterOf(paramsOf(full))).toEqual(full);
    expect(filterOf(paramsOf(NO_FILTER))).toEqual(NO_FILTER);
    expect(isEmpty(NO_FILTER)).toBe(true);
    expect(isEmpty(full)).toBe(false);
  });

  it('leaves out what it does not understand', () => {
    const read = filterOf(new URLSearchParams('call=CA12&state=lost&from=yesterday&to=2026-11-20&extra=1'));
    expect(read).toEqual({ ...NO_FILTER, to: '2026-11-20' });
  });

  it('has a reason only where a fetch has failed, which is what the gateway accepts', () => {
    expect(filterOf(new URLSearchParams('state=ready&reason=absent')).reason).toBe('');
    expect(filterOf(new URLSearchParams('state=waiting&reason=absent')).reason).toBe('absent');
  });
});

describe('the query for the gateway', () => {
  it('means both days whole, in the time of the listener', () => {
    const query = queryOf(full);
    expect(query.get('from')).toBe(new Date(2026, 10, 18).toISOString());
    expect(query.get('to')).toBe(new Date(2026, 10, 21).toISOString());
    expect([query.get('callSid'), query.get('state'), query.get('reason')]).toEqual([CALL, 'failed', 'too-large']);
  });

  it('is empty where nothing is looked for', () => {
    expect(queryOf(NO_FILTER).toString()).toBe('');
  });
});

describe('what came by push', () => {
  it('belongs to a list that asks for nothing, unless it is gone', () => {
    expect(matches(NO_FILTER, ready)).toBe(true);
    expect(matches(NO_FILTER, { ...ready, state: 'deleted' })).toBe(false);
    expect(matches(NO_FILTER, { ...ready, state: 'unknown' })).toBe(false);
  });

  it('has to be of the call, the state and the reason', () => {
    expect(matches({ ...NO_FILTER, call: CALL }, ready)).toBe(true);
    expect(matches({ ...NO_FILTER, call: CALL.replace('a', 'b') }, ready)).toBe(false);
    expect(matches({ ...NO_FILTER, state: 'failed' }, ready)).toBe(false);
    const failed: Recording = { ...ready, state: 'failed', reason: 'absent' };
    expect(matches({ ...NO_FILTER, state: 'failed', reason: 'absent' }, failed)).toBe(true);
    expect(matches({ ...NO_FILTER, state: 'failed', reason: 'too-large' }, failed)).toBe(false);
  });

  it.each([
    [new Date(2026, 10, 18, 0, 0, 0), true],
    [new Date(2026, 10, 20, 23, 59, 59), true],
    [new Date(2026, 10, 17, 23, 59, 59), false],
    [new Date(2026, 10, 21, 0, 0, 0), false],
  ])('of %s is within the days: %s', (began, isWithin) => {
    const days = { ...NO_FILTER, from: '2026-11-18', to: '2026-11-20' };
    expect(matches(days, { ...ready, startedAt: began.toISOString() })).toBe(isWithin);
  });

  it('of an unknown time is in no span of days', () => {
    expect(matches({ ...NO_FILTER, from: '2026-11-18' }, ready)).toBe(false);
  });
});

describe('what somebody typed', () => {
  it.each([
    ['  ', { is: 'nothing' }],
    [` ${CALL} `, { is: 'call', sid: CALL }],
    [`re${'A'.repeat(32)}`, { is: 'recording', sid: `RE${'a'.repeat(32)}` }],
    ['CA12', { is: 'nonsense' }],
    ['+1 555 010 7788', { is: 'nonsense' }],
  ])('"%s" is understood', (text, wanted) => {
    expect(wantedBy(text)).toEqual(wanted);
  });
});
