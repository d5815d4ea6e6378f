import { html, svg, type TemplateResult } from 'lit';
import type { StorageDay } from '../api.js';
import { formatBytes, formatNumber, formatUtcDay } from '../format.js';
import type { ConsoleLocale } from '../locales/en.js';
import { say } from '../messages.js';
import { chartOf, growthOf, type Measure } from './chart.js';

const WIDTH = 900;
const HEIGHT = 200;
const MARGIN = { top: 10, right: 6, bottom: 26, left: 72 };
const SHORT = { day: 'numeric', month: 'short' } as const;
const LONG = { dateStyle: 'long' } as const;

/**
 * Days from left to right in every language, as time runs in the player. A screen reader has the sentence above and the table
 * below; of the drawing it hears the name.
 */
export function chartView(locale: ConsoleLocale, days: readonly StorageDay[], measure: Measure): TemplateResult {
  const { lang } = locale;
  const { bars, grid, named } = chartOf(days, measure, WIDTH, HEIGHT);
  const amount = (value: number) =>
    measure === 'bytes' && value > 0 ? formatBytes(value, lang) : formatNumber(value, lang);
  const box = `0 0 ${MARGIN.left + WIDTH + MARGIN.right} ${MARGIN.top + HEIGHT + MARGIN.bottom}`;
  return html`<svg
    class="chart"
    direction="ltr"
    viewBox=${box}
    role="img"
    aria-label=${`${say(locale, 'growth')}: ${growthSentence(locale, days)}`}
  >
    <g transform="translate(${MARGIN.left} ${MARGIN.top})">
      ${grid.map(
        ({ value, y }) =>
          svg`<line class="grid" x1="0" x2=${WIDTH} y1=${y} y2=${y} />
            <text class="value" x="-10" y=${y + 4} text-anchor="end">${amount(value)}</text>`,
      )}
      ${bars.map(
        ({ day, x, y, width, height }) =>
          svg`<g class="day"><title>${barText(locale, day)}</title>
            <rect class="hit" x=${x} y="0" width=${width} height=${HEIGHT} />
            <rect class="bar" x=${x} y=${y} width=${width} height=${height} rx=${Math.min(4, width / 4, height)} /></g>`,
      )}
      ${named.map(
        ({ day, x, width }) =>
          svg`<text class="name" direction=${locale.dir} x=${x + width / 2} y=${HEIGHT + 20} text-anchor="middle">${formatUtcDay(day.date, lang, SHORT)}</text>`,
      )}
    </g>
  </svg>`;
}

function barText(locale: ConsoleLocale, { date, bytes, recordings }: StorageDay): string {
  const { lang } = locale;
  return say(locale, 'dayBar', {
    day: formatUtcDay(date, lang, LONG),
    bytes: formatBytes(bytes, lang),
    count: recordings,
  });
}

/** The drawing in words. */
export function growthSentence(locale: ConsoleLocale, days: readonly StorageDay[]): string {
  const { lang } = locale;
  const { recordings, bytes, busiest } = growthOf(days);
  if (!busiest) return say(locale, 'growthNothing', { days: days.length });
  return say(locale, 'growthSentence', {
    bytes: formatBytes(bytes, lang),
    count: recordings,
    days: days.length,
    day: formatUtcDay(busiest.date, lang, LONG),
    most: formatBytes(busiest.bytes, lang),
  });
}

/** The same, day by day, newest first. */
export function daysTableView(locale: ConsoleLocale, days: readonly StorageDay[]): TemplateResult {
  const { lang } = locale;
  return html`<table>
    <caption class="unseen">
      ${say(locale, 'growth')}
    </caption>
    <thead>
      <tr>
        <th scope="col">${say(locale, 'day')}</th>
        <th scope="col">${say(locale, 'byCount')}</th>
        <th scope="col">${say(locale, 'bySize')}</th>
      </tr>
    </thead>
    <tbody>
      ${[...days].reverse().map(
        ({ date, recordings, bytes }) =>
          html`<tr>
            <th scope="row">${formatUtcDay(date, lang, LONG)}</th>
            <td>${formatNumber(recordings, lang)}</td>
            <td><bdi>${formatBytes(bytes, lang)}</bdi></td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}
