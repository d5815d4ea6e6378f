import { describe, expect, it } from 'vitest';
import { EarshotError } from '../../client/index.js';
import type { FailureGroup, RedriveWanted } from '../api.js';
import { Redrive } from './redrive.js';

const GROUP: FailureGroup = { reason: 'upstream-error', count: 12, final: false };

/** A redrive, and what it asked the gateway. */
function redriving(group = GROUP, answers: (number | Error)[] = [12, 12]) {
  const asked: RedriveWanted[] = [];
  const seen: string[] = [];
  const redrive: Redrive = new Redrive(
    group,
    'acme',
    async (wanted) => {
      asked.push(wanted);
      const answer = answers.shift() ?? 0;
      if (answer instanceof Error) throw answer;
      return { matched: wanted.dryRun ? answer : 12, redriven: wanted.dryRun ? 0 : answer, limit: 1000 };
    },
    () => seen.push(redrive.state.is),
  );
  return { redrive, asked, seen };
}

describe('fetching failed ones again', () => {
  it('counts first without any effect, and does it only when somebody says yes', async () => {
    const { redrive, asked, seen } = redriving();
    await redrive.count();
    expect(asked).toEqual([{ reason: 'upstream-error', includeFinal: false, tenant: 'acme', dryRun: true }]);
    expect(redrive.state).toEqual({ is: 'asking', matched: 12, limit: 1000 });
    await redrive.confirm();
    expect(asked[1]).toEqual({ reason: 'upstream-error', includeFinal: false, tenant: 'acme', dryRun: false });
    expect(redrive.state).toEqual({ is: 'done', redriven: 12, left: 0 });
    expect(seen).toEqual(['counting', 'asking', 'working', 'done']);
  });

  it('does it once, however often yes is pressed', async () => {
    const { redrive, asked } = redriving();
    await redrive.confirm();
    expect(asked).toEqual([]);
    await redrive.count();
    await Promise.all([redrive.confirm(), redrive.confirm()]);
    await redrive.confirm();
    expect(asked.filter(({ dryRun }) => !dryRun)).toHaveLength(1);
  });

  it('says how many are left where there were too many for once', async () => {
    const { redrive } = redriving(GROUP, [1500, 1000]);
    await redrive.count();
    await redrive.confirm();
    expect(redrive.state).toEqual({ is: 'done', redriven: 1000, left: 500 });
  });

  it('does nothing where nothing is left', async () => {
    const { redrive, asked } = redriving(GROUP, [0]);
    await redrive.count();
    await redrive.confirm();
    expect(asked).toHaveLength(1);
  });

  it('names final ones as final, which the gateway wants to be told', async () => {
    const { redrive, asked } = redriving({ ...GROUP, final: true });
    await redrive.count();
    expect(asked[0]?.includeFinal).toBe(true);
  });

  it('says what went wrong, and can be counted again', async () => {
    const { redrive } = redriving(GROUP, [new EarshotError('offline', 'gone'), 3]);
    await redrive.count();
    expect(redrive.state).toMatchObject({ is: 'failed', error: { code: 'offline' } });
    await redrive.count();
    expect(redrive.state).toMatchObject({ is: 'asking', matched: 3 });
  });

  it('goes on though it was closed, and can be waited for', async () => {
    const { redrive, asked, seen } = redriving();
    await redrive.count();
    void redrive.confirm();
    redrive.close();
    await redrive.settled;
    expect(asked.map(({ dryRun }) => dryRun)).toEqual([true, false]);
    expect(seen).toEqual(['counting', 'asking', 'working']);
  });

  it('tells nobody any more once it is closed', async () => {
    const { redrive, seen } = redriving();
    const counted = redrive.count();
    redrive.close();
    await counted;
    expect(seen).toEqual(['counting']);
  });
});
