import { describe, expect, it } from 'vitest';
import { announcement } from './announcer.js';
import { canRetry, faceOf } from './faces.js';
import { en } from './locales/en.js';
import { isLoaded, isUnderWay, next, type Fact, type PlayerState } from './state.js';

const after = (...facts: Fact[]): PlayerState => facts.reduce<PlayerState>(next, { name: 'idle' });
const progress = (step: number): Fact => ({ type: 'progress', try: step, tries: 10, reached: true });

describe('the state', () => {
  it('goes from a click to sound', () => {
    const facts: Fact[] = [{ type: 'asked' }, progress(3), { type: 'found' }, { type: 'playing' }];
    const names = facts.map((_, index) => after(...facts.slice(0, index + 1)).name);
    expect(names).toEqual(['preparing', 'preparing', 'loading', 'playing']);
  });

  it('tells how far preparing is', () => {
    expect(after({ type: 'asked' }, progress(3))).toEqual({ name: 'preparing', try: 3, tries: 10, reached: true });
  });

  it('never plays because it was asked to', () => {
    expect(after({ type: 'asked' }, { type: 'found' }, { type: 'loaded' }, { type: 'asked' }).name).toBe('paused');
  });

  it('does not believe a media element that reports before anything was asked', () => {
    for (const type of ['playing', 'paused', 'waiting', 'ended', 'loaded', 'found'] as const) {
      expect(after({ type }).name).toBe('idle');
    }
  });

  it('loads anew, out of playing too, when the source is replaced', () => {
    expect(after({ type: 'asked' }, { type: 'found' }, { type: 'playing' }, { type: 'found' }).name).toBe('loading');
  });

  it('buffers only while it plays, and can be paused then', () => {
    const loaded: Fact[] = [{ type: 'asked' }, { type: 'found' }, { type: 'loaded' }];
    expect(after(...loaded, { type: 'waiting' }).name).toBe('paused');
    expect(after(...loaded, { type: 'playing' }, { type: 'waiting' }).name).toBe('buffering');
    expect(after(...loaded, { type: 'playing' }, { type: 'waiting' }, { type: 'paused' }).name).toBe('paused');
  });

  it('can be asked again after a failure', () => {
    const failed = after({ type: 'asked' }, { type: 'failed', code: 'fetch-failed' });
    expect(failed).toEqual({ name: 'error', face: 'failed', code: 'fetch-failed', retryable: true });
    expect(next(failed, { type: 'asked' }).name).toBe('preparing');
  });

  it('is the same object where nothing has changed, so that nobody is told', () => {
    const idle: PlayerState = { name: 'idle' };
    expect(next(idle, { type: 'reset' })).toBe(idle);
    expect(next(idle, progress(1))).toBe(idle);
  });

  it('knows when there is audio and when the user waits for it', () => {
    expect(isLoaded(after({ type: 'asked' }))).toBe(false);
    expect(isUnderWay(after({ type: 'asked' }, { type: 'found' }))).toBe(true);
    expect(isLoaded(after({ type: 'asked' }, { type: 'found' }, { type: 'loaded' }))).toBe(true);
  });
});

describe('a problem code', () => {
  it.each([
    ['recording-expired', 'expired', false],
    ['recording-deleted', 'deleted', false],
    ['source-deleted', 'deleted', false],
    ['recording-unplayable', 'unplayable', false],
    ['recording-not-found', 'notFound', true],
    ['role-missing', 'forbidden', true],
    ['unauthenticated', 'signedOut', true],
    ['too-many-streams', 'busy', true],
    ['store-unavailable', 'failed', true],
    ['offline', 'offline', true],
    ['gave-up', 'slow', true],
    ['a-code-of-next-year', 'failed', true],
    ['constructor', 'failed', true],
  ])('%s has the face "%s"', (code, face, retryable) => {
    expect(faceOf(code)).toBe(face);
    expect(canRetry(faceOf(code))).toBe(retryable);
  });
});

describe('a screen reader', () => {
  const said = (before: PlayerState, now: PlayerState) => announcement(en, before, now);
  const preparing = after({ type: 'asked' });

  it('hears that preparing has begun, and then only every fifth step', () => {
    expect(said({ name: 'idle' }, preparing)).toBe('Preparing the recording…');
    const heard = [1, 2, 3, 4, 5, 6].map((step) =>
      said(after({ type: 'asked' }, progress(step - 1)), after({ type: 'asked' }, progress(step))),
    );
    expect(heard).toEqual([undefined, undefined, undefined, undefined, 'Preparing the recording… 5 of 10', undefined]);
  });

  it('hears what happened and what to do', () => {
    expect(said(preparing, next(preparing, { type: 'failed', code: 'recording-deleted' }))).toBe(
      'This recording was deleted. It will not come back. Nothing can be done here.',
    );
  });

  it('does not hear what the user has just done', () => {
    expect(said({ name: 'paused' }, { name: 'playing' })).toBeUndefined();
    expect(said({ name: 'playing' }, { name: 'paused' })).toBeUndefined();
    expect(said({ name: 'playing' }, { name: 'buffering' })).toBeUndefined();
  });
});
