import { svg } from 'lit';
import { icon } from '../element/icons.js';

export const callIcon = () =>
  icon(
    svg`<path d="M6.2 3.800 8.600 3.500c.6 0 1 .3 1.200.8l1 2.700c.2.500 0 1-.4 1.400L9 9.800a11 11 0 0 0 5.200 5.200l1.400-1.400c.4-.4.9-.600 1.400-.400l2.700 1c.500.200.8.600.8 1.200l-.3 2.400c-.1.800-.8 1.400-1.600 1.400A15.200 15.200 0 0 1 4.800 5.400c0-.800.6-1.500 1.400-1.600z"/>`,
  );
export const copyIcon = () =>
  icon(
    svg`<rect x="8.500" y="8.500" width="11" height="11" rx="2"/><path d="M15.500 8.500v-2a2 2 0 0 0-2-2h-7a2 2 0 0 0-2 2v7a2 2 0 0 0 2 2h2"/>`,
  );
export const fetchIcon = () =>
  icon(
    svg`<path d="M7 18a4.500 4.500 0 0 1-.6-9A6 6 0 0 1 18 9.600 4.200 4.200 0 0 1 17.500 18"/><path d="M12 11.500v8m-3-3 3 3 3-3"/>`,
  );
export const foldIcon = () => icon(svg`<path d="m6.500 14.500 5.500-5.500 5.500 5.500"/>`);
export const infoIcon = () => icon(svg`<circle cx="12" cy="12" r="8.500"/><path d="M12 11.300v5M12 7.800h.01"/>`);
export const doneIcon = () =>
  icon(svg`<circle cx="12" cy="12" r="8.500"/><path d="m8.300 12.300 2.600 2.600 4.900-5.300"/>`);
export const waveIcon = () => icon(svg`<path d="M4 10v4M8 7v10M12 4v16M16 8v8M20 10.500v3"/>`);
export const olderIcon = () => icon(svg`<path d="m9.500 6 6 6-6 6"/>`);
export const newerIcon = () => icon(svg`<path d="m14.500 6-6 6 6 6"/>`);
