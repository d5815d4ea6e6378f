import { describe, expect, it } from 'vitest';
import type { Recording } from '../../client/index.js';
import { en } from '../locales/en.js';
import { possible, stateWords } from './states.js';

const recording = (facts: Partial<Recording>): Recording => ({ recordingSid: 'RE1', state: 'ready', ...facts });

describe('a state in words', () => {
  it.each<[Partial<Recording>, string, string]>([
    [{ state: 'ready' }, 'Ready', 'good'],
    [{ state: 'fetching' }, 'Being fetched…', 'busy'],
    [{ state: 'waiting' }, 'Waiting to be fetched', 'busy'],
    [{ state: 'waiting', reason: 'upstream-error' }, 'Will be tried again', 'busy'],
    [{ state: 'failed', reason: 'too-large' }, 'Too large', 'bad'],
    [{ state: 'failed' }, 'Failed', 'bad'],
    [{ state: 'registered' }, 'Not fetched yet', 'calm'],
    [{ state: 'evicted' }, 'Fetched again when played', 'calm'],
    [{ state: 'deleted' }, 'Deleted', 'calm'],
    [{ state: 'unknown' }, 'Unknown', 'calm'],
  ])('%j', (facts, text, tone) => {
    expect(stateWords(en, recording(facts))).toEqual({ text, tone });
  });
});

describe('what can be done', () => {
  it.each<[Partial<Recording>, string]>([
    [{ state: 'ready' }, 'play download delete'],
    [{ state: 'fetching' }, 'play delete'],
    [{ state: 'registered' }, 'play prefetch delete'],
    [{ state: 'evicted' }, 'play prefetch delete'],
    [{ state: 'failed', retryable: true }, 'play prefetch delete'],
    [{ state: 'failed', retryable: false }, 'delete'],
    [{ state: 'deleted' }, ''],
    [{ state: 'unknown' }, ''],
  ])('with %j: %s', (facts, acts) => {
    const can = Object.entries(possible(recording(facts)));
    expect(can.flatMap(([act, isPossible]) => (isPossible ? [act] : [])).join(' ')).toBe(acts);
  });
});
