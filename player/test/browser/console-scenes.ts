import type { ConsoleStand, Visit } from './console-stand.js';
import { someFailures, someRecordings, someStorage } from './console-samples.js';

/** One view of the console, and how it is reached: for looking at it, and for what looks for barriers in it. */
export interface ConsoleScene {
  readonly name: string;
  readonly hash?: string;
  /** Has in it what others are made of. */
  readonly isTypical?: true;
  readonly set?: (stand: ConsoleStand) => void;
  readonly reach: (stand: ConsoleStand) => Promise<unknown>;
}

const filled = (stand: ConsoleStand) => {
  stand.gateway.rows = someRecordings();
  stand.gateway.failures = someFailures();
  stand.gateway.storage = someStorage();
};

const listed = (stand: ConsoleStand) => stand.rows().nth(3).waitFor();

/** A button of a row; the rows stand in the order of the samples, in every language. */
const press = (stand: ConsoleStand, row: number, button: string) => stand.rows().nth(row).locator(button).click();

export const CONSOLE_SCENES: readonly ConsoleScene[] = [
  { name: 'recordings', isTypical: true, reach: listed },
  {
    name: 'playing',
    isTypical: true,
    reach: async (stand) => {
      await listed(stand);
      await press(stand, 0, '.round');
      await stand.plays();
      const page = stand.page;
      await page.locator('earshot-player .wave canvas').first().waitFor();
      await page.locator('earshot-player').evaluate((player) => {
        (player as HTMLElementTagNameMap['earshot-player']).seek(61);
      });
      await page.locator('earshot-player earshot-play-button').click();
      await stand.plays('paused');
    },
  },
  {
    name: 'failed-one',
    reach: async (stand) => {
      await listed(stand);
      await press(stand, 6, '.round');
      await stand.page.locator('.why').waitFor();
    },
  },
  {
    name: 'delete',
    reach: async (stand) => {
      await listed(stand);
      await press(stand, 0, '.act.delete');
      await stand.page.locator('dialog[open]').waitFor();
    },
  },
  {
    name: 'new-ones',
    reach: async (stand) => {
      await listed(stand);
      await stand.heard();
      const [newest] = someRecordings();
      for (const end of ['a', 'b', 'c'])
        stand.gateway.arrive({
          ...newest,
          recordingSid: `RE${end.repeat(32)}`,
          state: 'fetching',
          startedAt: new Date().toISOString(),
        });
      await stand.page.locator('.news button').waitFor();
    },
  },
  {
    name: 'empty',
    set: (stand) => {
      stand.gateway.rows = [];
      const { session, simulatorOrigin: simulatorUrl } = stand.gateway;
      if (session) stand.gateway.session = { ...session, simulatorUrl };
    },
    reach: (stand) => stand.page.locator('.empty').waitFor(),
  },
  {
    name: 'nothing-found',
    hash: '#/recordings?state=waiting&reason=too-large&from=2026-01-05&to=2026-01-09',
    reach: (stand) => stand.page.locator('.empty').waitFor(),
  },
  {
    name: 'trouble',
    set: ({ gateway }) =>
      gateway.refusals.set('GET /api/recordings', { code: 'database-unavailable', status: 503, retryable: true }),
    reach: (stand) => stand.page.locator('.trouble').waitFor(),
  },
  {
    name: 'signed-out',
    reach: async (stand) => {
      await listed(stand);
      stand.gateway.session = undefined;
      await press(stand, 5, '.act.prefetch');
      await stand.page.locator('.banner').waitFor();
    },
  },
  {
    name: 'failures',
    isTypical: true,
    hash: '#/failures',
    reach: (stand) => stand.page.locator('.group').nth(2).waitFor(),
  },
  {
    name: 'redrive',
    hash: '#/failures',
    reach: async (stand) => {
      await stand.page.locator('.group button').first().click();
      await stand.page.locator('dialog[open] strong').waitFor();
    },
  },
  {
    name: 'storage',
    isTypical: true,
    hash: '#/storage',
    reach: (stand) => stand.page.locator('.chart .bar').nth(20).waitFor(),
  },
];

/** Brings a visitor there. */
export async function reach(stand: ConsoleStand, scene: ConsoleScene, visit: Visit): Promise<void> {
  stand.gateway.reset();
  filled(stand);
  scene.set?.(stand);
  await stand.visit(scene.hash, visit);
  await scene.reach(stand);
}
