import { svg, type SVGTemplateResult } from 'lit';

export function icon(shape: SVGTemplateResult, slot?: string): SVGTemplateResult {
  return svg`<svg slot=${slot ?? ''} viewBox="0 0 24 24" aria-hidden="true" fill="none" stroke="currentColor"
    stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round">${shape}</svg>`;
}

const solid = (shape: SVGTemplateResult) => svg`<g fill="currentColor" stroke="none">${shape}</g>`;

export const playIcon = (slot?: string) =>
  icon(
    solid(svg`<path d="M8.2 5.1v13.8c0 .8.9 1.3 1.6.9l10.5-6.9c.6-.4.6-1.3 0-1.7L9.8 4.3c-.7-.5-1.6 0-1.6.8z"/>`),
    slot,
  );
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
export const downloadIcon = () => icon(svg`<path d="M12 4v11m-4.5-4L12 15.500l4.5-4.500M5 19.500h14"/>`);
export const helpIcon = () =>
  icon(
    svg`<rect x="2.5" y="6" width="19" height="12.5" rx="2.5"/><path d="M6.5 10h.01M10.2 10h.01M13.8 10h.01M17.5 10h.01M8 14.500h8"/>`,
  );
export const closeIcon = () => icon(svg`<path d="m6 6 12 12M18 6 6 18"/>`);
export const retryIcon = () => icon(svg`<path d="M4.5 12a7.5 7.5 0 1 1 2.3 5.4"/><path d="M4 18.500v-4h4"/>`);
export const problemIcon = () => icon(svg`<circle cx="12" cy="12" r="8.5"/><path d="M12 7.500v5.500M12 16.300h.01"/>`);
export const offlineIcon = () =>
  icon(
    svg`<path d="M3 3l18 18M5 12.500a10 10 0 0 1 4-2.400M2 9a15 15 0 0 1 4.5-2.800M12 6a15 15 0 0 1 10 3M15.5 10.800A10 10 0 0 1 19 12.500M8.5 16a5 5 0 0 1 7 0M12 19.500h.01"/>`,
  );
export const goneIcon = () =>
  icon(svg`<path d="M5 7h14M10 7V4.500h4V7M7 7l.8 12.500h8.400L17 7M10.3 10.500v5.500m3.4-5.500v5.5"/>`);
export const clockIcon = () => icon(svg`<circle cx="12" cy="12" r="8.5"/><path d="M12 7.200V12l3.2 2"/>`);
export const lockIcon = () =>
  icon(svg`<rect x="5" y="11" width="14" height="9" rx="2"/><path d="M8 11V8a4 4 0 0 1 8 0v3"/>`);
export const searchIcon = () => icon(svg`<circle cx="11" cy="11" r="6.5"/><path d="m20 20-4.3-4.3"/>`);
