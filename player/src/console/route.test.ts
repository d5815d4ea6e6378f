import { describe, expect, it } from 'vitest';
import { NO_FILTER } from './filter.js';
import { firstHash, hashOf, linkTo, routeOf, type Route } from './route.js';

const SID = `RE${'0'.repeat(31)}7`;
const list: Route = { page: 'recordings', filter: NO_FILTER };

describe('a route', () => {
  it.each<[string, Route]>([
    ['#/recordings', list],
    [
      '#/recordings?state=failed&reason=absent',
      { ...list, filter: { ...NO_FILTER, state: 'failed', reason: 'absent' } },
    ],
    [`#/recordings/${SID}`, { page: 'recording', sid: SID }],
    ['#/failures', { page: 'failures', tenant: '' }],
    ['#/storage?tenant=acme', { page: 'storage', tenant: 'acme' }],
  ])('%s is read, and written as it was', (hash, route) => {
    expect(routeOf(hash)).toEqual(route);
    expect(hashOf(route)).toBe(hash);
  });

  it.each(['', '#', '#/', '#/elsewhere', '#/recordings/RE12', '#/recordings/../failures'])('%s is the list', (hash) => {
    expect(routeOf(hash)).toEqual(list);
  });

  it('takes no tenant that cannot be one', () => {
    expect(routeOf('#/failures?tenant=..%2F..')).toEqual({ page: 'failures', tenant: '' });
  });
});

describe('where a page begins', () => {
  it('is the recording of a link to a moment, whatever was on the page when it was copied', () => {
    expect(firstHash(`https://calls.example/console/?t=1:23&recording=${SID}#/recordings?state=ready`)).toBe(
      `#/recordings/${SID}`,
    );
  });

  it('is what the fragment says otherwise', () => {
    expect(firstHash('https://calls.example/console/#/storage')).toBe('#/storage');
    expect(firstHash('https://calls.example/console/?recording=nonsense#/storage')).toBe('#/storage');
    expect(firstHash('https://calls.example/console/')).toBe('');
  });

  it('is the recording of a link in the query', () => {
    expect(firstHash(new URL(linkTo(SID), 'https://calls.example/console/#/storage').href)).toBe(`#/recordings/${SID}`);
  });

  it('is where one was before, only where the address says nothing', () => {
    expect(firstHash('https://calls.example/console/', '#/storage')).toBe('#/storage');
    expect(firstHash('https://calls.example/console/#/failures', '#/storage')).toBe('#/failures');
    expect(firstHash(`https://calls.example/console/?recording=${SID}`, '#/storage')).toBe(`#/recordings/${SID}`);
  });
});
