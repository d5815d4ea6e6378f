import { describe, expect, it, vi } from 'vitest';
import { sid } from '../../test/gateway.js';
import { AT_ONCE, eventually, setting } from '../../test/setting.js';
import { fileName } from './audio.js';

const its = setting();

describe('a download', () => {
  it('is the whole recording under its readable name', async () => {
    const row = its.gateway.add(1, 'ready');
    let last: [number, number] = [0, 0];
    const file = await its.client().download(sid(1), { onProgress: (...told) => (last = told) });
    expect(Buffer.from(await file.blob.arrayBuffer())).toEqual(row.audio);
    expect(file.fileName).toBe(`2026-03-04-${sid(1)}.mp3`);
    expect(file.blob.type).toBe('audio/mpeg');
    expect(last).toEqual([row.audio.length, row.audio.length]);
  });

  it('is resumed by Range and If-Range wherever the connection breaks', async () => {
    const row = its.gateway.add(1, 'ready');
    its.gateway.breaks.push(5_000, 7_000);
    const file = await its.client().download(sid(1));
    expect(Buffer.from(await file.blob.arrayBuffer())).toEqual(row.audio);
    const asked = its.gateway.seen.map(({ headers }) => [headers.range, headers['if-range'] !== undefined]);
    expect(asked).toEqual([
      [undefined, false],
      ['bytes=5000-', true],
      ['bytes=12000-', true],
    ]);
  });

  it('begins anew when the recording is another one by then', async () => {
    const row = its.gateway.add(1, 'ready');
    its.gateway.breaks.push(5_000);
    const client = its.client();
    const file = await client.download(sid(1), { onProgress: () => (row.audio = Buffer.from('another version')) });
    expect(await file.blob.text()).toBe('another version');
  });

  it('gives up when it breaks again and again without a byte', async () => {
    its.gateway.add(1, 'ready');
    its.gateway.breaks.push(0, 0, 0, 0, 0, 0);
    await expect(its.client().download(sid(1))).rejects.toMatchObject({ code: 'offline', retryable: true });
    expect(its.gateway.seen).toHaveLength(6);
  });

  it('prepares first what is not ready', async () => {
    const row = its.gateway.add(1, 'registered');
    const downloaded = its.client({ retry: { ...AT_ONCE, delaysMs: [1, 600_000] } }).download(sid(1));
    await eventually(() => expect(its.gateway.streams.size).toBe(1));
    its.gateway.become(row, 'ready');
    await expect(downloaded.then(({ blob }) => blob.size)).resolves.toBe(row.audio.length);
  });

  it('is ended by its signal in the middle', async () => {
    its.gateway.add(1, 'ready', Buffer.alloc(8_000_000));
    const ending = new AbortController();
    const downloaded = its.client().download(sid(1), { signal: ending.signal, onProgress: () => ending.abort() });
    await expect(downloaded).rejects.toMatchObject({ code: 'aborted' });
  });

  it('says why there is none', async () => {
    its.gateway.add(1, 'deleted');
    await expect(its.client().download(sid(1))).rejects.toMatchObject({ code: 'recording-deleted' });
  });

  it('begins where one says, if it is the same version still', async () => {
    const row = its.gateway.add(1, 'ready');
    const client = its.client();
    let etag: string | undefined;
    for await (const part of client.audio(sid(1))) etag = part.etag;
    const parts: Uint8Array[] = [];
    for await (const part of client.audio(sid(1), { offset: 100, etag })) parts.push(part.bytes);
    expect(Buffer.concat(parts)).toEqual(row.audio.subarray(100));
  });

  it('has nothing to add to what is complete', async () => {
    const row = its.gateway.add(1, 'ready');
    const client = its.client();
    let etag: string | undefined;
    for await (const part of client.audio(sid(1))) etag = part.etag;
    const parts: Uint8Array[] = [];
    for await (const part of client.audio(sid(1), { offset: row.audio.length, etag })) parts.push(part.bytes);
    expect(parts).toEqual([]);
  });
});

