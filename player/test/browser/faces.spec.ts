import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Stand } from './stand.js';

const stand = new Stand();
beforeAll(() => stand.open());
afterAll(() => stand.close());
beforeEach(() => stand.visit());
afterEach(async () => {
  expect(stand.errors).toEqual([]);
  await stand.context.close();
});

describe('what cannot be played says what happened and what to do', () => {
  it.each([
    ['recording-expired', 410, 'This recording has expired', false],
    ['recording-deleted', 410, 'This recording was deleted', false],
    ['fetch-failed', 503, 'The recording could not be fetched', true],
    ['recording-unplayable', 503, 'This recording cannot be played', false],
    ['recording-not-found', 404, 'There is no such recording', true],
    ['role-missing', 403, 'You may not listen to this recording', true],
    ['unauthenticated', 401, 'You are signed out', true],
  ])('%s', async (code, status, title, retryable) => {
    const sid = stand.gateway.shelve({ refusal: { code, status, retryable: code === 'fetch-failed' } });
    await stand.put({ sid, impatient: true });
    const told = stand.page.evaluate(
      (id) =>
        new Promise((resolve) => {
          document.getElementById(id)?.addEventListener('earshot-error', (event) => resolve(event.detail));
        }),
      sid,
    );
    await stand.press(sid);
    await stand.player(sid).locator('.message').getByText(title).waitFor();
    expect(await told).toEqual({ sid, code, retryable });
    expect(await stand.player(sid).locator('.retry').count()).toBe(retryable ? 1 : 0);
    const heard = stand.player(sid).locator('[role=status]');
    await expect.poll(() => heard.textContent()).toContain(title);
  });

  it('a network that is gone, and the player goes on by itself when it is back', async () => {
    const sid = stand.gateway.shelve();
    await stand.put({ sid });
    await stand.context.setOffline(true);
    await stand.press(sid);
    await stand.player(sid).locator('.message').getByText('You are offline').waitFor();
    await stand.context.setOffline(false);
    await stand.reaches(sid, 'playing');
  });

  it('a player that was set up wrongly', async () => {
    const sid = stand.gateway.shelve();
    await stand.put({ sid });
    await stand.page.evaluate((id) => {
      const player = document.querySelector<HTMLElementTagNameMap['earshot-player']>(`#${id}`)!;
      player.baseUrl = undefined;
    }, sid);
    await stand.press(sid);
    await stand.player(sid).locator('.message').getByText('The player was set up wrongly').waitFor();
  });
});

describe('trying again', () => {
  it('plays once the cause is gone, and keeps the focus in the player', async () => {
    const sid = stand.gateway.shelve({ refusal: { code: 'fetch-failed', status: 503, retryable: true } });
    await stand.put({ sid, impatient: true });
    await stand.press(sid);
    const retry = stand.player(sid).locator('.retry');
    await retry.waitFor();
    delete stand.gateway.recording(sid).refusal;
    await retry.click();
    await stand.reaches(sid, 'playing');
    const focused = await stand.page.evaluate(
      (id) => document.getElementById(id)?.shadowRoot?.activeElement?.localName,
      sid,
    );
    expect(focused).toBe('earshot-play-button');
  });

  it('is not offered for a recording that was deleted under way', async () => {
    const sid = stand.gateway.shelve({ call: { seconds: 10_800, channels: 1 } });
    await stand.put({ sid });
    await stand.press(sid);
    await stand.reaches(sid, 'playing');
    await stand.seek(sid, 3000);
    await stand.isBetween(sid, 3000.1);
    stand.gateway.recording(sid).refusal = { code: 'recording-deleted', status: 410 };
    stand.gateway.expireTickets(sid);
    await stand.seek(sid, 6000);
    await stand.player(sid).locator('.message').getByText('This recording was deleted').waitFor();
    expect(await stand.player(sid).locator('.retry').count()).toBe(0);
  });
});
