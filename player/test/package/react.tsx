import { StrictMode, useEffect, useRef, useState } from 'react';
import { createRoot } from 'react-dom/client';
import type { EarshotPlayer, StateDetail } from '@earshot/player/element';
import { Player } from '@earshot/player/react';

/** What the page does, for the test to say and to see. */
export interface Page {
  set(wishes: Partial<Wishes>): void;
  readonly states: StateDetail['state'][];
  readonly heard: string[];
}

interface Wishes {
  sid: string;
  heading: string;
  speed: number;
  listens: boolean;
  isShown: boolean;
}

declare global {
  interface Window {
    react: Page;
  }
}

const states: StateDetail['state'][] = [];
const heard: string[] = [];

function App() {
  const [wishes, set] = useState<Wishes>({ sid: '', heading: 'Call one', speed: 2, listens: true, isShown: true });
  const player = useRef<EarshotPlayer>(null);
  useEffect(() => {
    window.react = { set: (some) => set((before) => ({ ...before, ...some })), states, heard };
  }, []);
  if (!wishes.isShown) return <p>Gone</p>;
  return (
    <>
      <Player
        ref={player}
        id="player"
        className="wide"
        sid={wishes.sid}
        baseUrl={location.origin}
        heading={wishes.heading}
        speed={wishes.speed}
        onEarshotState={({ detail }) => states.push(detail.state)}
        {...(wishes.listens ? { onEarshotPlay: ({ detail }) => heard.push(detail.sid) } : {})}
      />
      <button onClick={() => player.current?.play()}>Play</button>
    </>
  );
}

createRoot(document.querySelector('main')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
