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

async function plays(sid: string): Promise<void> {
  await stand.put({ sid });
  await stand.press(sid);
  await stand.reaches(sid, 'playing');
}

type Rgba = readonly [red: number, green: number, blue: number, alpha: number];

/** A system colour as this browser paints it now; some are translucent. */
const system = (name: string): Promise<Rgba> =>
  stand.page.evaluate((colour) => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 1, height: 1 });
    const probe = document.body.appendChild(document.createElement('i'));
    probe.style.cssText = `color: ${colour}; forced-color-adjust: none`;
    const context = canvas.getContext('2d')!;
    context.fillStyle = getComputedStyle(probe).color;
    probe.remove();
    context.fillRect(0, 0, 1, 1);
    return [...context.getImageData(0, 0, 1, 1).data] as unknown as Rgba;
  }, name);

/** As a computed style has it. */
const computed = (name: string) =>
  stand.page.evaluate((colour) => {
    const probe = document.body.appendChild(document.createElement('i'));
    probe.style.cssText = `color: ${colour}; forced-color-adjust: none`;
    const { color } = getComputedStyle(probe);
    probe.remove();
    return color;
  }, name);

/** A computed style of something inside the player. */
const styleOf = (sid: string, selector: string, property: string) =>
  stand
    .player(sid)
    .locator(selector)
    .first()
    .evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property);

/** The colour that most of the waveform's pixels have, of what lies ahead and of what was played. */
const painted = (sid: string): Promise<Rgba[]> =>
  stand.page.evaluate((id) => {
    const wave = document.getElementById(id)!.shadowRoot!.querySelector('.wave > div')!.shadowRoot!;
    return ['.canvases canvas', '.progress canvas'].map((which) => {
      const canvas = wave.querySelector<HTMLCanvasElement>(which)!;
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      const counts = new Map<string, number>();
      for (let at = 0; at < data.length; at += 4) {
        // What is less is the edge of a bar.
        if (data[at + 3]! < 200) continue;
        const pixel = data.subarray(at, at + 4).join();
        counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
      }
      const [most = ['0,0,0,0']] = [...counts].sort(([, a], [, b]) => b - a);
      return most[0].split(',').map(Number) as unknown as Rgba;
    });
  }, sid);

describe('with forced colours (high contrast)', () => {
  it("the player wears the system's colours, and its waveform follows when they are switched on", async () => {
    const sid = stand.gateway.shelve({ call: { seconds: 60, channels: 2 } });
    await plays(sid);
    await stand.player(sid).locator('.wave canvas').first().waitFor();
    await stand.seek(sid, 30);
    const own = await painted(sid);
    await stand.page.emulateMedia({ forcedColors: 'active' });
    expect(await stand.page.evaluate(() => matchMedia('(forced-colors: active)').matches)).toBe(true);
    const wanted = [await system('GrayText'), await system('Highlight')];
    await expect.poll(() => painted(sid)).toEqual(wanted);
    expect(own).not.toEqual(wanted);
    const text = await computed('ButtonText');
    for (const button of ['earshot-play-button', '.tool', '.speed', 'earshot-back-button', 'earshot-mute-button']) {
      expect(await styleOf(sid, button, 'border-top-color')).toBe(text);
      expect(await styleOf(sid, button, 'border-top-style')).toBe('solid');
    }
    const channels = stand.player(sid).locator('.tool.channels');
    await channels.click();
    await expect
      .poll(() => channels.evaluate((each) => getComputedStyle(each).backgroundColor))
      .toBe(await computed('Highlight'));
    await stand.page.emulateMedia({ forcedColors: 'none' });
    await expect.poll(() => painted(sid)).toEqual(own);
  });

  it('trouble and the keyboard focus are outlined', async () => {
    await stand.page.emulateMedia({ forcedColors: 'active' });
    const sid = stand.gateway.shelve({ refusal: { code: 'recording-not-found', status: 404 } });
    await stand.put({ sid });
    await stand.page.keyboard.press('Tab');
    await stand.page.keyboard.press('Space');
    await stand.player(sid).locator('.trouble').waitFor();
    const text = await computed('CanvasText');
    expect(await styleOf(sid, '.trouble', 'border-top-color')).toBe(text);
    await expect.poll(() => styleOf(sid, '.retry', 'border-top-style')).toBe('solid');
    await stand.page.keyboard.press('Tab');
    const focused = stand.player(sid).locator(':focus-visible').first();
    expect(await focused.evaluate((element) => getComputedStyle(element).outlineStyle)).toBe('solid');
  });
});

/** What moves in the player and in the controls inside it: animations that run, and styles whose changes take their time. */
const motions = (sid: string) =>
  stand.page.evaluate((id) => {
    const found: string[] = [];
    const seconds = (times: string) => Math.max(...times.split(',').map(Number.parseFloat));
    const look = (root: ShadowRoot) => {
      for (const element of root.querySelectorAll('*')) {
        for (const pseudo of [null, '::before', '::after']) {
          const style = getComputedStyle(element, pseudo);
          if (pseudo && style.content === 'none') continue;
          const name = `${element.localName}${pseudo ?? ''}.${element.className}`;
          // What is not displayed has no name of any.
          if (!['', 'none'].includes(style.animationName)) found.push(`${name} animation ${style.animationName}`);
          // What only fades does not move.
          const fades = style.transitionProperty
            .split(', ')
            .every((property) => /^(opacity|visibility)$/.test(property));
          if (seconds(style.transitionDuration) > 0.001 && !fades) found.push(`${name} ${style.transitionProperty}`);
        }
        if (element.shadowRoot) look(element.shadowRoot);
      }
    };
    look(document.getElementById(id)!.shadowRoot!);
    return found;
  }, sid);

describe('with reduced motion', () => {
  it('nothing turns or slides while a recording is prepared', async () => {
    const sid = stand.gateway.shelve({ ready: false });
    await stand.put({ sid });
    await stand.press(sid);
    await stand.player(sid).locator('.meter').waitFor();
    const usual = await motions(sid);
    expect(usual.filter((motion) => motion.includes('animation turn'))).toHaveLength(1);
    expect(usual.filter((motion) => motion.endsWith('inline-size'))).toHaveLength(1);
    await stand.page.emulateMedia({ reducedMotion: 'reduce' });
    expect(await motions(sid)).toEqual([]);
  });

  it('nothing slides while it plays, and the waveform still follows the colours', async () => {
    await stand.page.emulateMedia({ reducedMotion: 'reduce' });
    const sid = stand.gateway.shelve();
    await plays(sid);
    await stand.player(sid).locator('.wave canvas').first().waitFor();
    expect(await motions(sid)).toEqual([]);
    const light = await painted(sid);
    await stand.page.evaluate(() => document.documentElement.classList.add('dark'));
    await expect.poll(() => painted(sid)).not.toEqual(light);
  });
});
