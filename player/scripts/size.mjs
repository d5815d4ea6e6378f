// What an application pays for each entry point, in bytes of gzip: the entry is bundled and minified as an application's
// own build would, with everything it imports (React aside, which the application has), and held against its budget.
// For the console: what the browser loads before the list is shown, scripts and styles. The player, the languages beside English
// and the pages of administrators come later.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));

/** kB are 1000 bytes. The offline part has the client's types alone, and SHA-256. */
const BUDGETS = { client: 8_000, offline: 12_000, element: 90_000 };
const CONSOLE_BUDGET = 30_000;

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

/** The console's first load: the entry, what it imports at once, and the page's styles, each compressed by itself. */
async function consoleGzipped() {
  const { output } = await build({
    configFile: `${root}vite.console.config.ts`,
    logLevel: 'error',
    build: { write: false },
  });
  const wanted = new Set();
  const add = (chunk) => {
    if (!chunk || wanted.has(chunk)) return;
    wanted.add(chunk);
    for (const name of chunk.imports ?? []) add(output.find(({ fileName }) => fileName === name));
  };
  for (const file of output) if (file.isEntry || file.fileName.endsWith('.css')) add(file);
  return [...wanted].reduce((sum, file) => sum + gzipSync(file.code ?? file.source, { level: 9 }).length, 0);
}

let isOver = false;
function hold(name, size, budget) {
  const verdict = size < budget ? 'ok' : 'OVER';
  isOver ||= size >= budget;
  console.log(`${name.padEnd(8)} ${String(size).padStart(6)} of ${budget} bytes gzip  ${verdict}`);
}

for (const [name, budget] of Object.entries(BUDGETS)) {
  const entry = `${root}src/${name}/index.ts`;
  if (existsSync(entry)) hold(name, await gzipped(entry), budget);
}
hold('console', await consoleGzipped(), CONSOLE_BUDGET);
process.exitCode = isOver ? 1 : 0;
