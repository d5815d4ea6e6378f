// What an application pays for each entry point, in bytes of gzip: the entry is bundled and minified as an application's
// own build would, with everything it imports (React aside, which the application has), and held against its budget.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));

/** kB are 1000 bytes. The offline part has the client's types alone, and SHA-256. */
const BUDGETS = { client: 8_000, offline: 12_000, element: 90_000 };

async function gzipped(entry) {
  const result = await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: true,
      target: 'es2022',
      lib: { entry, formats: ['es'] },
      rollupOptions: { external: [/^react($|\/)/], output: { codeSplitting: false } },
    },
  });
  const outputs = Array.isArray(result) ? result : [result];
  const code = outputs.flatMap(({ output }) => output).map((chunk) => ('code' in chunk ? chunk.code : ''));
  return gzipSync(code.join(''), { level: 9 }).length;
}

let isOver = false;
for (const [name, budget] of Object.entries(BUDGETS)) {
  const entry = `${root}src/${name}/index.ts`;
  if (!existsSync(entry)) continue;
  const size = await gzipped(entry);
  const verdict = size < budget ? 'ok' : 'OVER';
  isOver ||= size >= budget;
  console.log(`${name.padEnd(8)} ${String(size).padStart(6)} of ${budget} bytes gzip  ${verdict}`);
}
process.exitCode = isOver ? 1 : 0;
