import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'vite';

const file = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** Where the built examples are. */
export const SITE = file('node_modules/.examples');

/** Where the built console is. */
export const CONSOLE_SITE = file('node_modules/.console');

/** What no page can import, and the tests ask for. */
const withCensus: Plugin = {
  name: 'census',
  transformIndexHtml: {
    order: 'pre',
    handler: () => [{ tag: 'script', attrs: { type: 'module', src: '../test/browser/census.ts' }, injectTo: 'head' }],
  },
};

/** Builds the examples and the console once for all browser tests. */
export default async function setup(): Promise<void> {
  await build({ configFile: file('examples/vite.config.ts'), logLevel: 'error', plugins: [withCensus] });
  await build({ configFile: file('vite.console.config.ts'), logLevel: 'error', build: { outDir: CONSOLE_SITE } });
}
