import { filterOf, NO_FILTER, paramsOf, type Filter } from './filter.js';

/** What the console shows; it stands in the fragment of the address, so that every view can be linked to. */
export type Route =
  | { readonly page: 'recordings'; readonly filter: Filter }
  | { readonly page: 'recording'; readonly sid: string }
  | { readonly page: 'failures' | 'storage'; readonly tenant: string };

const SID = /^(RE|CA)[0-9a-f]{32}$/;
const TENANT = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** Reads `#/recordings?state=failed`, `#/recordings/RE…`, `#/failures`, `#/storage`; anything else is the first page. */
export function routeOf(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#/, '').split('?', 2);
  const params = new URLSearchParams(query);
  const [, page = '', rest = ''] = path.split('/');
  if (page === 'failures' || page === 'storage') {
    const tenant = params.get('tenant') ?? '';
    return { page, tenant: TENANT.test(tenant) ? tenant : '' };
  }
  if (page === 'recordings' && SID.test(rest)) return { page: 'recording', sid: rest };
  return { page: 'recordings', filter: page === 'recordings' ? filterOf(params) : NO_FILTER };
}

/** The address of one recording, in the query: unlike the fragment that survives signing in, whoever the provider is. */
export function linkTo(sid: string): string {
  return `?recording=${sid}`;
}

/** Writes it, so that the same is read again. */
export function hashOf(route: Route): string {
  if (route.page === 'recording') return `#/recordings/${route.sid}`;
  const params = route.page === 'recordings' ? paramsOf(route.filter) : new URLSearchParams();
  if ('tenant' in route && route.tenant) params.set('tenant', route.tenant);
  const query = params.toString();
  return `#/${route.page}${query && `?${query}`}`;
}

/**
 * Where a page begins. A link to a moment, as the player copies it, carries the recording before the fragment
 * (`?t=1:23&recording=RE…`) and wins over whatever list was on the page when it was copied.
 *
 * @param kept where one was, for an address that does not say it
 */
export function firstHash(href: string, kept = ''): string {
  const { hash, searchParams } = new URL(href);
  const linked = searchParams.get('recording') ?? '';
  return SID.test(linked) ? hashOf({ page: 'recording', sid: linked }) : hash || kept;
}
