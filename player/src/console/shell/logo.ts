import { svg, type SVGTemplateResult } from 'lit';

export const logo = (): SVGTemplateResult =>
  svg`<svg viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="9" fill="var(--_accent)"/>
    <path d="M8 13v6M12 9v14M16 5.500v21M20 10.500v11M24 13.500v5" stroke="var(--_on-accent)" stroke-width="2.400"
    stroke-linecap="round"/></svg>`;