describe('a file name', () => {
  it.each([
    ['attachment; filename="a b.mp3"', 'a b.mp3'],
    ['attachment; filename=a.mp3; x=y', 'a.mp3'],
    ['attachment; filename="a \\"b\\".mp3"', 'a "b".mp3'],
    [`attachment; filename="x.mp3"; filename*=UTF-8''%D7%A9%D7%99%D7%97%D7%94.mp3`, 'שיחה.mp3'],
    [`attachment; filename*=UTF-8''%FF; filename="x.mp3"`, 'x.mp3'],
    ['attachment', undefined],
    [null, undefined],
  ])('is read from %s', (header, name) => {
    expect(fileName(header)).toBe(name);
  });
});

describe('peaks', () => {
  it('are amplitudes from 0 to 1 for each channel', async () => {
    its.gateway.add(1, 'ready');
    await expect(its.client().peaks(sid(1))).resolves.toEqual({
      version: 1,
      durationMillis: 3_000,
      samplesPerSecond: 1,
      channels: [
        [0, 0.2, 1],
        [0, 0.2, 1],
      ],
    });
  });

  it('are undefined where there are none, without a word', async () => {
    its.gateway.add(1, 'fetching');
    const client = its.client();
    const problems = vi.fn();
    client.addEventListener('problem', problems);
    await expect(client.peaks(sid(1))).resolves.toBeUndefined();
    expect(problems).not.toHaveBeenCalled();
  });

  const stillMade = { route: /\/peaks/, trouble: { status: 404, code: 'peaks-absent', retryable: true } };

  it('are asked for again while they are still being made', async () => {
    its.gateway.add(1, 'ready');
    its.gateway.troubles.push(stillMade, stillMade);
    await expect(its.client().peaks(sid(1))).resolves.toMatchObject({ durationMillis: 3_000 });
    expect(its.gateway.seen).toHaveLength(3);
  });

  it('are undefined once the policy is used up', async () => {
    its.gateway.add(1, 'ready');
    its.gateway.troubles.push(stillMade, stillMade, stillMade);
    const client = its.client({ retry: { ...AT_ONCE, delaysMs: [1, 1] } });
    await expect(client.peaks(sid(1))).resolves.toBeUndefined();
    expect(its.gateway.seen).toHaveLength(3);
  });

  it('are undefined at once for who does not wait', async () => {
    its.gateway.add(1, 'ready');
    its.gateway.troubles.push(stillMade);
    await expect(its.client().peaks(sid(1), { wait: false })).resolves.toBeUndefined();
    expect(its.gateway.seen).toHaveLength(1);
  });

  it.each(['its signal', 'close()'])('are no longer waited for after %s', async (by) => {
    its.gateway.add(1, 'ready');
    its.gateway.troubles.push(stillMade);
    const client = its.client({ retry: { ...AT_ONCE, delaysMs: [600_000] } });
    const ending = new AbortController();
    const asked = client.peaks(sid(1), { signal: ending.signal });
    await eventually(() => expect(its.gateway.seen).toHaveLength(1));
    if (by === 'close()') client.close();
    else ending.abort();
    await expect(asked).rejects.toMatchObject({ code: 'aborted' });
  });

  it('are undefined whatever else is wrong, which an event tells', async () => {
    const client = its.client();
    const codes: string[] = [];
    client.addEventListener('problem', ({ detail }) => codes.push(detail.error.code));
    const down = { status: 503, code: 'database-unavailable', retryable: true };
    its.gateway.troubles.push(
      { route: /./, trouble: down },
      { route: /./, trouble: (response) => void response.end('{"version":2}') },
    );
    await expect(client.peaks(sid(1))).resolves.toBeUndefined();
    await expect(client.peaks(sid(1))).resolves.toBeUndefined();
    expect(codes).toEqual(['database-unavailable', 'bad-answer']);
  });
});
