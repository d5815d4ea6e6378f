import { firstHash } from '../route.js';

const KEPT = 'earshot.console.hash';

/** Where the console begins; from now on the fragment says it. */
export function enter(): string {
  const hash = firstHash(location.href, takeKept());
  if (hash !== location.hash) history.replaceState(null, '', location.search + hash);
  return hash;
}

/** A link to one recording was left for something else: it counts no more, or loading anew would lead back to it. */
export function leaveLink(): void {
  if (firstHash(location.href) !== location.hash) history.replaceState(null, '', location.pathname + location.hash);
}

/** Loads the page anew. That may lead over signing in, where not every provider brings the fragment back. */
export function reload(): void {
  try {
    sessionStorage.setItem(KEPT, location.hash);
  } catch {
    // A browser that keeps nothing.
  }
  location.reload();
}

function takeKept(): string {
  try {
    const kept = sessionStorage.getItem(KEPT) ?? '';
    sessionStorage.removeItem(KEPT);
    return kept;
  } catch {
    return '';
  }
}
