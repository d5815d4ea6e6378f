import { createElement, forwardRef, useEffect, useRef, type HTMLAttributes, type ReactElement } from 'react';
import '../element/index.js';
import type { EarshotPlayer, EarshotPlayerEventMap } from '../element/index.js';

type Handler<Name extends keyof EarshotPlayerEventMap> = (event: EarshotPlayerEventMap[Name]) => void;

/** What a page sets on the element, by the names of its properties. */
type Settings = Partial<
  Pick<
    EarshotPlayer,
    | 'sid'
    | 'baseUrl'
    | 'token'
    | 'client'
    | 'sources'
    | 'preload'
    | 'waveform'
    | 'speed'
    | 't'
    | 'heading'
    | 'channelNames'
    | 'duration'
  >
>;

/** The properties of `<Player>`: the element's own, its events as handlers, and what every HTML element takes. */
export interface PlayerProps extends Settings, Omit<HTMLAttributes<EarshotPlayer>, keyof Settings> {
  onEarshotPlay?: Handler<'earshot-play'>;
  onEarshotPause?: Handler<'earshot-pause'>;
  onEarshotState?: Handler<'earshot-state'>;
  onEarshotError?: Handler<'earshot-error'>;
}

const SETTINGS = [
  'sid',
  'baseUrl',
  'token',
  'client',
  'sources',
  'preload',
  'waveform',
  'speed',
  't',
  'heading',
  'channelNames',
  'duration',
] as const satisfies readonly (keyof Settings)[];

const EVENTS = {
  onEarshotPlay: 'earshot-play',
  onEarshotPause: 'earshot-pause',
  onEarshotState: 'earshot-state',
  onEarshotError: 'earshot-error',
} as const;

/**
 * `<earshot-player>` for React 18 and later. The `ref` is the element itself, with its methods.
 *
 * React 18 passes nothing but strings to custom elements, and knows no events of theirs; so both are set here, by property.
 */
export const Player = forwardRef<EarshotPlayer, PlayerProps>(function Player(props, ref): ReactElement {
  const own = useRef<EarshotPlayer>(null);
  const attributes: Record<string, unknown> = { ...props };
  for (const name of [...SETTINGS, ...Object.keys(EVENTS)]) delete attributes[name];

  useEffect(() => {
    const player = own.current;
    if (!player) return;
    for (const name of SETTINGS) {
      if (name in props) Object.assign(player, { [name]: props[name] });
    }
  });

  useEffect(() => {
    const ending = new AbortController();
    for (const [prop, type] of Object.entries(EVENTS)) {
      const handler = props[prop as keyof typeof EVENTS] as EventListener | undefined;
      if (handler) own.current?.addEventListener(type, handler, { signal: ending.signal });
    }
    return () => ending.abort();
  }, [props.onEarshotPlay, props.onEarshotPause, props.onEarshotState, props.onEarshotError]);

  return createElement('earshot-player', {
    ...attributes,
    ref: (player: EarshotPlayer | null) => {
      own.current = player;
      if (typeof ref === 'function') ref(player);
      else if (ref) ref.current = player;
    },
  });
});
