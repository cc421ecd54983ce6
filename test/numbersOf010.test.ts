/** The commands print the numbers that version 0.1.0 printed for the shipped scenarios. */
import { parse } from 'csv-parse/sync';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { capex, folder } from './support/capex.js';

const FOLDER = 'test/golden/0.1.0';
const STUDIES = JSON.parse(readFileSync(`${FOLDER}/commands.json`, 'utf8')) as Record<
  string,
  string
>;
const SCENARIOS = ['380bn', 'high', 'low', 'rolling', 'weak-yuan'].map((id) => `alibaba-${id}`);
const COMMANDS = [
  ...SCENARIOS.map((id) => [id, `run scenarios/${id}.yaml`] as const),
  ...Object.entries(STUDIES),
];

describe.each(COMMANDS)('%s', (name, line) => {
  it.each(['csv', 'json'])('has the numbers of 0.1.0 in %s', async (ending) => {
    const read = ending === 'csv' ? numbersInCsv : numbersInJson;
    const before = read(readFileSync(`${FOLDER}/${name}.${ending}`, 'utf8'));
    expect(before.length).toBeGreaterThan(0);
    const file = join(folder(), `today.${ending}`);
    const { code } = await capex([...line.split(' '), '-o', file, '--quiet']);
    expect(code).toBe(0);
    expect(read(readFileSync(file, 'utf8'))).toEqual(before);
  });
});

const NUMBER = /^-?\d+(\.\d+)?%?$/;

/** Every number of a CSV with its row and its column. */
function numbersInCsv(text: string): string[] {
  const [head, ...rows]: string[][] = parse(text);
  return rows.flatMap((cells, row) =>
    cells.flatMap((cell, column) => (NUMBER.test(cell) ? `${row} ${head![column]!} ${cell}` : [])),
  );
}

/** Every number of a JSON document with its path, whether it is written as a number or as a text. */
function numbersInJson(text: string): string[] {
  const numbersIn = (value: unknown, path: string): string[] => {
    if (typeof value === 'object' && value !== null)
      return Object.entries(value).flatMap(([key, below]) => numbersIn(below, `${path}.${key}`));
    return NUMBER.test(String(value)) ? [`${path} ${String(value)}`] : [];
  };
  return numbersIn(JSON.parse(text), '');
}
