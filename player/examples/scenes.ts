import type { EarshotPlayer } from '@earshot/player/element';
import { FakeClient, type Behaviour } from './fake-client.js';

/** One example: a recording that behaves in a way, and how the player comes into the state that is to be seen. */
export interface Scene {
  readonly name: string;
  readonly title: string;
  readonly behaviour: Behaviour;
  readonly heading: string;
  readonly headingHebrew: string;
  readonly set?: (player: EarshotPlayer) => void;
  /** What the screenshots do before they look. */
  readonly stage: 'idle' | 'begun' | 'playing' | 'paused' | 'channels' | 'help';
}

const heading = 'Incoming · +1 555 010 7788 → Support';
const headingHebrew = 'נכנסת · \u2066+1 555 010 7788\u2069 ← תמיכה';
const both = { heading, headingHebrew };
const dual = { call: { seconds: 214, channels: 2 } } as const;

const failure = (name: string, code: string): Scene => ({
  name,
  title: `Trouble: ${code}`,
  behaviour: { code },
  stage: 'begun',
  ...both,
});

export const SCENES: readonly Scene[] = [
  {
    name: 'idle',
    title: 'Nothing is fetched before play is pressed',
    behaviour: { tries: 4 },
    stage: 'idle',
    ...both,
    set: (player) => (player.duration = 96),
  },
  {
    name: 'preparing',
    title: 'Being prepared',
    behaviour: { tries: 9, stepMillis: 30, holdAt: 3 },
    stage: 'begun',
    ...both,
  },
  { name: 'playing', title: 'Playing', behaviour: {}, stage: 'playing', ...both },
  { name: 'paused', title: 'Paused', behaviour: {}, stage: 'paused', ...both },
  { name: 'plain', title: 'Without peaks: the plain bar', behaviour: { withoutPeaks: true }, stage: 'paused', ...both },
  {
    name: 'dual',
    title: 'Two channels',
    behaviour: dual,
    stage: 'channels',
    ...both,
    set: (player) => (player.channelNames = document.documentElement.lang === 'he' ? 'נציג, לקוחה' : 'Agent, Customer'),
  },
  { name: 'help', title: 'Keys (press ?)', behaviour: {}, stage: 'help', ...both },
  failure('expired', 'recording-expired'),
  failure('deleted', 'recording-deleted'),
  failure('failed', 'fetch-failed'),
  failure('unplayable', 'recording-unplayable'),
  failure('offline', 'offline'),
  failure('not-found', 'recording-not-found'),
  failure('forbidden', 'role-missing'),
];

/** Makes the player of a scene. */
export function playerOf(scene: Scene): EarshotPlayer {
  const player = document.createElement('earshot-player');
  player.sid = `example-${scene.name}`;
  player.client = new FakeClient(scene.behaviour);
  player.heading = document.documentElement.lang === 'he' ? scene.headingHebrew : scene.heading;
  scene.set?.(player);
  return player;
}
