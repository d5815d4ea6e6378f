import { existsSync, readdirSync } from 'node:fs';
import { defineConfig } from 'vite';

/** The entry points of the package; each becomes one ES module, what they share a chunk of its own. */
const ENTRIES: Record<string, string> = {
  client: 'src/client/index.ts',
  offline: 'src/offline/index.ts',
  element: 'src/element/index.ts',
  react: 'src/react/index.ts',
};

/** A language is a file: whoever adds one gets an entry without touching the build. */
const LOCALES = 'src/element/locales';

function entries(): Record<string, string> {
  const found = Object.fromEntries(Object.entries(ENTRIES).filter(([, file]) => existsSync(file)));
  const locales = existsSync(LOCALES) ? readdirSync(LOCALES).filter((file) => /^[a-z-]+\.ts$/i.test(file)) : [];
  for (const file of locales) {
    found[`locales/${file.replace(/\.ts$/, '')}`] = `${LOCALES}/${file}`;
  }
  return found;
}

export default defineConfig({
  build: {
    target: 'es2022',
    sourcemap: true,
    // The application's own bundler minifies; readable modules are easier to debug.
    minify: false,
    lib: { entry: entries(), formats: ['es'] },
    rollupOptions: {
      // Dependencies stay imports, so that an application that has Lit already does not get a second one.
      external: [/^lit($|\/)/, /^@lit/, /^media-chrome/, /^wavesurfer\.js/, /^@noble\/hashes/, /^react($|\/)/],
      output: { chunkFileNames: 'chunks/[name].js' },
    },
  },
});
