// The hashes of the <style> elements that media-chrome and wavesurfer put into their shadow trees, for the console's Content
// Security Policy (style-src), written into the build as style-hashes.json. Computed from the libraries themselves, so that a new
// version brings its own; a browser test says that none is missing.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** What src/element/controls.ts imports; each brings along what it is made of. */
const CONTROLS = [
  'media-controller',
  'media-mute-button',
  'media-play-button',
  'media-seek-backward-button',
  'media-seek-forward-button',
  'media-time-range',
  'media-volume-range',
];

/** HEIGHT in src/element/waveform.ts: of all channels together, and of one where there are two. */
const WAVE_HEIGHT = 64;
const HEIGHTS = [WAVE_HEIGHT, WAVE_HEIGHT / 2];

const STYLE = /<style[^>]*>([\s\S]*?)<\/style>/g;

/** Outside a browser media-chrome defines its elements on a shim, which here takes note of them. */
async function controlStyles() {
  const shim = await import('media-chrome/dist/utils/server-safe-globals.js');
  const classes = [];
  shim.globalThis.customElements.define = (name, control) => classes.push(control);
  for (const name of CONTROLS) await import(`media-chrome/dist/${name}.js`);
  const markup = classes.map((control) => control.getTemplateHTML?.({}) ?? '');
  return markup.flatMap((html) => [...html.matchAll(STYLE)].map(([, text]) => text));
}

/** The one style of wavesurfer is a template literal in which the height of the canvas is filled in. */
function waveStyles() {
  const file = createRequire(import.meta.url).resolve('wavesurfer.js');
  const source = readFileSync(file.replace(/\.cjs$/, '.esm.js'), 'utf8');
  const literal = /<style\$\{[^}]*\}[^>]*>((?:[^`\\]|\\.)*?)<\/style>/.exec(source)?.[1];
  const [before, after, ...more] = literal?.split(/\$\{this\.getHeight\([^}]*\)\}/) ?? [];
  if (after === undefined || more.length > 0) throw new Error(`The style of ${file} is not what it was`);
  const plain = (text) => text.replaceAll('\\n', '\n');
  return HEIGHTS.map((height) => `${plain(before)}${height}${plain(after)}`);
}

/** As a policy has them. Browsers read CR LF as LF, and so are the files. */
async function hashes() {
  const styles = [...new Set([...(await controlStyles()), ...waveStyles()])];
  const hash = (text) => `sha256-${createHash('sha256').update(text).digest('base64')}`;
  return styles.map(hash).sort();
}

/** Writes them into the build. */
export function styleHashes() {
  return {
    name: 'style-hashes',
    async generateBundle() {
      const source = `${JSON.stringify(await hashes(), null, 2)}\n`;
      this.emitFile({ type: 'asset', fileName: 'style-hashes.json', source });
    },
  };
}
