import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** The examples as a site of their own: `npm run examples` serves it, screenshots and browser tests build it. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: './',
  build: {
    outDir: fileURLToPath(new URL('../node_modules/.examples', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    minify: false,
  },
});
