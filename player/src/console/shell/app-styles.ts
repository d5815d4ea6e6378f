import { css } from 'lit';

/** The frame around the pages. */
export const appStyles = css`
  .skip {
    position: absolute;
    z-index: 2;
    inset-block-start: -60px;
    inset-inline-start: 12px;
    padding: 10px 16px;
    border-radius: 0 0 12px 12px;
    background: var(--_accent);
    color: var(--_on-accent);
  }
  .skip:focus {
    inset-block-start: 0;
  }
  .top {
    position: sticky;
    z-index: 1;
    inset-block-start: 0;
    border-block-end: 1px solid var(--_line);
    background: var(--_surface);
  }
  .bar {
    display: flex;
    flex-wrap: wrap;
    gap: 8px 12px;
    align-items: center;
    max-inline-size: 1180px;
    min-block-size: 60px;
    margin-inline: auto;
    padding: 8px 20px;
  }
  .brand {
    display: inline-flex;
    gap: 10px;
    align-items: center;
    color: var(--_ink);
    font-size: 18px;
    font-weight: 750;
    letter-spacing: -0.01em;
    text-decoration: none;
  }
  .brand svg {
    inline-size: 32px;
    block-size: 32px;
  }
  nav {
    display: flex;
    gap: 2px;
    margin-inline-start: 10px;
  }
  nav a {
    padding: 8px 13px;
    border-radius: 10px;
    color: var(--_muted);
    font-weight: 600;
    text-decoration: none;
  }
  nav a:hover {
    background: var(--_raised);
  }
  nav a[aria-current] {
    background: var(--_tint);
    color: var(--_accent);
  }
  .space {
    flex: 1;
  }
  .settings {
    display: flex;
    gap: 4px;
  }
  .settings select {
    padding-inline: 6px;
    border-color: transparent;
    background: transparent;
    color: var(--_muted);
    font-size: 13px;
    field-sizing: content;
    cursor: pointer;
  }
  .settings option {
    background: var(--_surface);
    color: var(--_ink);
  }
  .who {
    display: grid;
    max-inline-size: 180px;
    padding-inline-start: 12px;
    border-inline-start: 1px solid var(--_line);
    font-size: 13.5px;
    line-height: 1.25;
  }
  .who bdi {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .name {
    font-weight: 600;
  }
  .tenant {
    color: var(--_muted);
    font-size: 12.5px;
  }
  main {
    max-inline-size: 1180px;
    margin-inline: auto;
    padding: 28px 20px 80px;
  }
  main:focus {
    outline: none;
  }
  .banner {
    position: sticky;
    z-index: 1;
    inset-block-start: 0;
    display: flex;
    flex-wrap: wrap;
    gap: 8px 14px;
    align-items: center;
    justify-content: center;
    padding: 12px 20px;
    background: var(--_warn-surface);
  }
  .banner > svg {
    inline-size: 22px;
    block-size: 22px;
    color: var(--_warn);
  }
  .notice {
    position: fixed;
    z-index: 3;
    inset-block-end: 22px;
    inset-inline: 16px;
    display: grid;
    justify-items: center;
    pointer-events: none;
  }
  .notice p {
    max-inline-size: 620px;
    padding: 11px 18px;
    border-radius: 12px;
    background: var(--_ink);
    color: var(--_surface);
    box-shadow: 0 10px 30px rgb(5 10 40 / 30%);
    font-size: 14px;
    font-weight: 550;
  }
  @media (forced-colors: active) {
    .notice p,
    nav a[aria-current] {
      border: 1px solid;
    }
  }
  @media (max-width: 720px) {
    .top {
      position: static;
    }
    main {
      padding: 20px 12px 80px;
    }
    .who {
      border: 0;
      padding: 0;
    }
    nav {
      order: 1;
      flex-basis: 100%;
      margin: 0;
    }
  }
`;
