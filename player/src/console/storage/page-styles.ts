import { css } from 'lit';
import { narrowStyles } from '../failures/page-styles.js';

export const storageStyles = [
  narrowStyles,
  css`
    .figures {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(190px, 1fr));
      gap: 12px;
      margin: 0;
    }
    .figures .card {
      padding: 16px 20px;
    }
    dt {
      color: var(--_muted);
      font-size: 13px;
      font-weight: 600;
    }
    dd {
      margin: 2px 0 0;
      font-size: 26px;
      font-weight: 700;
      font-variant-numeric: tabular-nums;
      letter-spacing: -0.01em;
    }
    section {
      margin-block-start: 14px;
      padding: 18px 20px 16px;
    }
    h2 {
      font-size: 17px;
    }
    .title {
      display: flex;
      flex-wrap: wrap;
      gap: 10px 20px;
      align-items: start;
      justify-content: space-between;
    }
    .hint {
      color: var(--_muted);
      font-size: 13px;
    }
    .choices {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
    }
    .switch {
      display: flex;
    }
    .switch button {
      border-radius: 0;
    }
    .switch button:first-child {
      border-start-start-radius: 10px;
      border-end-start-radius: 10px;
    }
    .switch button:last-child {
      margin-inline-start: -1px;
      border-start-end-radius: 10px;
      border-end-end-radius: 10px;
    }
    .switch [aria-pressed='true'] {
      z-index: 1;
      border-color: var(--_accent);
      background: var(--_tint);
      color: var(--_accent);
    }
    .sentence {
      margin-block: 12px 6px;
    }
    .chart {
      display: block;
      inline-size: 100%;
      block-size: auto;
      min-block-size: 150px;
      overflow: visible;
      font-size: 12.5px;
    }
    .grid {
      stroke: var(--_line);
    }
    .value,
    .name {
      fill: var(--_muted);
      font-variant-numeric: tabular-nums;
    }
    .hit {
      fill: transparent;
    }
    .bar {
      fill: var(--_accent);
    }
    .day:hover .hit {
      fill: var(--_tint);
    }
    .day:hover .bar {
      fill: var(--earshot-second);
    }
    details {
      margin-block-start: 10px;
      font-size: 14px;
    }
    summary {
      inline-size: fit-content;
      color: var(--_accent);
      cursor: pointer;
    }
    table {
      margin-block-start: 10px;
      border-collapse: collapse;
    }
    th,
    td {
      padding: 6px 28px 6px 0;
      border-block-end: 1px solid var(--_line);
      font-weight: 400;
      font-variant-numeric: tabular-nums;
      text-align: start;
    }
    thead th {
      color: var(--_muted);
      font-size: 12.5px;
      font-weight: 600;
    }
    th:dir(rtl),
    td:dir(rtl) {
      padding: 6px 0 6px 28px;
    }
    .states ul {
      display: flex;
      flex-wrap: wrap;
      gap: 8px 26px;
      margin: 10px 0 0;
      padding: 0;
      list-style: none;
    }
    .states strong {
      margin-inline-start: 6px;
      font-variant-numeric: tabular-nums;
    }
  `,
];
