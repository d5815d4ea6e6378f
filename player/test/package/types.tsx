import { EarshotClient, presets, type EarshotError, type Recording } from '@earshot/player';
import { registerLocale, type EarshotPlayer } from '@earshot/player/element';
import hebrew from '@earshot/player/locales/he';
import { gatewaySource, localSource, OfflineRecordings, gatewayOrigin, Routing } from '@earshot/player/offline';
import { Player } from '@earshot/player/react';

// Compiled, never run: what a page may write, and after each @ts-expect-error what it may not.

const client = new EarshotClient({ baseUrl: 'https://calls.example', token: async () => 't', retry: presets.every2s });
const offline = new OfflineRecordings({ origin: gatewayOrigin(client), scope: 'somebody' });
const routing = new Routing([{ ids: /^RE/, sources: [localSource(offline), gatewaySource(client)] }]);

export const recording: Promise<Recording> = client.prepare('RE1', {
  onProgress: ({ try: step }) => void step.toFixed(),
});
export const isFinal = (error: EarshotError): boolean => !error.retryable;
export const played = routing
  .play('RE1')
  .then(({ url, refused }) => [url.href, ...refused.map(({ source }) => source)]);
registerLocale(hebrew);

const player: EarshotPlayer = document.createElement('earshot-player');
player.client = client;
player.addEventListener('earshot-error', ({ detail }) => detail.code.toUpperCase());
document.querySelector('earshot-player')?.seek(1);
// @ts-expect-error: seconds are a number
player.speed = 'fast';
// @ts-expect-error: there is no such preset
export const policy = presets.hasty;
// @ts-expect-error: the state is not the page's to set
player.state = 'playing';

export const good = <Player sid="RE1" client={client} title="A call" onEarshotError={(e) => e.detail.retryable} />;
// @ts-expect-error: the detail of an error has no position
export const bad = <Player sid="RE1" onEarshotError={(e) => e.detail.currentTime} />;
// @ts-expect-error: there is no such property
export const other = <Player sid="RE1" autoplay />;
