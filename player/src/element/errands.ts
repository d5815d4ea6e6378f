import { momentLink } from './deep-link.js';
import type { Locale } from './locales/en.js';
import { say } from './messages.js';
import type { Scope } from './scope.js';
import type { PlayerClient } from './seam.js';
import { formatClock } from './time.js';

/** What a player is asked for beside playing, and what it takes. */
export interface Errand {
  readonly sid: string;
  /** Where the recording is. */
  readonly seconds: number;
  readonly locale: Locale;
  /** Undefined once the player has left the page. */
  readonly scope: Scope | undefined;
  /** Where one of the sources has it. */
  readonly local: string | undefined;
  client(): PlayerClient | undefined;
  notify(text: string): void;
}

/** Copies a link to this moment. */
export async function copyLink({ sid, seconds, locale, notify }: Errand): Promise<void> {
  try {
    await navigator.clipboard.writeText(momentLink(location.href, sid, seconds));
    notify(say(locale, 'linkCopied', { time: formatClock(seconds) }));
  } catch {
    notify(say(locale, 'linkFailed'));
  }
}

/** Has the browser write the recording to the disk, from where it plays. */
export async function download({ sid, locale, scope, client, local, notify }: Errand): Promise<void> {
  try {
    const url = local ?? (await client()?.downloadUrl(sid, { signal: scope?.signal }))?.href;
    if (!url) throw new Error('Nothing to download from');
    if (scope?.closed) return;
    const link = Object.assign(document.createElement('a'), { href: url, download: '', rel: 'noreferrer' });
    link.click();
  } catch {
    if (!scope?.closed) notify(say(locale, 'downloadFailed'));
  }
}
