import type { Peaks } from '@earshot/player';

/**
 * A made-up call: two people who take turns, with pauses in between. Every sample is a function of its time, so that any part
 * of three hours can be had without making the rest, and peaks need no decoding.
 */
export interface Call {
  readonly seconds: number;
  readonly channels: 1 | 2;
}

export const RATE = 8000;
const TURN_SECONDS = 3.5;

/** The same for the same number, and looks like chance. */
function chance(seed: number): number {
  const x = Math.sin(seed * 127.1 + 311.7) * 43758.5453;
  return x - Math.floor(x);
}

/** How loud one of the two speakers is at a time, 0 to 1. Every sixth turn or so nobody says anything. */
export function loudness(second: number, speaker: 0 | 1): number {
  const turn = Math.floor(second / TURN_SECONDS);
  const luck = chance(turn);
  if (luck < 0.17 && turn > 0) return 0;
  if ((luck < 0.58 ? 0 : 1) !== speaker) return 0;
  const within = (second % TURN_SECONDS) / TURN_SECONDS;
  const phrase = Math.sin(Math.PI * within) ** 0.6;
  const syllable = 0.35 + 0.65 * Math.abs(Math.sin(second * 7.3 + speaker * 1.7 + 2 * chance(turn + 50)));
  return phrase * syllable * (0.55 + 0.45 * chance(Math.floor(second * 9) + speaker * 1000));
}

/** One sample, -1 to 1. */
function sample(index: number, speaker: 0 | 1): number {
  const second = index / RATE;
  const pitch = speaker === 0 ? 140 : 215;
  const voice = Math.sin(2 * Math.PI * pitch * second) + 0.5 * Math.sin(2 * Math.PI * pitch * 3 * second);
  return (voice / 1.5) * loudness(second, speaker) * 0.6;
}

/** How long the WAV file is. */
export function wavSize(call: Call): number {
  return 44 + Math.round(call.seconds * RATE) * call.channels * 2;
}

function header(call: Call): DataView {
  const view = new DataView(new ArrayBuffer(44));
  const text = (at: number, words: string) => [...words].forEach((c, i) => view.setUint8(at + i, c.charCodeAt(0)));
  text(0, 'RIFF');
  view.setUint32(4, wavSize(call) - 8, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, call.channels, true);
  view.setUint32(24, RATE, true);
  view.setUint32(28, RATE * call.channels * 2, true);
  view.setUint16(32, call.channels * 2, true);
  view.setUint16(34, 16, true);
  text(36, 'data');
  view.setUint32(40, wavSize(call) - 44, true);
  return view;
}

/** The bytes of the WAV file from `from` to before `to`. */
export function wavBytes(call: Call, from = 0, to = wavSize(call)): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(to - from);
  const head = header(call);
  for (let at = from; at < to; at++) {
    if (at < 44) {
      bytes[at - from] = head.getUint8(at);
      continue;
    }
    const word = (at - 44) >> 1;
    const index = Math.floor(word / call.channels);
    const value = call.channels === 2 ? sample(index, (word % 2) as 0 | 1) : sample(index, 0) + sample(index, 1);
    const pcm = Math.max(-32768, Math.min(32767, Math.round(value * 32767)));
    bytes[at - from] = (at - 44) % 2 === 0 ? pcm & 255 : (pcm >> 8) & 255;
  }
  return bytes;
}

/** The peaks as the client hands them over. */
export function peaksOf(call: Call, samplesPerSecond = 20): Peaks {
  const buckets = Math.round(call.seconds * samplesPerSecond);
  const level = (speaker: 0 | 1) =>
    Array.from({ length: buckets }, (_, index) => loudness((index + 0.5) / samplesPerSecond, speaker) * 0.6);
  const [first, second] = [level(0), level(1)];
  const channels = call.channels === 2 ? [first, second] : [first.map((value, index) => value + (second[index] ?? 0))];
  return { version: 1, durationMillis: call.seconds * 1000, samplesPerSecond, channels };
}
