import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const configFile = fileURLToPath(new URL('../../examples/vite.config.ts', import.meta.url));

/** Where the built examples are. */
export const SITE = fileURLToPath(new URL('../../node_modules/.examples', import.meta.url));

/** Builds the examples once for all browser tests. */
export default async function setup(): Promise<void> {
  await build({ configFile, logLevel: 'error' });
}
