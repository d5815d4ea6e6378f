import { svg, type SVGTemplateResult } from 'lit';

export function icon(shape: SVGTemplateResult, slot?: string): SVGTemplateResult {
  return svg`<svg slot=${slot ?? ''} viewBox="0 0 24 24" aria-hidden="true" fill="none" stroke="currentColor"
    stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round">${shape}</svg>`;
}

export const solid = (shape: SVGTemplateResult) => svg`<g fill="currentColor" stroke="none">${shape}</g>`;

export const playIcon = (slot?: string) =>
  icon(
    solid(svg`<path d="M8.2 5.1v13.8c0 .8.9 1.3 1.6.9l10.5-6.9c.6-.4.6-1.3 0-1.7L9.8 4.3c-.7-.5-1.6 0-1.6.8z"/>`),
    slot,
  );
export const downloadIcon = () => icon(svg`<path d="M12 4v11m-4.5-4L12 15.500l4.5-4.500M5 19.500h14"/>`);
export const retryIcon = () => icon(svg`<path d="M4.5 12a7.5 7.5 0 1 1 2.3 5.4"/><path d="M4 18.500v-4h4"/>`);
export const problemIcon = () => icon(svg`<circle cx="12" cy="12" r="8.5"/><path d="M12 7.500v5.500M12 16.300h.01"/>`);
export const offlineIcon = () =>
  icon(
    svg`<path d="M3 3l18 18M5 12.500a10 10 0 0 1 4-2.400M2 9a15 15 0 0 1 4.5-2.800M12 6a15 15 0 0 1 10 3M15.5 10.800A10 10 0 0 1 19 12.500M8.5 16a5 5 0 0 1 7 0M12 19.500h.01"/>`,
  );
export const goneIcon = () =>
  icon(svg`<path d="M5 7h14M10 7V4.500h4V7M7 7l.8 12.500h8.400L17 7M10.3 10.500v5.500m3.4-5.500v5.5"/>`);
export const lockIcon = () =>
  icon(svg`<rect x="5" y="11" width="14" height="9" rx="2"/><path d="M8 11V8a4 4 0 0 1 8 0v3"/>`);
export const searchIcon = () => icon(svg`<circle cx="11" cy="11" r="6.5"/><path d="m20 20-4.3-4.3"/>`);
