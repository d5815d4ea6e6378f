// Starts a real browser and does what its standard input says, one JSON object on a line; answers each by one line:
// {"value": …}, or {"failure": "…"} where it could not be done. The browser ends with the input.
// Usage: node drive.js chromium|firefox|webkit
import { createInterface } from 'node:readline';
import { chromium, firefox, webkit } from './browsers.js';

const BROWSERS = { chromium, firefox, webkit };

/** What can be asked for, by the field `do`. */
const actsOf = (browser) => ({
  version: () => browser.version(),
  open: ({ url }) => browser.open(url),
  run: ({ code, argument }) => browser.run(code, argument ?? null),
  click: ({ x, y }) => browser.click(x, y),
  press: ({ key }) => browser.press(key),
});

async function main([name]) {
  const start = BROWSERS[name];
  if (!start) {
    throw new Error(`usage: node drive.js ${Object.keys(BROWSERS).join('|')}`);
  }
  const browser = await start();
  try {
    const acts = actsOf(browser);
    for await (const line of createInterface({ input: process.stdin })) {
      const asked = JSON.parse(line);
      const answer = await Promise.resolve(asked)
        .then((it) => acts[it.do](it))
        .then((value) => ({ value: value ?? null }))
        .catch((failure) => ({ failure: String(failure.stack ?? failure) }));
      console.log(JSON.stringify(answer));
    }
  } finally {
    await browser.close();
  }
}

main(process.argv.slice(2)).catch((failure) => {
  console.error(failure);
  process.exitCode = 1;
});
