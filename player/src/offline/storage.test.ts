import { describe, expect, it } from 'vitest';
import { CONTRACT } from '../../test/storage-contract.js';
import { openStorage } from './choose.js';
import { MemoryStorage } from './memory.js';
import { segment } from './storage.js';

describe('a storage in memory', () => {
  it.each(CONTRACT)('$name', async ({ run }) => {
    await expect(run(new MemoryStorage())).resolves.toBeUndefined();
  });
});

describe('a segment of a name', () => {
  it('holds any identifier, and never leads out of its folder', () => {
    expect(segment('audio_recording_7')).toBe('audio_recording_7');
    expect(segment('..')).toBe('%2E%2E');
    expect(segment('a/b')).toBe('a%2Fb');
    expect(new Set(['a.b', 'a%2Eb', 'a*b'].map(segment)).size).toBe(3);
  });
});

describe('the choice of a storage', () => {
  it('says not-supported where there is neither OPFS nor Cache Storage', async () => {
    await expect(openStorage()).rejects.toMatchObject({ code: 'not-supported' });
  });
});
