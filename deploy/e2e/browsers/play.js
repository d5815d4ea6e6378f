// Plays URLs in a real browser, as a person would: play, seek to the middle, seek near the end, hear the end.
// Usage: node play.js chromium|firefox|webkit URL...   Prints one JSON line for each URL; exit 1 if the browser failed.
import { createServer } from 'node:http';
import { once } from 'node:events';
import { chromium, firefox, webkit } from './browsers.js';
import { listen } from './listen.js';

const BROWSERS = { chromium, firefox, webkit };

async function main([name, ...urls]) {
  const start = BROWSERS[name];
  if (!start || urls.length === 0) {
    throw new Error(`usage: node play.js ${Object.keys(BROWSERS).join('|')} URL...`);
  }
  const page = await servePage();
  const browser = await start();
  try {
    for (const url of urls) {
      await browser.open(`http://127.0.0.1:${page.address().port}/`);
      const heard = await browser.run(listen, url);
      console.log(JSON.stringify({ browser: await browser.version(), ...heard }));
    }
  } finally {
    await browser.close();
    page.close();
  }
}

/** A page of another origin than the gateway's, as a web app is; it has nothing but a title. */
async function servePage() {
  const server = createServer((request, response) => {
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end('<!doctype html><html lang="en"><title>Listening</title><body></body></html>');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

main(process.argv.slice(2)).catch((failure) => {
  console.error(failure);
  process.exitCode = 1;
});
