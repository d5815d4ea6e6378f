import { EarshotClient } from '@earshot/player';
import '@earshot/player/element';
import { gatewaySource } from '@earshot/player/offline';
import { FakeClient } from './fake-client.js';
import { playerOf, SCENES } from './scenes.js';

const query = new URLSearchParams(location.search);

/** For tests and for trying things out in the console. */
declare global {
  interface Window {
    earshot: {
      EarshotClient: typeof EarshotClient;
      FakeClient: typeof FakeClient;
      gatewaySource: typeof gatewaySource;
      scenes: { name: string; stage: string }[];
    };
  }
}
window.earshot = {
  EarshotClient,
  FakeClient,
  gatewaySource,
  scenes: SCENES.map(({ name, stage }) => ({ name, stage })),
};

function look(): void {
  const language = query.get('lang') ?? 'en';
  document.documentElement.lang = language;
  document.documentElement.dir = language === 'he' ? 'rtl' : 'ltr';
  document.documentElement.classList.toggle('dark', query.get('theme') === 'dark');
}

function goWith(name: string, value: string): void {
  query.set(name, value);
  location.search = query.toString();
}

/** One scene alone, or an empty page for tests: `?show=paused`, `?show=none`. */
function showOnly(name: string): void {
  document.body.classList.add('bare');
  document.body.innerHTML = '<main aria-label="Player"></main>';
  const scene = SCENES.find((each) => each.name === name);
  if (scene) document.querySelector('main')?.append(playerOf(scene));
}

function showGallery(): void {
  const gallery = document.querySelector('#gallery');
  for (const scene of SCENES) {
    const title = document.createElement('h3');
    title.textContent = scene.title;
    gallery?.append(title, playerOf(scene));
  }
}

function showReal(): void {
  const form = document.querySelector<HTMLFormElement>('#gateway');
  const player = document.createElement('earshot-player');
  form?.addEventListener('submit', (event) => {
    event.preventDefault();
    const data = new FormData(form);
    const field = (name: string) => String(data.get(name) ?? '').trim();
    player.baseUrl = field('gateway') || location.origin;
    player.token = field('token') || undefined;
    player.sid = field('sid');
    document.querySelector('#real')?.replaceChildren(player);
  });
  for (const name of ['gateway', 'sid']) {
    const input = form?.elements.namedItem(name);
    if (input instanceof HTMLInputElement) input.value = query.get(name) ?? '';
  }
  if (query.has('sid')) form?.requestSubmit();
}

look();
const only = query.get('show');
if (only) showOnly(only);
else {
  showGallery();
  showReal();
  document
    .querySelector('#theme')
    ?.addEventListener('click', () => goWith('theme', query.get('theme') === 'dark' ? 'light' : 'dark'));
  document
    .querySelector('#language')
    ?.addEventListener('click', () => goWith('lang', query.get('lang') === 'he' ? 'en' : 'he'));
}
