import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sid } from './console-gateway.js';
import { someRecordings } from './console-samples.js';
import { ConsoleStand } from './console-stand.js';

const stand = new ConsoleStand();
const { gateway } = stand;
beforeAll(() => stand.open());
afterAll(() => stand.close());
beforeEach(() => {
  gateway.reset();
  gateway.rows = someRecordings();
});
afterEach(async () => expect(await stand.leave()).toEqual([]));

const row = (index: number) => stand.rows().nth(index);
const press = (index: number, name: RegExp) => row(index).getByRole('button', { name }).click();
const state = (index: number) => row(index).locator('.state');
const notice = () => stand.page.locator('.notice');
const focused = () =>
  stand.page.evaluate(() => {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    return active?.getAttribute('aria-label') ?? active?.textContent?.trim() ?? '';
  });
/** Goes on with Tab until the focus is there. */
async function tabTo(name: string | null): Promise<void> {
  for (let stops = 0; stops < 50; stops++) {
    await stand.page.keyboard.press('Tab');
    if ((await focused()) === name) return;
  }
  throw new Error(`Tab does not come to ${name}`);
}
const hash = () => stand.page.evaluate(() => location.hash);

describe('playing in place', () => {
  it('plays with waveform and channels under the strict policy, one at a time', async () => {
    await stand.visit();
    await press(0, /^Play the recording/);
    await stand.plays();
    const player = stand.page.locator('earshot-player');
    await player.locator('.wave canvas').first().waitFor();
    await player.locator('.tool.channels').click();
    await player.locator('.mixer').waitFor();
    // A style that the policy refused would have no rules, and the bar could not be moved.
    const rules = await player
      .locator('earshot-time-range')
      .evaluate((range) => range.shadowRoot?.querySelector('style')?.sheet?.cssRules.length ?? 0);
    expect(rules).toBeGreaterThan(5);
    await press(2, /^Play the recording/);
    await stand.plays();
    expect(await player.count()).toBe(1);
    expect(await player.getAttribute('sid')).toBe(gateway.rows[2]?.recordingSid);
    await press(2, /^Close the recording/);
    expect(await player.count()).toBe(0);
  });

  it('fetches no audio, ticket or waveform before somebody presses play', async () => {
    await stand.visit();
    await stand.heard();
    await row(0).waitFor();
    expect(gateway.asked.filter(({ what }) => /ticket|peaks|stream|download/.test(what))).toEqual([]);
  });

  it('can be used by the keyboard alone', async () => {
    await stand.visit();
    await row(0).waitFor();
    const { keyboard } = stand.page;
    await keyboard.press('Tab');
    expect(await focused()).toBe('Skip to the content');
    await keyboard.press('Enter');
    const wanted = await row(0).locator('.round').getAttribute('aria-label');
    await tabTo(wanted);
    await keyboard.press('Enter');
    await stand.plays();
    expect(await focused()).toMatch(/^Close the recording/);
    await tabTo('Pause');
    await keyboard.press('k');
    await stand.plays('paused');
  });

  it('tells why there is nothing to be played, and what to do', async () => {
    await stand.visit();
    await press(6, /^Details of the recording/);
    await stand.page.locator('.why').getByText('It cannot be brought back.').waitFor();
    expect(await stand.page.locator('earshot-player').count()).toBe(0);
  });
});

