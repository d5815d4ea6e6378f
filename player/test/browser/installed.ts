import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Two pages, which an empty project would build by naming them. */
const CONFIG = `export default { build: { rollupOptions: { input: ['index.html', 'react.html'] } } };\n`;

/** A Vite project of somebody else, with the package installed from what `npm pack` makes, and the example page in it. */
export class Installed {
  readonly folder = mkdtempSync(join(tmpdir(), 'installed-'));
  readonly site = join(this.folder, 'dist');

  constructor() {
    // Builds the package first (its `prepack`).
    this.#run('npm', ['pack', '--silent', '--pack-destination', this.folder], ROOT);
    const [tarball = ''] = readdirSync(this.folder);
    renameSync(join(this.folder, tarball), join(this.folder, 'earshot-player.tgz'));
    for (const from of ['test/package', 'examples']) {
      cpSync(join(ROOT, from), this.folder, { recursive: true, filter: (path) => !path.endsWith('vite.config.ts') });
    }
    writeFileSync(join(this.folder, 'vite.config.js'), CONFIG);
    // As package-lock.json has it; what the cache has needs no network.
    this.#run('npm', ['ci', '--prefer-offline', '--no-audit', '--no-fund', '--silent']);
  }

  /** What the compiler says of the pages, with the declarations of every package checked; nothing if it is content. */
  compile(): string {
    return this.#run('npx', ['tsc', '--pretty', 'false']);
  }

  build(): void {
    this.#run('npx', ['vite', 'build', '--logLevel', 'error']);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, maxRetries: 5 });
  }

  #run(program: string, args: string[], cwd = this.folder): string {
    try {
      return execFileSync(program, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
    } catch (error) {
      const { stdout, stderr } = error as { stdout: string; stderr: string };
      throw new Error(`${program} ${args.join(' ')}\n${stdout}${stderr}`);
    }
  }
}
