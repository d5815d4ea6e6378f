import { css } from 'lit';

export const narrowStyles = css`
  .narrow {
    display: flex;
    flex-wrap: wrap;
    gap: 10px;
    align-items: end;
    margin-block-end: 18px;
  }
  .narrow label {
    display: grid;
    gap: 4px;
    color: var(--_muted);
    font-size: 12.5px;
    font-weight: 600;
  }
  ::placeholder {
    color: var(--_muted);
    opacity: 1;
  }
`;

export const failuresStyles = [
  narrowStyles,
  css`
    .total {
      margin-block-end: 12px;
      font-weight: 600;
    }
    .elsewhere {
      margin-block-end: 12px;
      color: var(--muted);
    }
    .groups {
      display: grid;
      gap: 12px;
      margin: 0;
      padding: 0;
      list-style: none;
    }
    .group {
      display: flex;
      flex-wrap: wrap;
      gap: 14px 24px;
      align-items: center;
      padding: 18px 20px;
      border-inline-start: 4px solid var(--_warn);
    }
    .what {
      display: grid;
      flex: 1 1 380px;
      gap: 4px;
    }
    h2 {
      display: flex;
      gap: 10px;
      align-items: center;
      font-size: 17px;
    }
    .final {
      padding: 2px 10px;
      border: 1px solid var(--_line);
      border-radius: 12px;
      color: var(--_muted);
      font-size: 12px;
      font-weight: 600;
    }
    .counts {
      display: flex;
      flex-wrap: wrap;
      gap: 2px 16px;
      margin-block-end: 4px;
      font-size: 13.5px;
    }
    .counts strong {
      color: var(--_warn);
    }
    .counts .span {
      color: var(--_muted);
    }
    .code {
      font-family: ui-monospace, 'SF Mono', Menlo, Consolas, monospace;
      text-align: start;
    }
    .code:dir(ltr) {
      justify-self: start;
    }
    .acts {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
    }
    .warned {
      color: var(--_warn);
    }
  `,
];
