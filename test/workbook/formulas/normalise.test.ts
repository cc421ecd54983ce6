/** Formulas of different programs compare as equal if they mean the same, and only then. */
import { expect, it } from 'vitest';
import { normalForm, shifted } from '../../../src/workbook/formulas/normalise.js';

it.each([
  ["SUM('Forecast'!$G$2:$G$9)", 'SUM(Forecast!$G$2:$G$9)'],
  ["'Inputs 1 a-b'!$B$4", "'Inputs 1 a-b'!$B$4"],
  ['IF(A1<=1E-12,"OK","FAIL")', 'IF( A1 <= 0.000000000001, "OK", "FAIL" )'],
  ['sum(a1,0.50)', 'SUM(A1,0.5)'],
  ['SUM(A1)', 'of:=SUM(A1)'],
  ['CONCAT(A1)', '_xlfn.CONCAT(A1)'],
  ['SUM(C19)', 'SUM(C19:C19)'],
  ["SUM('Plan'!$C$19)", 'SUM(Plan!$C$19:$C$19)'],
  ['SUM(C1:C2)', 'SUM( C1 : C2 )'],
])('%s equals %s', (a, b) => {
  expect(normalForm(a)).toBe(normalForm(b));
});

it.each([
  ['A1+B1', 'A1+B2'],
  ['$A1', 'A1'],
  ['"OK"', '"Ok"'],
  ['"a b"', '"ab"'],
  ['A1*1.1', 'A1*1.2'],
  ["'Plan'!A1", "'Exact'!A1"],
  ['SUM(C19:C20)', 'SUM(C19)'],
  ['SUM(C19:$C$19)', 'SUM(C20)'],
])('%s differs from %s', (a, b) => {
  expect(normalForm(a)).not.toBe(normalForm(b));
});

it.each([
  ['A1+$B1+C$1+$D$1', 'B3+$B3+D$1+$D$1'],
  ["SUM('Plan'!A1:Z9)", "SUM('Plan'!B3:AA11)"],
  ['IF(A1="A1",1,0)', 'IF(B3="A1",1,0)'],
])('%s, shared with the cell below and to the right, is %s there', (formula, there) => {
  expect(shifted(formula, { row: 0, column: 0 }, { row: 2, column: 1 })).toBe(there);
});

const NAMES = {
  own: 'Plan',
  madeName: (name: string) => (name.toUpperCase() === "LI'S PLAN" ? 'Plan' : name),
};

it.each([
  ["'Li''s plan'!A1", "'Plan'!A1"],
  ["'Li''s plan'!A1+Inputs!B2", "A1+'Inputs'!B2"],
  ['Plan!A1:A2', 'A1:A2'],
])('%s equals %s on the sheet Plan, which is now called Li’s plan', (a, b) => {
  expect(normalForm(a, NAMES)).toBe(normalForm(b, NAMES));
});

it('keeps the names of other sheets', () => {
  expect(normalForm("'Exact'!A1", NAMES)).not.toBe(normalForm('A1', NAMES));
});
