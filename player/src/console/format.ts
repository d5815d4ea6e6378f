/** `480044` as `480 kB`, in the words of a language. */
export function formatBytes(bytes: number, lang: string): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte', 'petabyte'] as const;
  let index = 0;
  let value = bytes;
  while (value >= 999.5 && index < units.length - 1) {
    value /= 1000;
    index++;
  }
  const unit = units[index] ?? 'byte';
  const digits = index === 0 || value >= 99.95 ? 0 : 1;
  return new Intl.NumberFormat(lang, {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: digits,
  }).format(value);
}

export function formatNumber(value: number, lang: string): string {
  return new Intl.NumberFormat(lang).format(value);
}

/** `14:03:22`, or as the language has it. */
export function formatTime(iso: string | undefined, lang: string): string {
  return formatDate(iso, lang, { hour: 'numeric', minute: '2-digit', second: '2-digit' });
}

export function formatMoment(iso: string | undefined, lang: string): string {
  return formatDate(iso, lang, { dateStyle: 'medium', timeStyle: 'short' });
}

function formatDate(iso: string | undefined, lang: string, how: Intl.DateTimeFormatOptions): string {
  const time = iso === undefined ? Number.NaN : Date.parse(iso);
  return Number.isNaN(time) ? '–' : new Intl.DateTimeFormat(lang, how).format(time);
}

/** A day of UTC, such as `2026-11-20`. */
export function formatUtcDay(day: string, lang: string, how: Intl.DateTimeFormatOptions): string {
  return formatDate(`${day}T00:00:00Z`, lang, { ...how, timeZone: 'UTC' });
}

/** Which day of the listener's calendar it was: `today`, `yesterday`, or the day in the language's words. */
export function dayOf(iso: string | undefined, lang: string, now = new Date()): string {
  const time = iso === undefined ? Number.NaN : Date.parse(iso);
  if (Number.isNaN(time)) return '';
  const then = new Date(time);
  const midnight = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  const ago = (midnight(then) - midnight(now)) / 86_400_000;
  if (ago === 0 || ago === -1) return new Intl.RelativeTimeFormat(lang, { numeric: 'auto' }).format(ago, 'day');
  const sameYear = then.getFullYear() === now.getFullYear();
  return new Intl.DateTimeFormat(lang, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(sameYear ? {} : { year: 'numeric' }),
  }).format(then);
}

/** A SID that is short enough for a table and still told from its neighbours. */
export function shortSid(sid: string): string {
  return sid.length > 14 ? `${sid.slice(0, 6)}…${sid.slice(-4)}` : sid;
}

/** How long a recording is, in seconds: exactly where the audio is known. */
export function secondsOf(recording: { durationMillis?: number; durationSeconds?: number }): number | undefined {
  return recording.durationMillis === undefined ? recording.durationSeconds : recording.durationMillis / 1000;
}