describe('deleting', () => {
  it('asks first, and does nothing without a yes', async () => {
    await stand.visit();
    await press(0, /^Delete the recording/);
    const dialog = stand.page.locator('dialog');
    await dialog.getByText(/will be deleted for good/).waitFor();
    await dialog.getByText('Twilio’s own copy is not touched.').waitFor();
    expect(await dialog.textContent()).toContain('RE0000');
    expect(await focused()).toBe('Cancel');
    await stand.page.keyboard.press('Escape');
    await expect.poll(() => dialog.isVisible()).toBe(false);
    expect(gateway.count('DELETE')).toBe(0);
    expect(await focused()).toMatch(/^Delete the recording/);
  });

  it('deletes the one that it named, and says so', async () => {
    const { recordingSid } = gateway.rows[0] ?? { recordingSid: '' };
    await stand.visit();
    await press(0, /^Delete the recording/);
    await stand.page.getByRole('button', { name: 'Delete for good' }).click();
    await state(0).getByText('Deleted').waitFor();
    await notice().getByText('The recording was deleted').waitFor();
    expect(gateway.asked.filter(({ what }) => what.startsWith('DELETE'))).toEqual([
      { what: `DELETE /api/recordings/${recordingSid}`, body: undefined },
    ]);
    expect(
      await row(0)
        .getByRole('button', { name: /Delete|Download/ })
        .count(),
    ).toBe(0);
  });

  it('cannot be called back while it is done', async () => {
    let goOn = () => {};
    const held = new Promise<void>((resolve) => (goOn = resolve));
    await stand.visit();
    await stand.page.route('**/api/recordings/*', (route) =>
      route.request().method() === 'DELETE' ? held.then(() => route.continue()) : route.continue(),
    );
    await press(0, /^Delete the recording/);
    const dialog = stand.page.locator('dialog');
    await dialog.getByRole('button', { name: 'Delete for good' }).click();
    await dialog.getByText('Deleting…').waitFor();
    await stand.page.keyboard.press('Escape');
    const cancel = dialog.getByRole('button', { name: 'Cancel' });
    expect(await cancel.getAttribute('aria-disabled')).toBe('true');
    await cancel.dispatchEvent('click');
    expect(await dialog.isVisible()).toBe(true);
    goOn();
    await state(0).getByText('Deleted').waitFor();
    await expect.poll(() => dialog.isVisible()).toBe(false);
  });

  it('says why it could not, and stays', async () => {
    gateway.refusals.set('DELETE', { code: 'store-unavailable', status: 503, retryable: true });
    await stand.visit();
    await press(0, /^Delete the recording/);
    await stand.page.getByRole('button', { name: 'Delete for good' }).click();
    await stand.page.locator('dialog').getByText('Code: store-unavailable').waitFor();
    expect(await state(0).textContent()).toContain('Ready');
  });
});

describe('what happens elsewhere', () => {
  it('changes states in their rows', async () => {
    await stand.visit();
    await stand.heard();
    await state(1).getByText('Being fetched').waitFor();
    gateway.become(gateway.rows[1]?.recordingSid ?? '', { state: 'ready', durationMillis: 47_010 });
    await state(1).getByText('Ready').waitFor();
    gateway.become(gateway.rows[2]?.recordingSid ?? '', { state: 'deleted' });
    await state(2).getByText('Deleted').waitFor();
  });

  it('counts new recordings, and shows them when somebody wants to', async () => {
    await stand.visit();
    await stand.heard();
    const first = await row(0).locator('.sid').getAttribute('title');
    for (const n of [1, 2])
      gateway.arrive({
        ...someRecordings()[0],
        recordingSid: sid('RE', n),
        callSid: sid('CA', n),
        state: 'fetching',
        startedAt: new Date().toISOString(),
      });
    const news = stand.page.getByRole('button', { name: '2 new recordings. Show them' });
    await news.waitFor();
    expect(await row(0).locator('.sid').getAttribute('title')).toBe(first);
    await news.click();
    await expect.poll(() => row(0).locator('.sid').getAttribute('title')).toBe(sid('CA', 2));
    await expect.poll(() => news.count()).toBe(0);
  });

  it('is caught up with after the connection was lost', async () => {
    await stand.visit();
    await stand.heard();
    for (const stream of gateway.streams) stream.destroy();
    gateway.rows[1] = { ...someRecordings()[0], ...gateway.rows[1], state: 'ready' } as (typeof gateway.rows)[number];
    await state(1).getByText('Ready').waitFor();
  });

  it('brings a simulated call onto the page by itself', async () => {
    gateway.session = { ...gateway.session!, simulatorUrl: gateway.simulatorOrigin };
    await stand.visit('#/recordings?state=failed');
    await stand.page.getByRole('button', { name: 'Place a simulated call' }).click();
    await expect.poll(hash).toBe('#/recordings');
    await state(0).getByText('Not fetched yet').waitFor();
    expect(await row(0).getAttribute('class')).toContain('new');
    const asked = gateway.asked.find(({ what }) => what.startsWith('simulate'));
    expect(asked).toEqual({ what: 'simulate text/plain', body: { tenant: 'acme', seconds: 42, channels: 2 } });
    await stand.heard();
    gateway.become(gateway.rows[0]?.recordingSid ?? '', { state: 'ready', durationMillis: 42_000, channels: 2 });
    await state(0).getByText('Ready').waitFor();
  });
});

