import { css } from 'lit';

/** What users have asked their system for, after all other styles: high contrast, and no motion. */
export const preferenceStyles = css`
  @media (forced-colors: active) {
    :host {
      --_wave: GrayText;
      --_wave-second: GrayText;
      --_accent: Highlight;
      --_second: Highlight;
      --_ink: CanvasText;
      --_muted: CanvasText;
      --_line: CanvasText;
      --_surface: Canvas;
      --_raised: ButtonFace;
      --_on-accent: HighlightText;
      --_warn: CanvasText;
    }
    .probes i {
      forced-color-adjust: none;
    }

    earshot-play-button,
    .tool,
    .speed,
    earshot-back-button,
    earshot-forward-button,
    earshot-mute-button {
      border: 1px solid ButtonText;
      background: ButtonFace;
      color: ButtonText;
    }
    .tool[aria-pressed='true'],
    .tool[aria-expanded='true'] {
      background: Highlight;
      color: HighlightText;
      forced-color-adjust: none;
    }
    [disabled] {
      border-color: GrayText;
      color: GrayText;
      opacity: 1;
    }
    earshot-time-range,
    earshot-volume-range {
      forced-color-adjust: none;
      --media-range-thumb-background: Highlight;
      --media-range-bar-color: Highlight;
      --media-range-track-border: 1px solid CanvasText;
    }
    .waved earshot-time-range {
      --media-range-thumb-background: CanvasText;
      --media-range-bar-color: transparent;
      --media-range-track-border: none;
    }

    .trouble,
    .mixer,
    .retry {
      border: 1px solid CanvasText;
    }
    .meter i {
      background: Highlight;
      forced-color-adjust: none;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .waits::before {
      animation: none;
      border-style: dashed;
    }
    /* Whatever class set them. */
    * {
      transition-duration: 0s !important;
    }
    .probes i {
      transition-duration: 1ms !important;
    }
  }
`;
