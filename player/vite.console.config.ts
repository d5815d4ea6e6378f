import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { styleHashes } from './scripts/style-hashes.mjs';

/** The gateway's console, as a site that its jar serves under `/console/`. It is no part of the npm package. */
export default defineConfig({
  root: fileURLToPath(new URL('src/console', import.meta.url)),
  base: './',
  build: {
    outDir: fileURLToPath(new URL('dist-console', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    // The strict policy allows no script, style or picture in the page itself but those of data: URLs.
    assetsInlineLimit: 0,
    // What is loaded later is small, and loaded from the same place: hints would cost more than they win.
    modulePreload: false,
  },
  plugins: [styleHashes()],
});
