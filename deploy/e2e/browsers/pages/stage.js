// What the tests ask of the page with the player: puts a player up, finds its parts, says how it is. The rest is done by mouse and keys.
import { EarshotClient } from '@earshot/player';
import { OfflineRecordings, gatewayOrigin, gatewaySource, localSource } from '@earshot/player/offline';
import '@earshot/player/element';

localStorage.clear();

let player;
let media;
let offline;
const seen = [];
let code = '';

document.addEventListener('earshot-state', ({ detail }) => {
  const happened = { ...detail, time: media?.currentTime };
  seen.push(happened);
  void player.updateComplete.then(() => (happened.message = textOf('.message')));
});

document.addEventListener('earshot-error', ({ detail }) => (code = detail.code));

const part = (selector) => player.shadowRoot.querySelector(selector);
const textOf = (selector) => part(selector)?.textContent.replace(/\s+/g, ' ').trim() ?? '';

/** Puts the one player of the page up, as a customer's page does; `tries` (milliseconds) and `isOffline` are for those who want more than the defaults. */
async function put({ sid, baseUrl, token, lang = 'en', tries, isOffline }) {
  player?.remove();
  seen.length = 0;
  code = '';
  document.documentElement.lang = lang;
  document.documentElement.dir = lang === 'he' ? 'rtl' : 'ltr';
  player = document.createElement('earshot-player');
  player.sid = sid;
  if (tries || isOffline) {
    const retry = tries && { delaysMs: tries, honourRetryAfter: false, jitter: 0 };
    player.client = new EarshotClient({ baseUrl, token, ...(retry ? { retry } : {}) });
  } else {
    player.baseUrl = baseUrl;
    player.token = () => token;
  }
  if (isOffline) {
    offline = new OfflineRecordings({ origin: gatewayOrigin(player.client), scope: 'somebody' });
    player.sources = [localSource(offline), gatewaySource(player.client)];
  }
  document.querySelector('main').append(player);
  await player.updateComplete;
  media = part('audio');
}

/** Keeps a copy for offline use. */
async function keep(sid) {
  return (await offline.ensureLocal(sid)).sizeBytes;
}

/** Where a part of the player is to be clicked: so far from its left edge. */
function place({ selector, fraction }) {
  const found = part(selector);
  found.scrollIntoView({ block: 'center' });
  const { left, top, width, height } = found.getBoundingClientRect();
  if (width === 0) {
    throw new Error(`${selector} is not to be seen`);
  }
  return { x: left + width * fraction, y: top + height / 2 };
}

/** Everything that a person would see or hear of it, and what is behind. */
function look() {
  const focused = player.shadowRoot.activeElement;
  return {
    state: player.state,
    time: media.currentTime,
    duration: media.duration,
    paused: media.paused,
    rate: media.playbackRate,
    keepsPitch: media.preservesPitch,
    volume: media.volume,
    muted: media.muted,
    url: media.getAttribute('src') ?? '',
    message: textOf('.message'),
    retry: textOf('.retry'),
    source: textOf('.source'),
    clock: textOf('.times .now'),
    said: textOf('[role=status]'),
    hasHelp: part('dialog')?.open ?? false,
    hasWave: part('.wave canvas') !== null || part('.wave')?.firstElementChild?.shadowRoot?.querySelector('canvas') != null,
    dir: part('.player')?.getAttribute('dir') ?? '',
    focus: focused?.localName ?? '',
    thumb: thumbAt(),
    pressed: [...player.shadowRoot.querySelectorAll('.mute-channel')].map((button) => button.getAttribute('aria-pressed')),
    code,
    seen,
    pending: watch.pending(),
    requests: watch.requests(),
    loudest: { ...watch.loudest },
    milliseconds: performance.now(),
  };
}

/** How far to the right the thumb of the seek bar stands, of its whole width. */
function thumbAt() {
  const bar = part('earshot-time-range');
  const thumb = bar?.shadowRoot.querySelector('#thumb');
  if (!thumb) {
    return null;
  }
  const [whole, dot] = [bar.getBoundingClientRect(), thumb.getBoundingClientRect()];
  return (dot.left + dot.width / 2 - whole.left) / whole.width;
}

window.stage = {
  put,
  keep,
  place,
  look,
  remove: () => player.remove(),
  listenAnew: () => Object.assign(watch.loudest, { left: 0, right: 0 }),
};
