import { css } from 'lit';

export const filterStyles = css`
  .find {
    display: flex;
    flex-wrap: wrap;
    gap: 10px;
    align-items: end;
  }
  label {
    display: grid;
    gap: 4px;
    color: var(--_muted);
    font-size: 12.5px;
    font-weight: 600;
  }
  .wide {
    flex: 1 1 170px;
  }
  .quiet {
    padding-inline: 8px;
    color: var(--_accent);
  }
  [name='call'] {
    inline-size: 100%;
    font-family: ui-monospace, 'SF Mono', Menlo, Consolas, monospace;
    font-size: 13px;
  }
  select {
    max-inline-size: 180px;
  }
  [aria-invalid='true'] {
    border-color: var(--_warn);
  }
  .wrong {
    flex-basis: 100%;
    color: var(--_warn);
    font-size: 13.5px;
  }
  .wrong:empty {
    display: none;
  }
  ::placeholder {
    color: var(--_muted);
    opacity: 1;
  }
`;
