/** How cost grows with the cells of a scenario, from a hundred to a million. */
import { csvPieces } from '../../dist/formats/csv.js';
import { load, STUDIES } from '../../dist/index.js';
import { kernelOf } from './kernel.js';
import { callsFor, cpuOf, interleaved, median } from './measure.js';
import { digits, grouped, time } from './print.js';
import * as bigint from './rivals/bigint.js';
import { sized } from './sized.js';

/**
 * Demand, revenue and units of each are a hundred cells, then ten times as many each time. From ten thousand on
 * every component has as many suppliers: with more of them each costs more, as more units are handed out.
 */
const SIZES = [
  { periods: 4, components: 2, suppliers: 4 },
  { periods: 12, components: 7, suppliers: 4 },
  { periods: 40, components: 7, suppliers: 12 },
  { periods: 200, components: 14, suppliers: 12 },
  { periods: 400, components: 70, suppliers: 12 },
];

/** From here on the cost of starting is lost in that of the cells. */
const LARGE = 10_000;

const forecast = STUDIES.find(({ name }) => name === 'run');

/** @param rounds of which the medians are taken */
export function growthTable(rounds) {
  const rows = SIZES.map(rowOf);
  const samples = interleaved(rows, rounds);
  const medians = samples.map((of, i) => {
    const take = (key) => median(of.map((sample) => sample[key])) / rows[i].cells;
    return { kernel: take('kernel'), forecast: take('forecast'), csv: take('csv') };
  });
  const large = rows
    .map(({ cells }, i) => ({ cells, ...medians[i] }))
    .filter(({ cells }) => cells > LARGE);
  const slope = (key) => slopeOf(large.map((row) => [row.cells, row[key] * row.cells]));
  return [
    ['cells', 'evaluated again', 'text to forecast', 'CSV rows/s'],
    ...rows.map(({ cells }, i) => {
      const { kernel, forecast: whole, csv } = medians[i];
      return [
        grouped(cells),
        `${digits(kernel * 1000)} ns/cell`,
        `${time(whole)}/cell`,
        grouped(1e6 / csv),
      ];
    }),
    [
      `slope from ${grouped(LARGE)}`,
      ...['kernel', 'forecast', 'csv'].map((key) => slope(key).toFixed(3)),
    ],
  ];
}

function rowOf(size) {
  const { text, numbers } = sized(size);
  const kernel = kernelOf({ text });
  const draw = (i) => [numbers.envelope + BigInt(i % 997), [71717n + BigInt(i % 89), 10000n]];
  // Each time other numbers: the same would leave nothing to compute.
  let turn = 0;
  const evaluate = () => kernel.evaluate(...draw(turn++));
  const project = () => forecast.run([load(text).scenario], {}).value.table;
  const table = project();
  const write = () => {
    let length = 0;
    for (const piece of csvPieces(table)) length += piece.length;
    return length;
  };
  checkDigits(kernel, numbers, draw(1));
  const cells = checkTable(table, numbers);
  const [again, whole, csv] = [evaluate, project, write].map(callsFor);
  return {
    cells,
    sample: () => ({
      kernel: cpuOf(evaluate, again),
      forecast: cpuOf(project, whole),
      csv: cpuOf(write, csv),
    }),
  };
}

function checkDigits(kernel, numbers, drawn) {
  kernel.evaluate(...drawn);
  const expected = bigint.evaluate(numbers, ...drawn);
  if (kernel.counts().some((count, i) => count !== expected[i])) throw new Error('cells differ');
}

/** Demand sums to the envelope in what is written. @returns how many rows there are */
function checkTable(table, { envelope }) {
  const lines = [...csvPieces(table)].flatMap((piece) => piece.trimEnd().split('\n')).slice(1);
  const demand = lines.filter((line) => line.includes(',demand,'));
  const fen = (line) => BigInt(line.split(',').at(-2).replace('.', ''));
  const sum = demand.reduce((total, line) => total + fen(line), 0n);
  if (sum !== envelope) throw new Error('the demand is not the envelope');
  return lines.length;
}

/** By how many powers the cost grows where the size grows by one, by least squares: 1 is linear. */
function slopeOf(points) {
  const logs = points.map((point) => point.map(Math.log));
  const mean = (c) => logs.reduce((sum, point) => sum + point[c], 0) / logs.length;
  const [x, y] = [mean(0), mean(1)];
  const over = logs.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0);
  return over / logs.reduce((sum, point) => sum + (point[0] - x) ** 2, 0);
}
