import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Http } from './http.js';
import { presets } from './retry.js';
import { Stream } from './stream.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('leaves the watch over its connection to that one, though an earlier one is answered late', async () => {
  const connects: { signal: AbortSignal | null | undefined; answer(body: ReadableStream<Uint8Array>): void }[] = [];
  const http = {
    send: (_: string, { signal }: RequestInit) =>
      new Promise((answer) => {
        connects.push({ signal, answer });
      }),
  } as unknown as Http;
  const owner = { http, policy: presets.patient, opened: vi.fn(), closed: vi.fn(), failed: vi.fn() };
  const stream = new Stream(owner, { path: () => '/', take: vi.fn(), down: vi.fn() });
  const [cancelled, silent] = [vi.fn(), () => new ReadableStream<Uint8Array>()];
  stream.openIn(0);
  await vi.advanceTimersByTimeAsync(0);
  stream.openIn(0);
  await vi.advanceTimersByTimeAsync(0);
  connects[1]?.answer(silent());
  await vi.advanceTimersByTimeAsync(0);
  connects[0]?.answer(new ReadableStream({ cancel: cancelled }));
  await vi.advanceTimersByTimeAsync(0);
  expect(owner.opened).toHaveBeenCalledTimes(1);
  expect(cancelled).toHaveBeenCalledTimes(1);
  // Nothing comes for longer than a living gateway is silent.
  await vi.advanceTimersByTimeAsync(130_000);
  expect(connects[1]?.signal?.aborted).toBe(true);
  stream.close();
});
