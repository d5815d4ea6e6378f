import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { someFailures, someRecordings, someStorage } from './console-samples.js';
import { CONSOLE_SCENES, reach } from './console-scenes.js';
import { ConsoleStand } from './console-stand.js';

const stand = new ConsoleStand();
const { gateway } = stand;
beforeAll(() => stand.open());
afterAll(() => stand.close());
beforeEach(() => {
  gateway.reset();
  gateway.rows = someRecordings();
  gateway.failures = someFailures();
  gateway.storage = someStorage();
});
afterEach(async () => expect(await stand.leave()).toEqual([]));

const redrives = () => gateway.asked.filter(({ what }) => what === 'POST /api/admin/redrive').map(({ body }) => body);

describe('failures', () => {
  it('are grouped by what went wrong, with what it means, what to do, and the recordings', async () => {
    await stand.visit('#/failures');
    const group = stand.page.locator('.group').first();
    await group.getByText('41 failed').waitFor();
    await group.getByText('6 being tried again by themselves').waitFor();
    await group.getByText(/Look at Twilio’s status page/).waitFor();
    await group.getByRole('link', { name: 'Show the recordings Twilio failed' }).click();
    await expect.poll(() => stand.rows().count()).toBe(2);
    expect(await stand.page.evaluate(() => location.hash)).toBe('#/recordings?state=failed&reason=upstream-error');
  });

  it('are fetched again after they were counted and confirmed', async () => {
    await stand.visit('#/failures');
    await stand.page.getByRole('button', { name: 'Fetch again those that failed with: Twilio failed' }).click();
    const dialog = stand.page.locator('dialog');
    await dialog.getByText('41 recordings would be fetched again.').waitFor();
    const counted = { reason: 'upstream-error', includeFinal: false, dryRun: true };
    expect(redrives()).toEqual([counted]);
    await dialog.getByRole('button', { name: 'Fetch again' }).click();
    await dialog.getByText('41 recordings are waiting to be fetched.').waitFor();
    expect(redrives()).toEqual([counted, { ...counted, dryRun: false }]);
    await dialog.getByRole('button', { name: 'Close' }).click();
    await stand.page.getByText('16 recordings have failed').waitFor();
    expect(await stand.page.locator('.group').count()).toBe(2);
  });

  it('cannot be kept from being fetched again once that was confirmed, and are counted anew after it', async () => {
    let goOn = () => {};
    const held = new Promise<void>((resolve) => (goOn = resolve));
    await stand.visit('#/failures');
    await stand.page.getByRole('button', { name: 'Fetch again those that failed with: Twilio failed' }).click();
    const dialog = stand.page.locator('dialog');
    await dialog.getByText('41 recordings would be fetched again.').waitFor();
    await stand.page.route('**/api/admin/redrive', (route) => held.then(() => route.continue()));
    await dialog.getByRole('button', { name: 'Fetch again' }).click();
    await dialog.getByText('Handing them over…').waitFor();
    expect(await dialog.getByRole('button', { name: 'Cancel' }).count()).toBe(0);
    await dialog.getByRole('button', { name: 'Close' }).click();
    await stand.page.getByText('57 recordings have failed').waitFor();
    goOn();
    await stand.page.getByText('16 recordings have failed').waitFor();
  });

  it('that are final say so before they are tried again', async () => {
    await stand.visit('#/failures');
    await stand.page.getByRole('button', { name: 'Fetch again those that failed with: Deleted at Twilio' }).click();
    await stand.page
      .locator('dialog')
      .getByText(/all that failed with this reason\. Those that failed for good will fail again/)
      .waitFor();
    await stand.page.keyboard.press('Escape');
    await expect.poll(() => stand.page.locator('dialog').isVisible()).toBe(false);
    expect(redrives()).toEqual([{ reason: 'source-deleted', includeFinal: true, dryRun: true }]);
  });

  it('of all tenants can be narrowed to one by operators alone', async () => {
    await stand.visit('#/failures');
    await stand.page.locator('.group').first().waitFor();
    expect(await stand.page.getByLabel('Tenant').count()).toBe(0);
    await stand.leave();
    gateway.session = { ...gateway.session!, roles: ['earshot:operator'] };
    await stand.visit('#/failures');
    await stand.page.getByLabel('Tenant').fill('globex');
    await stand.page.keyboard.press('Enter');
    await expect.poll(() => gateway.count('GET /api/admin/failures?tenant=globex')).toBe(1);
  });

  it('lead to their recordings only where the list has them: in the own tenant', async () => {
    gateway.session = { ...gateway.session!, roles: ['earshot:operator', 'recordings:play'] };
    const links = () => stand.page.getByRole('link', { name: /^Show the recordings/ }).count();
    const why = () => stand.page.getByText(/can be shown for your own tenant alone/);
    await stand.visit('#/failures');
    await why().waitFor();
    expect(await links()).toBe(0);
    await stand.page.getByLabel('Tenant').fill('acme');
    await stand.page.keyboard.press('Enter');
    await expect.poll(links).toBe(3);
    expect(await why().count()).toBe(0);
  });
});

describe('storage', () => {
  it('tells how much there is and how it grows, in a drawing, in words and in a table', async () => {
    await stand.visit('#/storage');
    await stand.page.getByText('20.8 GB', { exact: true }).waitFor();
    const chart = stand.page.getByRole('img', { name: /^Stored each day: .* came in within 30 days: .* The most on/ });
    expect(await chart.locator('.bar').count()).toBe(30);
    await stand.page.getByText('As a table').click();
    expect(await stand.page.locator('table tbody tr').count()).toBe(30);
    await stand.page.getByLabel('Days', { exact: true }).selectOption('7');
    await expect.poll(() => chart.or(stand.page.locator('.chart')).locator('.bar').count()).toBe(7);
    const top = () => stand.page.locator('.chart .value').last().textContent();
    expect(await top()).toMatch(/MB$/);
    await stand.page.getByRole('button', { name: 'Recordings' }).click();
    await expect.poll(top).toMatch(/^\d+$/);
  });

  it('says why it cannot be told', async () => {
    gateway.refusals.set('GET /api/admin/storage', { code: 'role-missing', status: 403 });
    await stand.visit('#/storage');
    await stand.page.getByText('You may not do this').waitFor();
  });
});

describe('barriers', () => {
  it.each(CONSOLE_SCENES)('are none in "$name", in light and in dark colours', async (scene) => {
    await reach(stand, scene, {});
    // What is moving is between two colours.
    await stand.page.emulateMedia({ reducedMotion: 'reduce' });
    expect(await stand.axe()).toEqual([]);
    await stand.page.evaluate(() => (document.documentElement.dataset['theme'] = 'dark'));
    expect(await stand.axe('color-contrast')).toEqual([]);
  });

  it.each(CONSOLE_SCENES.filter(({ isTypical }) => isTypical))('are none in "$name" in Hebrew', async (scene) => {
    await reach(stand, scene, { lang: 'he', theme: 'dark' });
    expect(await stand.axe()).toEqual([]);
  });
});
