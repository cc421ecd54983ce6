/** Sheets as pictures: well-formed, with no markup from the user, and with every bar in its place. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Sheet, SheetRow } from '../../src/core/table.js';
import { writeSvg } from '../../src/formats/svg.js';

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
}

const TAG = /<(\/?)([a-z]+)((?: [a-zA-Z0-9-]+="[^"<&]*")*)(\/?)>/y;

/** The elements of a picture; throws if it is not well-formed. */
function elementsOf(svg: string): readonly Element[] {
  const found: Element[] = [];
  const open: { name: string; attributes: Record<string, string>; text: string }[] = [];
  for (let at = 0; at < svg.length;) {
    TAG.lastIndex = at;
    const tag = TAG.exec(svg);
    if (!tag) {
      const [text] = /^(?:[^<>&]|&(?:amp|lt|gt);)+/.exec(svg.slice(at)) ?? [''];
      if (text === '') expect.fail(`no markup and no text: ${svg.slice(at, at + 40)}`);
      if (open.length > 0) open.at(-1)!.text += text;
      at += text.length;
      continue;
    }
    const [whole, closing, name, attributes, empty] = tag as unknown as [
      string,
      string,
      string,
      string,
      string,
    ];
    const named = [...attributes.matchAll(/ ([a-zA-Z0-9-]+)="([^"]*)"/g)].map(
      ([, key, value]) => [key!, value!] as const,
    );
    if (closing === '') open.push({ name, attributes: Object.fromEntries(named), text: '' });
    if (closing !== '' || empty !== '') {
      expect(open.at(-1)?.name).toBe(name);
      found.push(open.pop()!);
    }
    at += whole.length;
  }
  expect(open).toEqual([]);
  return found;
}

const unescaped = (text: string) =>
  text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
const textsOf = (svg: string) =>
  elementsOf(svg).flatMap(({ name, text }) => (name === 'text' ? [unescaped(text)] : []));
const barsOf = (svg: string) =>
  elementsOf(svg)
    .filter(({ name, attributes }) => name === 'rect' && attributes['height'] === '14')
    .map(({ attributes: { x, width, fill } }) => ({ x: Number(x), width: Number(width), fill }));

const part = (label: string, cells: string[], bar?: readonly [number, number]): SheetRow => ({
  label,
  depth: 0,
  kind: 'part',
  cells,
  ...(bar && { bar }),
});

const sheet = (rows: SheetRow[], more: Partial<Sheet> = {}): Sheet => ({
  title: 'Plan',
  caption: 'CNY bn',
  headings: rows[0]?.cells.map((_, i) => `FY${2026 + i}`) ?? [],
  rows,
  notes: [],
  ...more,
});

const swing = (label: string, low: [number, number], high: [number, number]): SheetRow => ({
  ...part(label, []),
  sides: { low: { bar: low, label: '1.00 at 10%' }, high: { bar: high, label: '3.00 at 30%' } },
});
const axis = { at: 400, label: 'at value: 2.00' };

describe('a sheet', () => {
  it('has all its texts, and a bar for each part', () => {
    const total: SheetRow = { label: 'total', depth: 0, kind: 'total', cells: ['3.00'] };
    const rows = [part('服务器', ['1.00'], [0, 500]), part('光模块', ['2.00'], [0, 1000]), total];
    const svg = writeSvg([sheet(rows, { notes: ['a note'] })]);
    expect(textsOf(svg)).toEqual(
      expect.arrayContaining([
        ...['Plan', 'CNY bn', 'FY2026', '服务器', '光模块', 'total', '1.00', '2.00', '3.00'],
        'a note',
      ]),
    );
    expect(barsOf(svg).map(({ width }) => width)).toEqual([120, 240]);
  });

  it('leaves room for Chinese labels, which are twice as wide', () => {
    const widthOf = (label: string) => {
      const { attributes } = elementsOf(writeSvg([sheet([part(label, ['1.00'])])])).at(-1)!;
      return Number(attributes['width']);
    };
    expect(widthOf('服务器服务器服务器')).toBe(widthOf('x'.repeat(18)));
  });

  it('stands below the one before it', () => {
    const one = sheet([part('a', ['1'])]);
    const height = (sheets: Sheet[]) =>
      Number(elementsOf(writeSvg(sheets)).at(-1)!.attributes['height']);
    expect(height([one, one])).toBeGreaterThan(2 * height([one]) - 2 * 16);
    expect(textsOf(writeSvg([one, one])).filter((text) => text === 'Plan')).toHaveLength(2);
    elementsOf(writeSvg([]));
  });

  it('is well-formed and shows its texts, whatever characters they have', () => {
    const word = fc.string({ unit: 'binary', maxLength: 8 });
    fc.assert(
      fc.property(word, word, word, word, (title, label, cell, note) => {
        const svg = writeSvg([sheet([part(label, [cell])], { title, notes: [note] })]);
        const clean = (text: string) => text.replace(/\p{Cc}|\p{Cs}|[\uFFFE\uFFFF]/gu, '�');
        expect(textsOf(svg)).toEqual(expect.arrayContaining([title, label, cell, note].map(clean)));
      }),
    );
    const markup = '<script>alert("1 & 2")</script>';
    expect(writeSvg([sheet([part(markup, [])])])).not.toContain('<script');
  });
});

describe('a tornado', () => {
  const rows = [swing('share', [0, 400], [400, 1000]), swing('price', [400, 700], [200, 400])];
  const svg = writeSvg([sheet(rows, { axis })]);
  const line = elementsOf(svg).find(({ name }) => name === 'line')!;

  it('has two tones that meet at the line of the base value', () => {
    const at = Number(line.attributes['x1']);
    // The longer side is drawn first: here that of the high share and of the low price.
    const [high, low, priceLow, priceHigh] = barsOf(svg);
    expect([low!.x + low!.width, high!.x]).toEqual([at, at]);
    expect([priceLow!.x, priceHigh!.x + priceHigh!.width]).toEqual([at, at]);
    expect(low!.fill).toBe(priceLow!.fill);
    expect(high!.fill).toBe(priceHigh!.fill);
    expect(low!.fill).not.toBe(high!.fill);
    expect(low!.width / high!.width).toBeCloseTo(400 / 600);
  });

  it('labels each end and the line of the base value', () => {
    const texts = elementsOf(svg).filter(({ name }) => name === 'text');
    const ends = texts.filter(({ text }) => text === '1.00 at 10%');
    expect(ends.map(({ attributes }) => attributes['text-anchor'])).toEqual(['end', undefined]);
    expect(texts.map(({ text }) => text)).toContain('at value: 2.00');
  });

  it('labels only the longer side when both sides lie on one side of the line', () => {
    const both = writeSvg([sheet([swing('lag', [100, 400], [300, 400])], { axis })]);
    expect(barsOf(both).map(({ width }) => width)).toEqual([96, 32]);
    expect(textsOf(both).filter((text) => text.includes(' at '))).toEqual(['1.00 at 10%']);
  });
});
