import { svg } from 'lit';
import { icon, solid } from './icons.js';

/* Those that the player alone shows, apart from what the first load of the console has, too. */
export * from './icons.js';

export const pauseIcon = (slot?: string) =>
  icon(
    solid(
      svg`<rect x="6" y="4.5" width="4.4" height="15" rx="1.3"/><rect x="13.6" y="4.5" width="4.4" height="15" rx="1.3"/>`,
    ),
    slot,
  );
export const stopIcon = (slot?: string) =>
  icon(solid(svg`<rect x="6.5" y="6.5" width="11" height="11" rx="2"/>`), slot);

const ten = svg`<text x="12" y="15.6" font-size="7.5" font-weight="700" text-anchor="middle" fill="currentColor" stroke="none"
  font-family="system-ui, sans-serif">10</text>`;
/** Turning back and forward follow the time axis, so they are the same in every direction of script. */
export const backIcon = (slot?: string) =>
  icon(svg`<path d="M4.5 12.5a7.5 7.5 0 1 0 3-6"/><path d="M8.2 2.8 7 6.8l4 1"/>${ten}`, slot);
export const forwardIcon = (slot?: string) =>
  icon(svg`<path d="M19.5 12.5a7.5 7.5 0 1 1-3-6"/><path d="m15.8 2.8 1.2 4-4 1"/>${ten}`, slot);

const speaker = svg`<path d="M4 9.5v5h3.2l4.3 3.6V5.9L7.2 9.5z" fill="currentColor"/>`;
export const loudIcon = (slot?: string) =>
  icon(svg`${speaker}<path d="M15 9.2a4 4 0 0 1 0 5.6M17.6 6.6a7.6 7.6 0 0 1 0 10.8"/>`, slot);
export const quietIcon = (slot?: string) => icon(svg`${speaker}<path d="M15 9.2a4 4 0 0 1 0 5.6"/>`, slot);
export const mutedIcon = (slot?: string) => icon(svg`${speaker}<path d="m15.5 9.5 5 5m0-5-5 5"/>`, slot);

export const silenceIcon = () =>
  icon(svg`<path d="M3 12h2m1-4v8m3-5v2m6-2v2m3-5v8m1-4h2"/><path d="m11 9 3 3-3 3" stroke-width="1.6"/>`);
export const channelsIcon = () =>
  icon(svg`<path d="M3 8h8m5 0h5M3 16h3m5 0h10"/><circle cx="13.5" cy="8" r="2.4"/><circle cx="8.5" cy="16" r="2.4"/>`);
export const linkIcon = () =>
  icon(
    svg`<path d="M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1"/><path d="M14 10a4 4 0 0 0-5.7 0l-3 3A4 4 0 0 0 11 18.7l1-1"/>`,
  );
export const helpIcon = () =>
  icon(
    svg`<rect x="2.5" y="6" width="19" height="12.5" rx="2.5"/><path d="M6.5 10h.01M10.2 10h.01M13.8 10h.01M17.5 10h.01M8 14.500h8"/>`,
  );
export const closeIcon = () => icon(svg`<path d="m6 6 12 12M18 6 6 18"/>`);
export const clockIcon = () => icon(svg`<circle cx="12" cy="12" r="8.5"/><path d="M12 7.200V12l3.2 2"/>`);
