/** `check --resolved`: the effective file says who gave each value, and loads to the same forecast. */
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { success } from '../../src/core/result.js';
import { writeRemarked } from '../../src/formats/text.js';
import { wordsOf } from '../../src/model/claims.js';
import { effectiveFile } from '../../src/scenario/effective.js';
import { load } from '../../src/scenario/load.js';
import type { Scenario } from '../../src/scenario/scenario.js';
import { SHIPPED, loaded } from '../support/cells.js';
import { numbers, told, toldOf } from '../support/forecasts.js';
import { shipped } from '../support/schema.js';

const written = (scenario: Scenario) => writeRemarked(effectiveFile(scenario));

/** What a forecast tells, without the paths of its ledgers: the effective file has their claims. */
function withoutPaths(forecast: unknown): unknown {
  const isList = (key: string, value: unknown) => key === 'evidence' && Array.isArray(value);
  const text = JSON.stringify(forecast, (key, value: unknown) =>
    isList(key, value) ? undefined : value,
  );
  return JSON.parse(text);
}

describe('the effective file of a shipped scenario', () => {
  it.each(shipped)('%s loads to an equal forecast', (_, text) => {
    expect(withoutPaths(toldOf(written(loaded(text))))).toEqual(withoutPaths(toldOf(text)));
  });

  it.each(shipped)('%s loads to equal numbers under `--set`', (_, text) => {
    // A change on the command line needs no reason; in a file it does.
    const set = ['envelope=390bn CNY', 'phasing=even', 'fx.closure=volume', 'title="a: b, # c"'];
    const { scenario, diagnostics } = load(text, { ...SHIPPED, set });
    const again = load(written(scenario!), SHIPPED);
    expect(numbers(again)).toEqual(numbers({ scenario, diagnostics }));
  });

  it.each(shipped)('%s says who gave each value', (_, text) => {
    const lines = written(loaded(text)).trimEnd().split('\n');
    const values = lines.filter((line) => !/^ *(- )?[^ ]+:$/.test(line));
    expect(values.filter((line) => !/ {2}# scenarios\/[^ ]+:\d+$/.test(line))).toEqual([]);
  });

  it.each(shipped)('%s needs no other file, and has the same ledger', (_, text) => {
    const whole = loaded(text);
    const alone = load(written(whole));
    expect(withoutPaths(told(alone))).toEqual(withoutPaths(toldOf(text)));
    const claims = (scenario: Scenario) =>
      [...scenario.ledger.claims].map(([id, claim]) => [id, claim!.places, wordsOf(claim!)]);
    expect(claims(alone.scenario!)).toEqual(claims(whole));
  });

  it.each(shipped)('%s extends no file, and has no further effective file', (_, text) => {
    const once = written(loaded(text));
    expect(parse(once)).not.toHaveProperty('extends');
    const values = (file: string) => file.replace(/ +#.*/g, '');
    expect(values(written(loaded(once)))).toBe(values(once));
  });
});

it('a text with marks that nobody sees is written with escapes, and reads as it was', () => {
  const text = 'A \u200Fturned\u200E \u00A0 \uFEFF \u2028 \u{E0041} \u00AD"quoted" \u3164 name';
  const set = [`title=${JSON.stringify(text)}`];
  const file = written(loaded('extends: alibaba-380bn.yaml\n', set));
  expect(file).toContain('title: "A \\u200Fturned\\u200E \\u00A0 \\uFEFF \\u2028 \\U000E0041 ');
  const odd = /\p{Bidi_Control}|\p{Default_Ignorable_Code_Point}|[^\P{C}\n]|[\u00A0\u2028]/u;
  expect(file).not.toMatch(odd);
  expect(loaded(file).title).toBe(loaded('extends: alibaba-380bn.yaml\n', set).title);
});

it('names the layer that gave each value', () => {
  const layer = 'extends: alibaba-380bn.yaml\nenvelope: { low: 310bn CNY }\nphasing: even\n';
  const lines = written(loaded(layer, ['fx.closure=scale', 'envelope.high=460bn CNY'])).split('\n');
  const giver = (value: string) => lines.find((line) => line.includes(value))?.split('# ')[1];
  expect(giver('value: 380bn CNY')).toMatch(/^scenarios\/alibaba-380bn.yaml:\d+$/);
  expect(giver('low: 310bn CNY')).toBe('scenarios/scenario.yaml:2');
  expect(giver('high: 460bn CNY')).toBe('--set envelope.high');
  expect(giver('closure: scale')).toBe('--set fx.closure');
});

it('a layer over the effective file acts as over the original layers', () => {
  const chain = 'extends: alibaba-weak-yuan.yaml\nphasing: { growth: 5%, per: year }\n';
  const whole = written(loaded('extends: alibaba-weak-yuan.yaml\n'));
  const read: typeof SHIPPED.read = (request) =>
    request.path === 'whole.yaml'
      ? success({ name: 'scenarios/whole.yaml', text: whole })
      : SHIPPED.read(request);
  const over = load(chain.replace('alibaba-weak-yuan', 'whole'), { ...SHIPPED, read });
  expect(withoutPaths(told(over))).toEqual(withoutPaths(toldOf(chain)));
});
