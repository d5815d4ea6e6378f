import { afterEach, beforeEach, vi } from 'vitest';
import { EarshotClient, type EarshotClientOptions, type RetryPolicy } from '../src/client/index.js';
import { Gateway } from './gateway.js';

/** Tries that follow each other at once, for what must come from a try and not from waiting. */
export const AT_ONCE: RetryPolicy = { delaysMs: [1, 1, 1, 1, 1], honourRetryAfter: false, jitter: 0 };
/** One that waits longer than any test: what happens then came by news. */
export const NEVER: RetryPolicy = { delaysMs: [600_000, 600_000], honourRetryAfter: false, jitter: 0 };

export interface Setting {
  gateway: Gateway;
  client(options?: Partial<EarshotClientOptions>): EarshotClient;
}

/** A gateway and its clients for each test of a file; all are gone afterwards. */
export function setting(): Setting {
  const clients: EarshotClient[] = [];
  const made: Setting = {
    gateway: undefined as unknown as Gateway,
    client(options = {}) {
      const client = new EarshotClient({ baseUrl: made.gateway.url, token: 'good', retry: AT_ONCE, ...options });
      clients.push(client);
      return client;
    },
  };
  beforeEach(async () => {
    made.gateway = await Gateway.start();
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) client.close();
    await made.gateway.stop();
  });
  return made;
}

/** Waits until it is so; generous, for machines that do something else as well. */
export function eventually(assertion: () => void): Promise<void> {
  return vi.waitFor(assertion, { timeout: 15_000, interval: 10 });
}
