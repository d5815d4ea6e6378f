import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const source = (path: string) => fileURLToPath(new URL(`../src/${path}/index.ts`, import.meta.url));

/** The examples as a site of their own: `npm run examples` serves it, screenshots and browser tests build it. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: './',
  // They import the package by its name, as a page does that has installed it; here that is its sources.
  resolve: {
    alias: [
      { find: /^@earshot\/player$/, replacement: source('client') },
      { find: /^@earshot\/player\/(offline|element|react)$/, replacement: source('$1') },
    ],
  },
  build: {
    outDir: fileURLToPath(new URL('../node_modules/.examples', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    minify: false,
  },
});
