import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'vite';

const configFile = fileURLToPath(new URL('../../examples/vite.config.ts', import.meta.url));

/** Where the built examples are. */
export const SITE = fileURLToPath(new URL('../../node_modules/.examples', import.meta.url));

/** What no page can import, and the tests ask for. */
const withCensus: Plugin = {
  name: 'census',
  transformIndexHtml: {
    order: 'pre',
    handler: () => [{ tag: 'script', attrs: { type: 'module', src: '../test/browser/census.ts' }, injectTo: 'head' }],
  },
};

/** Builds the examples once for all browser tests. */
export default async function setup(): Promise<void> {
  await build({ configFile, logLevel: 'error', plugins: [withCensus] });
}
