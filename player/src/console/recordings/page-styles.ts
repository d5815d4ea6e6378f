import { css } from 'lit';

/** The list and what its rows open. */
export const recordingsStyles = css`
  h1:focus {
    outline: none;
  }
  .live {
    display: inline-flex;
    gap: 7px;
    align-items: center;
    color: var(--_muted);
    font-size: 13px;
    font-weight: 600;
  }
  .live i {
    inline-size: 8px;
    block-size: 8px;
    border-radius: 50%;
    background: var(--_muted);
  }
  .live[data-live='true'] i {
    background: var(--_good);
    box-shadow: 0 0 0 3px color-mix(in srgb, var(--_good) 22%, transparent);
  }
  .place,
  .card {
    margin-block-start: 18px;
  }
  .news:not(:empty) {
    position: sticky;
    z-index: 1;
    inset-block-start: 72px;
    display: grid;
    justify-content: center;
  }
  .news button {
    margin-block-start: 14px;
    border-radius: 20px;
    box-shadow: 0 6px 18px rgb(10 20 60 / 22%);
  }
  .list {
    overflow: hidden;
  }
  .list[aria-busy='true'] table {
    opacity: 0.6;
  }
  table {
    inline-size: 100%;
    border-collapse: collapse;
    font-size: 14.5px;
  }
  th {
    color: var(--_muted);
    font-size: 12.5px;
    font-weight: 600;
    text-align: start;
  }
  td,
  th {
    padding: 7px 10px;
  }
  thead th {
    padding-block: 11px 9px;
  }
  .day th {
    padding: 9px 18px 8px;
    border-block: 1px solid var(--_line);
    background: var(--_raised);
    color: var(--_ink);
    font-size: 13px;
  }
  .day th::first-letter {
    text-transform: uppercase;
  }
  .row + .row td {
    border-block-start: 1px solid var(--_line);
  }
  .row:hover,
  .row.open {
    background: var(--_tint);
  }
  .row.new {
    animation: arrive 2.4s ease-out;
  }
  @keyframes arrive {
    from {
      background: color-mix(in srgb, var(--_accent) 30%, transparent);
    }
  }
  .row.gone :is(.time, .call, .duration, .channels) {
    opacity: 0.75;
    text-decoration: line-through;
  }
  .go {
    inline-size: 64px;
    padding-inline: 16px 6px;
  }
  .round {
    inline-size: 38px;
    padding: 0;
    border-radius: 50%;
  }
  .round.plays {
    border-color: transparent;
    background: color-mix(in srgb, var(--_accent) 13%, transparent);
    color: var(--_accent);
  }
  .round.plays:hover,
  .open .round {
    border-color: transparent;
    background: var(--_accent);
    color: var(--_on-accent);
  }
  td.time,
  td.duration {
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  td.time {
    font-weight: 650;
  }
  .sid {
    font-family: ui-monospace, 'SF Mono', Menlo, Consolas, monospace;
    font-size: 0.88em;
    overflow-wrap: anywhere;
  }
  td.channels {
    color: var(--_muted);
    white-space: nowrap;
  }
  .lanes {
    display: inline-grid;
    gap: 3px;
    inline-size: 16px;
    margin-inline-end: 6px;
    vertical-align: middle;
  }
  .lanes i {
    block-size: 3px;
    border-radius: 2px;
    background: var(--_accent);
  }
  .lanes i + i {
    background: var(--earshot-second);
  }
  .lanes[data-count='1'] i + i {
    display: none;
  }
  td.state {
    font-weight: 550;
  }
  .dot {
    display: inline-block;
    inline-size: 9px;
    block-size: 9px;
    margin-inline-end: 8px;
    border-radius: 50%;
    background: var(--_muted);
  }
  [data-tone='good'] .dot {
    background: var(--_good);
  }
  [data-tone='busy'] .dot {
    background: var(--_busy);
    animation: pulse 1.4s ease-in-out infinite alternate;
  }
  [data-tone='bad'] {
    color: var(--_warn);
  }
  [data-tone='bad'] .dot {
    background: var(--_warn);
  }
  [data-tone='calm'] {
    color: var(--_muted);
  }
  @keyframes pulse {
    to {
      opacity: 0.35;
    }
  }
  td.acts {
    padding-inline-end: 14px;
    text-align: end;
    white-space: nowrap;
  }
  .act {
    inline-size: 36px;
    min-block-size: 36px;
    padding: 0;
    border-color: transparent;
    background: transparent;
    color: var(--_muted);
  }
  .act:hover {
    color: var(--_ink);
  }
  .act.delete:hover {
    background: var(--_warn-surface);
    color: var(--_warn);
  }
  .panel td {
    padding: 6px 18px 18px;
    background: var(--_tint);
  }
  .why {
    display: grid;
    gap: 3px;
    margin-block-start: 14px;
    padding: 12px 16px;
    border-radius: 12px;
    background: var(--_warn-surface);
  }
  .facts {
    display: flex;
    flex-wrap: wrap;
    gap: 10px 30px;
    margin: 16px 2px 0;
    font-size: 13.5px;
  }
  dt {
    color: var(--_muted);
    font-size: 12px;
    font-weight: 600;
  }
  dd,
  dd bdi {
    display: flex;
    gap: 4px;
    align-items: center;
    min-block-size: 28px;
    margin: 0;
  }
  .act.copy {
    inline-size: 28px;
    min-block-size: 28px;
  }
  .act.copy svg {
    inline-size: 16px;
    block-size: 16px;
  }
  .links {
    display: flex;
    flex-wrap: wrap;
    gap: 6px 20px;
    margin: 14px 2px 0;
    font-size: 13.5px;
  }
  .pages {
    display: flex;
    gap: 14px;
    align-items: center;
    justify-content: center;
    margin-block-start: 18px;
    color: var(--_muted);
    font-size: 14px;
  }
  @media (max-width: 760px) {
    .channels,
    .call {
      display: none;
    }
    .go {
      inline-size: 48px;
      padding-inline: 6px 4px;
    }
    td,
    th {
      padding-inline: 4px;
    }
    td.acts {
      padding-inline-end: 4px;
    }
    .act {
      inline-size: 32px;
    }
    th.duration {
      font-size: 0;
    }
    /* The player has one of its own. */
    .act.download {
      display: none;
    }
    .panel td {
      padding-inline: 10px;
    }
    .news:not(:empty) {
      inset-block-start: 8px;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .row.new,
    .dot {
      animation: none !important;
    }
  }
  @media (forced-colors: active) {
    .dot,
    .live i,
    .lanes i {
      border: 1px solid CanvasText;
    }
    .row.open {
      outline: 1px solid Highlight;
    }
  }
`;
