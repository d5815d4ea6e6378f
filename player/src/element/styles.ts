import { css } from 'lit';
import { controlStyles } from './styles-controls.js';
import { panelStyles } from './styles-panels.js';
import { preferenceStyles } from './styles-preferences.js';

/** Colours and sizes, all of which a page may set from outside. */
const theme = css`
  :host {
    --_surface: var(--earshot-surface, light-dark(#ffffff, #161a24));
    --_raised: var(--earshot-raised, light-dark(#f3f5fa, #212736));
    --_line: var(--earshot-line, light-dark(#d9deea, #323a4e));
    --_ink: var(--earshot-ink, light-dark(#182033, #eaeefa));
    --_muted: var(--earshot-muted, light-dark(#566078, #a3aec8));
    --_accent: var(--earshot-accent, light-dark(#3450d2, #92a6ff));
    --_on-accent: var(--earshot-on-accent, light-dark(#ffffff, #10142a));
    --_second: var(--earshot-second, light-dark(#0a7a76, #4fd1c5));
    --_wave: var(--earshot-wave, light-dark(#b9c2e6, #48527a));
    --_wave-second: var(--earshot-wave-second, light-dark(#a9d3d1, #2f5c62));
    --_warn: var(--earshot-warn, light-dark(#b42318, #ff9d92));
    --_warn-surface: var(--earshot-warn-surface, light-dark(#fdf1ef, #33201f));
    --_radius: var(--earshot-radius, 16px);
    --_font: var(--earshot-font, system-ui, 'Segoe UI', Roboto, 'Noto Sans', 'Noto Sans Hebrew', sans-serif);
    display: block;
    min-inline-size: 260px;
    container-type: inline-size;
    font: 14px/1.4 var(--_font);
    color: var(--_ink);
    text-align: start;
  }
  :host([hidden]) {
    display: none;
  }
  *,
  *::before {
    box-sizing: border-box;
  }
`;

const layout = css`
  .player {
    position: relative;
    padding: 14px 16px 10px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
    box-shadow: var(--earshot-shadow, 0 1px 2px rgb(10 20 60 / 6%), 0 6px 20px rgb(10 20 60 / 7%));
  }
  .player:focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  .heading {
    display: flex;
    gap: 4px 12px;
    flex-wrap: wrap;
    align-items: baseline;
    justify-content: space-between;
    margin-block-end: 8px;
  }
  .title {
    font-weight: 650;
    overflow-wrap: anywhere;
  }
  .source {
    color: var(--_muted);
    font-size: 12.5px;
  }
  .main {
    display: grid;
    grid-template-columns: auto 1fr;
    gap: 0 16px;
    align-items: center;
  }
  .stage {
    display: grid;
    align-content: center;
    min-inline-size: 0;
    min-block-size: 64px;
  }
  .track {
    position: relative;
    block-size: 64px;
  }
  .wave {
    position: absolute;
    inset: 0;
    /* wavesurfer lifts its layers, which would come to lie over the seek bar's cursor. */
    isolation: isolate;
    pointer-events: none;
  }
  .times {
    display: flex;
    grid-column: 2;
    justify-content: space-between;
    min-block-size: 20px;
    color: var(--_muted);
    font-size: 12.5px;
    font-variant-numeric: tabular-nums;
  }
  .times .now {
    color: var(--_ink);
    font-weight: 600;
  }
  .bar {
    display: flex;
    flex-wrap: wrap;
    gap: 2px;
    align-items: center;
    /* The icons, not the room around them, are in line with what is above. */
    margin: 6px -9px 0;
  }
  .skips {
    display: inline-flex;
    gap: 2px;
  }
  .space {
    flex: 1;
  }
  .probes {
    position: absolute;
    inline-size: 0;
    block-size: 0;
    overflow: hidden;
    visibility: hidden;
  }
  /* The shortest transition there is: its end tells the canvas that its colours have changed. */
  .probes i {
    transition: color 1ms;
  }
  .probes :nth-child(1) {
    color: var(--_wave);
  }
  .probes :nth-child(2) {
    color: var(--_accent);
  }
  .probes :nth-child(3) {
    color: var(--_wave-second);
  }
  .probes :nth-child(4) {
    color: var(--_second);
  }
  .said {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @container (max-width: 460px) {
    .main {
      gap: 0 12px;
    }
    .player {
      padding: 12px 12px 8px;
    }
  }
`;

/** All styles of the player, in the order in which they build on each other. */
export const styles = [theme, layout, controlStyles, panelStyles, preferenceStyles];
