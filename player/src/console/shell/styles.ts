import { css } from 'lit';

/** Short names for the page's colours, in each shadow tree. */
export const tokens = css`
  :host {
    --_surface: var(--earshot-surface);
    --_raised: var(--earshot-raised);
    --_line: var(--earshot-line);
    --_ink: var(--earshot-ink);
    --_muted: var(--earshot-muted);
    --_accent: var(--earshot-accent);
    --_on-accent: var(--earshot-on-accent);
    --_warn: var(--earshot-warn);
    --_warn-surface: var(--earshot-warn-surface);
    --_good: var(--console-good);
    --_busy: var(--console-busy);
    --_tint: color-mix(in srgb, var(--_accent) 9%, transparent);
    --_shadow: 0 1px 2px rgb(10 20 60 / 5%), 0 6px 20px rgb(10 20 60 / 5%);
    display: block;
    color: var(--_ink);
  }
  *,
  *::before {
    box-sizing: border-box;
  }
  h1,
  h2,
  h3,
  p {
    margin: 0;
  }
  .unseen {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @media (forced-colors: active) {
    :host {
      --_surface: Canvas;
      --_raised: Canvas;
      --_line: CanvasText;
      --_ink: CanvasText;
      --_muted: CanvasText;
      --_accent: LinkText;
      --_on-accent: Canvas;
      --_warn: CanvasText;
      --_good: CanvasText;
      --_busy: CanvasText;
    }
  }
`;

/** Buttons, links, fields, and what stands in the place of content. */
export const controls = css`
  a {
    color: var(--_accent);
    text-underline-offset: 2px;
  }
  button,
  .button,
  select,
  input {
    min-block-size: 38px;
    border: 1px solid var(--_line);
    border-radius: 10px;
    background: var(--_surface);
    color: var(--_ink);
    font: inherit;
    font-size: 14px;
  }
  select,
  input {
    padding: 0 10px;
    font-weight: 500;
  }
  button,
  .button {
    display: inline-flex;
    gap: 8px;
    align-items: center;
    justify-content: center;
    padding: 0 14px;
    font-weight: 600;
    text-decoration: none;
    white-space: nowrap;
    cursor: pointer;
    transition: background 120ms;
  }
  button:hover,
  .button:hover,
  select:hover {
    background: var(--_raised);
  }
  .primary {
    border-color: transparent;
    background: var(--_accent);
    color: var(--_on-accent);
  }
  .primary:hover {
    background: color-mix(in srgb, var(--_accent) 88%, var(--_ink));
  }
  .danger {
    border-color: transparent;
    background: var(--_warn);
    color: var(--_surface);
  }
  .danger:hover {
    background: color-mix(in srgb, var(--_warn) 86%, var(--_ink));
  }
  .quiet {
    border-color: transparent;
    background: transparent;
  }
  button:disabled,
  [aria-disabled='true'] {
    opacity: 0.5;
    cursor: default;
  }
  :focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  button svg,
  .button svg {
    inline-size: 19px;
    block-size: 19px;
    flex: none;
  }
  [dir='rtl'] .turns svg,
  .turns svg:dir(rtl) {
    transform: scaleX(-1);
  }
  .code {
    color: var(--_muted);
    font-size: 12.5px;
  }
  .loading {
    display: flex;
    gap: 12px;
    align-items: center;
    justify-content: center;
    padding: 48px 16px;
    color: var(--_muted);
  }
  .spinner {
    inline-size: 18px;
    block-size: 18px;
    border: 2.5px solid var(--_line);
    border-block-start-color: var(--_accent);
    border-radius: 50%;
    animation: turn 0.9s linear infinite;
  }
  @keyframes turn {
    to {
      transform: rotate(1turn);
    }
  }
  .trouble {
    display: flex;
    flex-wrap: wrap;
    gap: 10px 16px;
    align-items: center;
    padding: 14px 18px;
    border-radius: 14px;
    background: var(--_warn-surface);
  }
  .trouble > svg {
    inline-size: 26px;
    block-size: 26px;
    flex: none;
    color: var(--_warn);
  }
  .trouble > div {
    flex: 1 1 240px;
  }
  .empty {
    display: grid;
    gap: 6px;
    justify-items: center;
    padding: 56px 20px;
    text-align: center;
  }
  .empty > svg {
    inline-size: 44px;
    block-size: 44px;
    color: var(--_accent);
  }
  .empty strong {
    font-size: 17px;
  }
  .empty p {
    max-inline-size: 460px;
    color: var(--_muted);
  }
  .card {
    border: 1px solid var(--_line);
    border-radius: 16px;
    background: var(--_surface);
    box-shadow: var(--_shadow);
  }
  .head {
    display: flex;
    flex-wrap: wrap;
    gap: 6px 16px;
    align-items: baseline;
    margin-block-end: 16px;
  }
  .head h1 {
    font-size: 24px;
    font-weight: 700;
    letter-spacing: -0.01em;
  }
  .head p {
    color: var(--_muted);
  }
  @media (prefers-reduced-motion: reduce) {
    .spinner {
      animation: none;
      border-style: dashed;
    }
    * {
      transition: none !important;
    }
  }
  @media (forced-colors: active) {
    .trouble,
    .primary,
    .danger {
      border: 1px solid;
    }
  }
`;

/** Dialogs, and the small form in which a tenant is chosen. */
export const dialogs = css`
  dialog {
    inline-size: min(500px, calc(100vw - 32px));
    padding: 22px 26px 24px;
    border: 1px solid var(--_line);
    border-radius: 18px;
    background: var(--_surface);
    color: var(--_ink);
    box-shadow: 0 20px 60px rgb(5 10 40 / 35%);
  }
  dialog::backdrop {
    background: rgb(10 14 30 / 50%);
  }
  dialog h2 {
    font-size: 19px;
  }
  dialog p {
    margin-block-start: 10px;
    overflow-wrap: anywhere;
  }
  dialog .answers {
    display: flex;
    flex-wrap: wrap;
    gap: 10px;
    justify-content: flex-end;
    margin-block-start: 22px;
  }
  dialog .trouble,
  dialog .loading {
    margin-block-start: 14px;
  }
  dialog .loading {
    justify-content: flex-start;
    padding: 6px 0;
  }
  .muted {
    color: var(--_muted);
  }
`;
