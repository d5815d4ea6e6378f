// Writes custom-elements.json out of the sources, for editors and catalogues; with --check only says whether it is up to date.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const file = join(root, 'custom-elements.json');
const analyzer = createRequire(import.meta.url).resolve('@custom-elements-manifest/analyzer/cem.js');

function analyse() {
  const folder = mkdtempSync(join(tmpdir(), 'manifest-'));
  try {
    // Left to itself the analyzer writes where it put its file into package.json.
    const config = join(folder, 'config.mjs');
    writeFileSync(config, 'export default { packagejson: false };\n');
    const globs = ['--globs', 'src/element/player.ts', '--globs', 'src/element/properties.ts'];
    const out = ['--outdir', relative(root, folder)];
    execFileSync(
      process.execPath,
      [analyzer, 'analyze', '--litelement', '--quiet', '--config', relative(root, config), ...globs, ...out],
      { cwd: root },
    );
    return JSON.parse(readFileSync(join(folder, 'custom-elements.json'), 'utf8'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What is private, or Lit's, is nobody's to use. */
function isPublic({ name, privacy, inheritedFrom, kind }) {
  const ours = !inheritedFrom || inheritedFrom.name === 'PlayerProperties';
  // What is set on the media element inside looks to the analyzer like a field of the player.
  if (name === 'slot') return false;
  return (
    privacy === undefined &&
    ours &&
    !name.startsWith('#') &&
    !(kind === 'method' && /Callback$|^render$|^willUpdate$/.test(name))
  );
}

const manifest = analyse();
for (const { declarations } of manifest.modules) {
  for (const declaration of declarations) declaration.members = declaration.members?.filter(isPublic);
}
const text = `${JSON.stringify(manifest, null, 2)}\n`;
if (process.argv.includes('--check')) {
  if (text !== readFileSync(file, 'utf8')) {
    console.error('custom-elements.json is out of date: npm run manifest');
    process.exitCode = 1;
  }
} else writeFileSync(file, text);