describe('finding', () => {
  it('goes into the address and to the gateway, and comes back from there', async () => {
    await stand.visit();
    await row(0).waitFor();
    await stand.page.getByLabel('State').selectOption('failed');
    await expect.poll(hash).toBe('#/recordings?state=failed');
    await expect.poll(() => stand.rows().count()).toBe(3);
    await stand.page.getByLabel('Reason').selectOption('source-deleted');
    await expect.poll(() => stand.rows().count()).toBe(1);
    expect(gateway.count('GET /api/recordings?state=failed&reason=source-deleted&limit=25')).toBe(1);
    await stand.page.reload();
    await expect.poll(() => stand.rows().count()).toBe(1);
    await stand.page.goBack();
    await expect.poll(() => stand.rows().count()).toBe(3);
    await stand.page.getByRole('link', { name: 'Clear' }).click();
    await expect.poll(() => stand.rows().count()).toBe(12);
  });

  it('takes a SID, and says what a SID is', async () => {
    await stand.visit();
    const field = stand.page.getByLabel('Call or recording');
    await field.fill('+1 555 010 7788');
    await field.press('Enter');
    await stand.page.getByText(/A call’s SID is CA and 32/).waitFor();
    const { callSid = '', recordingSid } = gateway.rows[4]!;
    await field.fill(callSid);
    await field.press('Enter');
    await expect.poll(() => stand.rows().count()).toBe(1);
    await field.fill(recordingSid);
    await field.press('Enter');
    await expect.poll(hash).toBe(`#/recordings/${recordingSid}`);
    await stand.page.locator('.facts').getByText(recordingSid).waitFor();
  });

  it('goes page by page', async () => {
    gateway.rows = someRecordings(60);
    await stand.visit();
    await row(24).waitFor();
    await stand.page.getByRole('button', { name: 'Older' }).click();
    await stand.page.getByText('Page 2').waitFor();
    await expect.poll(() => row(0).locator('.sid').getAttribute('title')).toBe(gateway.rows[25]?.callSid);
    expect(await focused()).toBe('Recordings');
    await stand.page.getByRole('button', { name: 'Older' }).click();
    await expect.poll(() => stand.rows().count()).toBe(10);
    expect(await stand.page.getByRole('button', { name: 'Older' }).isDisabled()).toBe(true);
    await stand.page.getByRole('button', { name: 'Newer' }).click();
    await stand.page.getByText('Page 2').waitFor();
  });

  it('follows a link to a moment of one recording', async () => {
    const { recordingSid } = gateway.rows[4]!;
    await stand.visit(`?t=0:07&recording=${recordingSid}#/recordings?state=failed`);
    await stand.page.locator('earshot-player earshot-play-button').click();
    await stand.plays();
    const seconds = await stand.page.locator('earshot-player').evaluate((player) => {
      return (player as HTMLElementTagNameMap['earshot-player']).currentTime;
    });
    expect(seconds).toBeGreaterThanOrEqual(7);
    expect(await stand.rows().count()).toBe(1);
  });

  it('links to one recording in the query, which counts until one goes elsewhere', async () => {
    const { recordingSid } = gateway.rows[4]!;
    const address = () => stand.page.evaluate(() => location.search + location.hash);
    await stand.visit();
    await press(4, /^Play the recording/);
    const link = stand.page.getByRole('link', { name: 'Link to this recording' });
    expect(await link.getAttribute('href')).toBe(`?recording=${recordingSid}`);
    await link.click();
    await expect.poll(address).toBe(`?recording=${recordingSid}#/recordings/${recordingSid}`);
    await expect.poll(() => stand.rows().count()).toBe(1);
    await stand.page.getByRole('link', { name: 'All recordings', exact: true }).click();
    await expect.poll(address).toBe('#/recordings');
    await stand.page.reload();
    await expect.poll(() => stand.rows().count()).toBe(12);
  });

  it('shows a call of a link as soon as its recording is there', async () => {
    const [recording] = gateway.rows;
    gateway.rows = gateway.rows.slice(1);
    await stand.visit(`#/recordings/${recording?.callSid}`);
    await stand.page.getByText('Code: recording-not-found').waitFor();
    await stand.heard();
    gateway.arrive(recording!);
    await expect.poll(() => stand.rows().count()).toBe(1);
  });

  it('says what is wrong, and tries again', async () => {
    gateway.refusals.set('GET /api/recordings', { code: 'database-unavailable', status: 503, retryable: true });
    await stand.visit();
    await stand.page.getByText('Code: database-unavailable').waitFor();
    gateway.refusals.clear();
    await stand.page.getByRole('button', { name: 'Try again' }).click();
    await row(0).waitFor();
  });
});

