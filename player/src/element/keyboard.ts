/** What a key asks for. */
export type Command =
  | { readonly do: 'toggle' }
  | { readonly do: 'skip'; readonly seconds: number }
  | { readonly do: 'jump'; readonly fraction: number }
  | { readonly do: 'volume'; readonly by: number }
  | { readonly do: 'mute' }
  | { readonly do: 'speed'; readonly steps: number }
  | { readonly do: 'silence' }
  | { readonly do: 'help' };

/** What of a keyboard event decides. */
export interface Key {
  readonly key: string;
  readonly ctrlKey?: boolean;
  readonly metaKey?: boolean;
  readonly altKey?: boolean;
}

/** Where the focus is: some keys belong to the control that has it. */
export type Focus = 'elsewhere' | 'button' | 'time' | 'field';

const COMMANDS: Readonly<Record<string, Command>> = {
  ' ': { do: 'toggle' },
  k: { do: 'toggle' },
  ArrowLeft: { do: 'skip', seconds: -5 },
  ArrowRight: { do: 'skip', seconds: 5 },
  j: { do: 'skip', seconds: -10 },
  l: { do: 'skip', seconds: 10 },
  ArrowUp: { do: 'volume', by: 0.05 },
  ArrowDown: { do: 'volume', by: -0.05 },
  m: { do: 'mute' },
  '<': { do: 'speed', steps: -1 },
  '>': { do: 'speed', steps: 1 },
  Home: { do: 'jump', fraction: 0 },
  End: { do: 'jump', fraction: 1 },
  s: { do: 'silence' },
  '?': { do: 'help' },
};

/**
 * What a key means to the player. The arrows follow the time axis, which runs from left to right in every language. Keys with a
 * modifier are the browser's; a focused button keeps space, a select or a slider of its own keeps what moves it.
 */
export function commandOf(key: Key, focus: Focus = 'elsewhere'): Command | undefined {
  if (key.ctrlKey || key.metaKey || key.altKey) return undefined;
  if (focus === 'field' && key.key !== '?') return undefined;
  if (focus === 'button' && key.key === ' ') return undefined;
  if (/^[0-9]$/.test(key.key)) return { do: 'jump', fraction: Number(key.key) / 10 };
  const name = key.key.length === 1 ? key.key.toLowerCase() : key.key;
  return Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
}

/** The speeds that the player offers. */
export const SPEEDS: readonly number[] = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.5, 3];

/** A speed within what the player offers; 1 for what is none. */
export function boundedSpeed(speed: number | null | undefined): number {
  if (speed === null || speed === undefined || !Number.isFinite(speed) || speed <= 0) return 1;
  return Math.min(3, Math.max(0.5, speed));
}

/** The speed some steps up or down from this one. */
export function speedBy(speed: number, steps: number): number {
  const nearest = SPEEDS.reduce((best, each) => (Math.abs(each - speed) < Math.abs(best - speed) ? each : best), 1);
  const index = Math.min(SPEEDS.length - 1, Math.max(0, SPEEDS.indexOf(nearest) + steps));
  return SPEEDS[index] ?? 1;
}
