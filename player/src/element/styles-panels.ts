import { css } from 'lit';

/** What is shown in the place of the bar, the channels, and the help. */
export const panelStyles = css`
  .message {
    display: flex;
    gap: 6px 14px;
    flex-wrap: wrap;
    align-items: center;
  }
  .message .text {
    flex: 1 1 200px;
    min-inline-size: 0;
  }
  .message strong {
    display: block;
    font-size: 15px;
    font-weight: 650;
    font-variant-numeric: tabular-nums;
  }
  .message .hint {
    color: var(--_muted);
  }
  .message > svg {
    inline-size: 26px;
    block-size: 26px;
    flex: none;
    color: var(--_warn);
  }
  .trouble {
    padding: 10px 14px;
    border-radius: 12px;
    background: var(--_warn-surface);
  }
  .meter {
    block-size: 4px;
    margin-block-start: 9px;
    border-radius: 2px;
    background: var(--_line);
    overflow: hidden;
  }
  .meter i {
    display: block;
    block-size: 100%;
    border-radius: 2px;
    background: var(--_accent);
    transition: inline-size 400ms;
  }
  .retry {
    display: inline-flex;
    gap: 7px;
    align-items: center;
    padding: 8px 14px;
    border: 0;
    border-radius: 20px;
    background: var(--_accent);
    color: var(--_on-accent);
    font: 600 13.5px/1.3 var(--_font);
    cursor: pointer;
  }
  .retry svg {
    inline-size: 18px;
    block-size: 18px;
  }
  .mixer {
    display: grid;
    gap: 4px 20px;
    grid-template-columns: repeat(auto-fit, minmax(230px, 1fr));
    margin-block: 6px 4px;
    padding: 8px 12px;
    border-radius: 12px;
    background: var(--_raised);
  }
  .channel {
    display: grid;
    grid-template-columns: auto minmax(60px, 1fr) auto auto auto;
    gap: 8px;
    align-items: center;
  }
  .channel .dot {
    inline-size: 10px;
    block-size: 10px;
    border-radius: 50%;
    background: var(--_accent);
  }
  .channel.second .dot {
    background: var(--_second);
  }
  .channel .name {
    overflow: hidden;
    font-weight: 600;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .pan {
    display: inline-flex;
    gap: 6px;
    align-items: center;
    color: var(--_muted);
    font-size: 12px;
  }
  .pan input {
    inline-size: 84px;
    accent-color: var(--_accent);
  }
  .second .pan input {
    accent-color: var(--_second);
  }
  dialog {
    inline-size: min(460px, calc(100vw - 32px));
    padding: 20px 24px 22px;
    border: 1px solid var(--_line);
    border-radius: 18px;
    background: var(--_surface);
    color: var(--_ink);
    box-shadow: 0 20px 60px rgb(5 10 40 / 35%);
  }
  dialog::backdrop {
    background: rgb(10 14 30 / 45%);
  }
  dialog header {
    display: flex;
    align-items: center;
    justify-content: space-between;
    margin-block-end: 8px;
  }
  dialog h2 {
    margin: 0;
    font-size: 17px;
  }
  .keys {
    display: grid;
    grid-template-columns: auto 1fr;
    gap: 9px 20px;
    align-items: center;
    margin: 0;
  }
  .keys dt {
    display: flex;
    gap: 4px;
    direction: ltr;
    justify-content: end;
  }
  [dir='rtl'] .keys dt {
    justify-content: start;
  }
  .keys dd {
    margin: 0;
  }
  kbd {
    min-inline-size: 26px;
    padding: 3px 7px;
    border: 1px solid var(--_line);
    border-block-end-width: 2px;
    border-radius: 7px;
    background: var(--_raised);
    font: 600 12.5px/1.3 var(--_font);
    text-align: center;
  }
`;