describe('a part of the console that is no more, as after a roll-out', () => {
  const visits = () => gateway.asked.filter(({ what }) => what === 'GET /console/').length;
  const gone = (times: number) =>
    stand.context.route('**/assets/later-*.js', (route) => route.fulfill({ status: 404 }), { times });

  it('is had by loading the page anew', async () => {
    await stand.visit('#/storage');
    await gone(1);
    await stand.page.getByRole('link', { name: 'Recordings' }).click();
    await expect.poll(visits).toBe(2);
    await press(0, /^Play the recording/);
    await stand.plays();
  });

  it('is said to be missing where that does not help', async () => {
    await stand.visit('#/storage');
    await gone(100);
    await stand.page.getByRole('link', { name: 'Recordings' }).click();
    await expect.poll(visits).toBe(2);
    await press(0, /^Play the recording/);
    await stand.page.getByText('The player could not be loaded.').waitFor();
    expect(visits()).toBe(2);
  });
});

describe('who is signed in', () => {
  it('is told when the session has ended, and the way back', async () => {
    await stand.visit();
    await row(7).waitFor();
    const { session } = gateway;
    gateway.session = undefined;
    await press(7, /^Fetch the recording/);
    await stand.page.getByText('You were signed out.').waitFor();
    gateway.session = session;
    await stand.page.getByRole('link', { name: 'Sign in again' }).click();
    await row(0).waitFor();
    expect(await stand.page.getByText('You were signed out.').count()).toBe(0);
  });

  it('comes back to where it was, though signing in loses the fragment', async () => {
    await stand.visit('#/recordings?state=failed');
    await row(2).waitFor();
    const { session } = gateway;
    gateway.session = undefined;
    await press(0, /^Delete the recording/);
    await stand.page.getByRole('button', { name: 'Delete for good' }).click();
    await stand.page.getByText('You were signed out.').waitFor();
    await stand.page.getByRole('button', { name: 'Cancel' }).click();
    gateway.session = session;
    // A provider's form posts itself, and what it leads back to has no fragment.
    const body = '<meta http-equiv="refresh" content="0; url=/console/?from=provider#">';
    await stand.page.route('**/console/', (route) => route.fulfill({ contentType: 'text/html', body }), { times: 1 });
    await stand.page.getByRole('link', { name: 'Sign in again' }).click();
    await expect.poll(hash).toBe('#/recordings?state=failed');
    await expect.poll(() => stand.rows().count()).toBe(3);
  });

  it('is told no more that the session has ended once there is another', async () => {
    await stand.visit();
    await row(7).waitFor();
    const { session } = gateway;
    gateway.session = undefined;
    await press(7, /^Fetch the recording/);
    const banner = stand.page.getByText('You were signed out.');
    await banner.waitFor();
    gateway.session = session;
    await press(7, /^Fetch the recording/);
    await expect.poll(() => banner.count()).toBe(0);
  });

  it('sees nothing without a session', async () => {
    gateway.session = undefined;
    await stand.visit();
    await stand.page.getByText('You were signed out.').waitFor();
    expect(await stand.rows().count()).toBe(0);
    expect(gateway.count('GET /api/')).toBe(0);
  });

  it('is offered what the roles allow', async () => {
    gateway.session = { ...gateway.session!, roles: ['recordings:play'] };
    await stand.visit();
    await row(0).waitFor();
    expect(await stand.page.getByRole('button', { name: /^(Delete|Fetch)/ }).count()).toBe(0);
    expect(await stand.page.getByRole('link', { name: 'Failures' }).count()).toBe(0);
    expect(await stand.page.getByRole('button', { name: /^Download the recording/ }).count()).toBeGreaterThan(0);
    expect(await stand.page.getByRole('button', { name: 'Place a simulated call' }).count()).toBe(0);
  });

  it('fetches and downloads', async () => {
    await stand.visit();
    await press(7, /^Fetch the recording/);
    await state(7).getByText('Waiting to be fetched').waitFor();
    const download = stand.page.waitForEvent('download');
    await press(4, /^Download the recording/);
    expect((await download).suggestedFilename()).toBe('call.wav');
  });

  it('chooses language and colours, which are remembered', async () => {
    await stand.visit();
    await row(0).waitFor();
    await stand.page.getByLabel('Language', { exact: true }).selectOption('he');
    await stand.page.getByRole('heading', { name: 'הקלטות' }).waitFor();
    await stand.page.getByLabel('צבעים', { exact: true }).selectOption('dark');
    await stand.page.reload();
    await row(0).waitFor();
    const page = await stand.page.evaluate(() => {
      const { lang, dir } = document.documentElement;
      return [lang, dir, getComputedStyle(document.body).colorScheme];
    });
    expect(page).toEqual(['he', 'rtl', 'dark']);
    await row(0).locator('.round').click();
    await stand.plays();
    expect(await stand.page.locator('earshot-player').locator('[role=group]').first().getAttribute('dir')).toBe('rtl');
  });
});
