/** `83` as `1:23`, `3723` as `1:02:03`; what is not known as `–:––`. */
export function formatClock(seconds: number | undefined): string {
  if (seconds === undefined || !Number.isFinite(seconds) || seconds < 0) return '–:––';
  const whole = Math.floor(seconds);
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  const rest = String(whole % 60).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`;
}

/** A time as it is spoken in a language: `1 minute, 23 seconds`. The units come from the browser, so every language has them. */
export function spokenTime(seconds: number, lang: string): string {
  const whole = Math.max(0, Math.floor(seconds));
  const parts: [number, 'hour' | 'minute' | 'second'][] = [
    [Math.floor(whole / 3600), 'hour'],
    [Math.floor(whole / 60) % 60, 'minute'],
    [whole % 60, 'second'],
  ];
  const said = parts.filter(([count]) => count > 0);
  if (said.length === 0) said.push([0, 'second']);
  return said
    .map(([count, unit]) => new Intl.NumberFormat(lang, { style: 'unit', unit, unitDisplay: 'long' }).format(count))
    .join(', ');
}

const CLOCK = /^(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2}(?:\.\d+)?)$/;
const UNITS = /^(?=\d)(?:(\d+)h)?(?:(\d+)m)?(?:(\d+(?:\.\d+)?)s?)?$/;

/** Reads a moment as links write it: `83`, `83.5`, `1:23`, `1:02:03`, `1h2m3s`. Undefined when it is none. */
export function parseMoment(text: string | null | undefined): number | undefined {
  const trimmed = text?.trim().toLowerCase();
  if (!trimmed) return undefined;
  const match = CLOCK.exec(trimmed) ?? UNITS.exec(trimmed);
  if (!match) return undefined;
  const [, hours = '0', minutes = '0', seconds = '0'] = match;
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}
