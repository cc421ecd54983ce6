/** Charts as SVG: drawn by ECharts without a document, so that Node and the browser draw one picture. */
import {
  BarChart,
  LineChart,
  SankeyChart,
  type BarSeriesOption,
  type LineSeriesOption,
  type SankeySeriesOption,
} from 'echarts/charts';
import {
  GridComponent,
  LegendComponent,
  type GridComponentOption,
  type LegendComponentOption,
} from 'echarts/components';
import { init, setPlatformAPI, use, type ComposeOption } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { html, trusted, type Html } from '../html.js';
import type { PageView } from '../pageView.js';

const FONT_SIZE = 12;

/** The width of a text, the same in Node and in every browser: a Chinese character is as wide as it is high. */
export function textWidth(text: string, size = FONT_SIZE): number {
  const parts = Array.from(text, (character) => (/[^\u0000-\u2fff]/.test(character) ? 1 : 0.6));
  return parts.reduce((sum, part) => sum + part * size, 0);
}

setPlatformAPI({
  measureText: (text, font) => {
    const size = /([\d.]+)px/.exec(font ?? '')?.[1];
    return { width: textWidth(text, size === undefined ? FONT_SIZE : Number(size)) };
  },
});
use([BarChart, LineChart, SankeyChart, GridComponent, LegendComponent, SVGRenderer]);

export type ChartOption = ComposeOption<
  | BarSeriesOption
  | LineSeriesOption
  | SankeySeriesOption
  | GridComponentOption
  | LegendComponentOption
>;

/** Colours that can be told apart, also by those who see few, on a light and on a dark ground. */
export const COLOURS = [
  ...['#1b8a7f', '#d97706', '#5b7fd4', '#c2527f', '#7a8a99', '#8c9a2e', '#9a63c7', '#3f9bc4'],
];

/** In place of a colour: that of the text around the chart. */
export const TEXT = '#010203';
/** In place of a colour: that of lines between rows. */
export const LINE = '#020304';

/** The widths of a drawing, on a screen and on a phone; its texts have one size on both. */
const WIDTH = 760;
const NARROW = 420;

/** @param label what the chart shows, for those who do not see it */
export function chartHtml(
  { isNarrow = false }: Pick<PageView, 'isNarrow'>,
  option: ChartOption,
  label: string,
  height = 320,
): Html {
  const width = isNarrow ? NARROW : WIDTH;
  const more = isNarrow ? legendLines(option) * LEGEND_LINE : 0;
  const settings = { renderer: 'svg' as const, ssr: true, width, height: height + more };
  const chart = init(null, undefined, settings);
  const { grid } = option;
  chart.setOption({
    animation: false,
    color: COLOURS,
    textStyle: { color: TEXT, fontFamily: 'inherit', fontSize: FONT_SIZE },
    ...option,
    ...(grid && !Array.isArray(grid) && { grid: { ...grid, top: Number(grid.top) + more } }),
  });
  const drawn = chart.renderToSVGString();
  chart.dispose();
  return html`<figure class="chart ${isNarrow && 'narrow'}" role="img" aria-label="${label}">
    ${trusted(plain(drawn))}
  </figure>`;
}

/** Between the entries of a legend, and between its lines. */
const LEGEND_GAP = 18;
const LEGEND_LINE = 14 + LEGEND_GAP;
/** What an entry of a legend takes beside its text, in units of the drawing. */
const ENTRY = 14 + 5 + LEGEND_GAP;

/** How many lines more than one the legend of a narrow chart takes. */
function legendLines({ legend, series }: ChartOption): number {
  if (!legend || Array.isArray(legend) || legend.show === false) return 0;
  const names = [series ?? []].flat().flatMap(({ name }) => (name === undefined ? [] : [name]));
  let [lines, used] = [0, 0];
  for (const name of new Set(names)) {
    const width = ENTRY + textWidth(String(name));
    if (used > 0 && used + width > NARROW) [lines, used] = [lines + 1, 0];
    used += width;
  }
  return lines;
}

/**
 * A drawing that a strict policy allows, in the colours of the page: without styles, which become attributes, without
 * classes and clips, which count the charts drawn before, without what follows a mouse, and without a size of its own.
 */
function plain(drawn: string): string {
  return drawn
    .replace(/<style[^]*?<\/style>/g, '')
    .replace(/ class="zr[^"]*"/g, '')
    .replace(/<defs[^]*?<\/defs>| clip-path="[^"]*"/g, '')
    .replace(/ (ecmeta_\w+|pointer-events)="[^"]*"/g, '')
    .replace(/ style="([^"]*)"/g, (_, style: string) => attributesOf(style))
    .replace(/^<svg width="\d+" height="\d+"/, '<svg aria-hidden="true"')
    .replaceAll(TEXT, 'currentColor')
    .replace(/ (stroke|fill)="#020304"/g, ' $1="currentColor" $1-opacity="0.3"');
}

function attributesOf(style: string): string {
  const pairs = style
    .split(';')
    .filter((pair) => /^(font|text|fill|stroke|dominant)/.test(pair.trim()));
  return pairs.map((pair) => ` ${pair.replace(/\s*:\s*/, '="').trim()}"`).join('');
}

/** What stands around the axes, of which a chart has one each. */
interface Around {
  readonly grid: GridComponentOption;
  readonly legend: LegendComponentOption;
}

/**
 * Axes of groups and of amounts, with room for a legend.
 *
 * @param isFromZero whether the axis of amounts begins at zero; else where the amounts do
 */
export function axes(
  groups: readonly string[],
  unit: string,
  isFromZero = true,
): Omit<ChartOption, keyof Around> & Around {
  return {
    grid: {
      left: 8,
      right: 16,
      top: 56,
      bottom: 8,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    legend: { top: 0, textStyle: { color: TEXT }, itemWidth: 14, itemGap: LEGEND_GAP },
    xAxis: {
      type: 'category',
      data: [...groups],
      axisLabel: { color: TEXT },
      axisLine: { lineStyle: { color: LINE } },
      axisTick: { show: false },
    },
    yAxis: {
      type: 'value',
      scale: !isFromZero,
      name: unit,
      nameTextStyle: { color: TEXT, align: 'left' },
      axisLabel: { color: TEXT },
      splitLine: { lineStyle: { color: LINE } },
    },
  };
}
