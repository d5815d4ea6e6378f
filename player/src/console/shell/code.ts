import { reload } from './address.js';

const KEY = 'earshot.console.reloaded';

/** Whoever was led astray again within this time is told so, rather than sent round in circles. */
const AGAIN_MILLIS = 300_000;

/**
 * Loads a part of the console that comes later. The gateway may have another build by now, and so no such part: then the page
 * is loaded anew, once, and what is asked for never comes. Rejects where that has been tried, or is of no use.
 */
export async function fetchCode<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    if (!mayReload()) throw error;
    reload();
    return new Promise<T>(() => {});
  }
}

function mayReload(): boolean {
  try {
    // Without a network the page could not be had either.
    if (!navigator.onLine || Date.now() - Number(sessionStorage.getItem(KEY)) < AGAIN_MILLIS) return false;
    sessionStorage.setItem(KEY, String(Date.now()));
    return true;
  } catch {
    return false;
  }
}
