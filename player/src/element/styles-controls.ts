import { css } from 'lit';

/** Buttons, ranges and the speed menu; media-chrome's take their looks from its custom properties. */
export const controlStyles = css`
  earshot-controller {
    display: block;
    overflow: visible;
    line-height: inherit;
    background: none;
    --media-primary-color: var(--_ink);
    --media-text-color: var(--_ink);
    --media-icon-color: currentColor;
    --media-control-background: transparent;
    --media-control-hover-background: var(--_raised);
    --media-control-height: 22px;
    --media-control-padding: 9px;
    --media-font-family: var(--_font);
    --media-focus-box-shadow: none;
    --media-range-bar-color: var(--_accent);
    --media-range-track-background: var(--_wave);
    --media-range-thumb-background: var(--_accent);
    --media-range-track-border-radius: 3px;
    --media-preview-time-background: var(--_ink);
    --media-preview-time-text-shadow: none;
    --media-preview-border-radius: 6px;
    --media-box-arrow-display: none;
  }
  .tool,
  earshot-back-button,
  earshot-forward-button,
  earshot-mute-button,
  .speed {
    display: inline-flex;
    gap: 6px;
    align-items: center;
    justify-content: center;
    min-inline-size: 40px;
    block-size: 40px;
    padding: 9px;
    border: 1px solid transparent;
    border-radius: 10px;
    background: transparent;
    color: var(--_ink);
    font: 600 13px/1 var(--_font);
    cursor: pointer;
    transition: background 120ms;
  }
  .tool svg,
  earshot-back-button svg,
  earshot-forward-button svg,
  earshot-mute-button svg {
    inline-size: 22px;
    block-size: 22px;
    min-width: 0;
    flex: none;
    fill: none;
  }
  .tool:hover,
  .speed:hover {
    background: var(--_raised);
  }
  .tool[aria-pressed='true'],
  .tool[aria-expanded='true'] {
    border-color: var(--_accent);
    background: color-mix(in srgb, var(--_accent) 13%, transparent);
    color: var(--_accent);
  }
  [disabled] {
    opacity: 0.42;
    cursor: not-allowed;
  }
  earshot-controller [disabled] {
    pointer-events: none;
  }
  .speed {
    padding-block: 0;
    padding-inline: 10px 4px;
    border-color: var(--_line);
    border-radius: 20px;
    block-size: 32px;
    margin-inline: 4px;
    font-variant-numeric: tabular-nums;
  }
  .speed option {
    background: var(--_surface);
    color: var(--_ink);
  }
  .go {
    position: relative;
    inline-size: 60px;
    block-size: 60px;
  }
  earshot-play-button {
    inline-size: 60px;
    block-size: 60px;
    padding: 15px;
    border-radius: 50%;
    background: var(--_accent);
    color: var(--_on-accent);
    transition: filter 120ms;
  }
  earshot-play-button:hover {
    background: var(--_accent);
    filter: brightness(1.1);
  }
  earshot-play-button svg {
    inline-size: 30px;
    block-size: 30px;
    min-width: 0;
    fill: none;
  }
  .waits::before {
    position: absolute;
    inset: -5px;
    border: 3px solid var(--_line);
    border-block-start-color: var(--_accent);
    border-radius: 50%;
    animation: turn 1s linear infinite;
    content: '';
    pointer-events: none;
  }
  earshot-time-range {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    --media-range-padding: 0px;
    --media-range-track-height: 6px;
    --media-range-thumb-width: 14px;
    --media-range-thumb-height: 14px;
    --media-time-range-buffered-color: color-mix(in srgb, var(--_accent) 30%, transparent);
    --media-text-color: var(--_surface);
    --media-primary-color: var(--_surface);
  }
  earshot-time-range[disabled] {
    --media-range-thumb-opacity: 0;
    opacity: 1;
  }
  .waved earshot-time-range {
    --media-range-track-height: 64px;
    --media-range-track-background: transparent;
    --media-range-bar-color: transparent;
    --media-time-range-buffered-color: transparent;
    --media-range-thumb-width: 2px;
    --media-range-thumb-height: 64px;
    --media-range-thumb-border-radius: 1px;
    --media-range-thumb-background: var(--_ink);
    --media-range-track-pointer-border-right: 1px solid var(--_muted);
  }
  earshot-volume-range {
    inline-size: 92px;
    block-size: 40px;
    --media-range-padding: 8px;
    --media-range-thumb-width: 12px;
    --media-range-thumb-height: 12px;
    --media-range-bar-color: var(--_ink);
    --media-range-thumb-background: var(--_ink);
  }
  :is(
    button,
    select,
    input,
    earshot-play-button,
    earshot-back-button,
    earshot-forward-button,
    earshot-mute-button
  ):focus-visible,
  .keyboard :is(earshot-time-range, earshot-volume-range):focus-within {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
    border-radius: 10px;
  }
  earshot-play-button:focus-visible {
    border-radius: 50%;
    outline-offset: 3px;
  }
  @keyframes turn {
    to {
      transform: rotate(1turn);
    }
  }
  @container (max-width: 620px) {
    .tool .label {
      display: none;
    }
  }
  @container (max-width: 520px) {
    earshot-volume-range {
      display: none;
    }
  }
`;
