/** Counts, ratios and lives that were changed in a workbook are changed in the file, or it is said why not. */
import { describe, expect, it } from 'vitest';
import { compile } from '../../../src/projection/compile.js';
import { workbook } from '../../../src/workbook/book.js';
import { importChanges } from '../../../src/workbook/import/importChanges.js';
import { loaded } from '../../support/cells.js';
import { asEdited, diffOf } from '../../support/workbookEdits.js';

const TEXT = `scenario: lives
currency: CNY
calendar: { fiscal_year_ends: 12, from: FY2026Q1, to: FY2027Q4, period: quarter }
envelope: { from: physical }
estimates:
  physical:
    units:
      power: { count: { FY2026: { value: 400, low: 300, high: 600 }, FY2027: 460 }, unit: MW }
      racks: { per: power, ratio: 1000/132 }
      servers: { per: racks, ratio: { FY2026: 4, FY2026Q3: 1/3 } }
      halls: { count: 12000 }
components:
  servers:
    life: { value: 20 quarters, low: 16 quarters, high: 24 quarters }
    in_service: same
    price: { value: 1.5m CNY, unit: server, erosion: 5% }
  halls: { life: 1 years, price: { value: 3m CNY, unit: hall } }
`;
const UNITS = 'estimates.physical.units';
const COLUMNS = { value: 'B', low: 'D', high: 'E' } as const;

const { inputs } = compile(loaded(TEXT)).scenario;
const book = workbook([compile(loaded(TEXT))]);

/** What comes of numbers typed into cells of Inputs. */
function imported(typed: Readonly<Record<string, string>>) {
  const edits = Object.entries(typed).map(([path, text]) => {
    const [, own, of = 'value'] = /^(.*?)(?::(low|high))?$/.exec(path)!;
    const row = 4 + inputs.findIndex((input) => input.path === own);
    return ['Inputs', COLUMNS[of as keyof typeof COLUMNS], String(row), text];
  });
  const read = () => expect.fail('the scenario has no other file');
  return importChanges(
    asEdited(book, edits),
    [{ name: 'scenarios/scenario.yaml', text: TEXT }],
    read,
  );
}

it('shows lives with their time', () => {
  const { rows } = book.sheets.find(({ name }) => name === 'Inputs')!;
  const life = rows.find(([first]) => first?.content === 'components.servers.life')!;
  expect(life.slice(1, 5).map((cell) => cell!.content)).toEqual([20, 'quarters', 16, 24]);
});

it('writes them in the form of the file', () => {
  const result = imported({
    [`${UNITS}.power.count.FY2026`]: '412.5',
    [`${UNITS}.power.count.FY2026:high`]: '650',
    [`${UNITS}.racks.ratio`]: '8',
    [`${UNITS}.servers.ratio.FY2026Q3`]: '0.5',
    [`${UNITS}.halls.count`]: '9000',
    'components.servers.life': '18',
    'components.halls.life': '2',
    'components.servers.life:low': "'12 quarters",
  });
  expect(result.diagnostics.map(({ message }) => message)).toEqual([]);
  const added = diffOf(result)
    .split('\n')
    .filter((line) => /^\+ /.test(line));
  expect(added.map((line) => line.slice(1).trim())).toEqual([
    'power: { count: { FY2026: { value: 412.5, low: 300, high: 650 }, FY2027: 460 }, unit: MW }',
    'racks: { per: power, ratio: 1056/132 }',
    'servers: { per: racks, ratio: { FY2026: 4, FY2026Q3: 0.5 } }',
    'halls: { count: 9000 }',
    'life: { value: 18 quarters, low: 12 quarters, high: 24 quarters }',
    'halls: { life: 2 years, price: { value: 3m CNY, unit: hall } }',
  ]);
});

describe('says why not', () => {
  it.each([
    ['components.servers.life', '18.5', '`18.5 quarters` is not a life'],
    ['components.servers.life', '0', '`0 quarters` is not a life'],
    ['components.servers.life', '5 years', '`5 years` is no number'],
    ['components.servers.life', '30', '`high` is below the value of 30 quarters'],
    [`${UNITS}.racks.ratio`, '-1', 'a ratio of units of `-132/132` is below zero'],
    [`${UNITS}.power.count.FY2027`, '-1', 'a number of units of `-1` is below zero'],
    [`${UNITS}.power.count.FY2027`, '460 MW', '`460 MW` is no number'],
    [`${UNITS}.power.count.FY2026`, '=400+12', 'a formula in an input'],
  ])('%s of %s: %s', (path, text, message) => {
    const { diagnostics, files } = imported({ [path]: text });
    expect(diagnostics.map((one) => one.message)).toEqual([message]);
    expect(files).toEqual([]);
  });
});
