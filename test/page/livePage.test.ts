/** The live page in a browser: it agrees with the command to the last byte, and asks nobody for anything. */
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM, openBrowser, openFile } from '../support/browser.js';
import { ROOT, capex, folder, scenario } from '../support/capex.js';
import { dice, type Dice } from '../support/dice.js';
import { runHere } from '../support/inProcess.js';

const ALIBABA = 'scenarios/alibaba-380bn.yaml';
const FILES = [ALIBABA, 'scenarios/alibaba-rolling.yaml', 'scenarios/china-cloud.yaml'];

async function report(files: readonly string[], cwd = ROOT): Promise<string> {
  const path = join(folder(), 'report.html');
  const made = await capex(['report', ...files, '-o', path, '--quiet'], { cwd });
  expect(made).toEqual({ code: 0, out: '', err: '' });
  return path;
}

/** The numbers of the words of a command line; a page writes a word in quotes where a shell needs them. */
function wordsOf(line: string): string[] {
  const words = line.match(/(?:[^\s']|'[^']*')+/g) ?? [];
  return words.map((word) => word.replaceAll("'", ''));
}

/** What a reader does with one input: moves its slider to a step, or types a value. */
type Act = { readonly control: number } & ({ readonly step: number } | { readonly text: string });

function actsOf({ int, pick, chance }: Dice, controls: number): readonly Act[] {
  return Array.from({ length: 1 + int(3) }, () => {
    const control = int(controls);
    if (chance(70)) return { control, step: int(101) };
    return {
      control,
      text: pick(['400bn CNY', '3333亿 CNY', '33%', '7.31', '0', 'none', '12.5%']),
    };
  });
}

/** Runs in the page: acts from a fresh start each time, and returns the commands that it names and the CSV that it copies. */
const ACT = `(settings) => settings.map((acts) => {
  document.querySelector('[data-reset-all]').click();
  const ranged = [...document.querySelectorAll('.control')].filter((one) => one.querySelector('[type=range]'));
  for (const { control, step, text } of acts) {
    const field = ranged[control % ranged.length].querySelector(text === undefined ? '[type=range]' : '[type=text]');
    field.value = text ?? step;
    field.dispatchEvent(new Event(text === undefined ? 'input' : 'change', { bubbles: true }));
  }
  document.querySelector('[data-copy=csv]').click();
  return { line: document.getElementById('command').textContent, csv: copied };
})`;

/** How many random settings are tried: more when the page has changed. */
const SETTINGS = Number(process.env['CAPEX_SETTINGS'] ?? 40);

// A test opens some hundred dialogs.
const LONG = { timeout: 180_000 };

describe.skipIf(!CHROMIUM)('the page in Chromium, where that is installed', LONG, () => {
  let browser: Browser;
  let path: string;
  beforeAll(async () => {
    [browser, path] = await Promise.all([openBrowser(), report(FILES)]);
  });
  afterAll(() => browser.close());

  it('opens from disk without a complaint or a request, and is below 1.5 MB', async () => {
    const { page, complaints, requests } = await openFile(browser, path);
    expect(await page.textContent('h1')).toBe('Alibaba, RMB 380bn over three years');
    await page.click('[data-language]');
    expect(await page.textContent('#headlines-title')).toBe('主要数字');
    await page.selectOption('[data-choice=file]', '2');
    expect(await page.textContent('h1')).toContain('four buyers');
    await page.click('[data-theme-button]');
    await page.fill('#search', 'innolight');
    expect(await page.locator('#suppliers tbody tr').count()).toBe(4);
    expect({ complaints, requests }).toEqual({ complaints: [], requests: [] });
    expect(statSync(path).size).toBeLessThan(1_500_000);
  });

  it.each(['light', 'dark'] as const)('has no violation that axe-core finds, %s', async (theme) => {
    const { page } = await openFile(browser, path, { colorScheme: theme });
    await page.evaluate(readFileSync('node_modules/axe-core/axe.min.js', 'utf8'));
    const run = `axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + nodes[0].html))`;
    expect(await page.evaluate<string[]>(run)).toEqual([]);
    await page.locator('#suppliers [data-cell]').first().click();
    expect(await page.evaluate<string[]>(run)).toEqual([]);
  });

  it('draws the bars and the flow without a script, in the words of the scenario', async () => {
    const { page } = await openFile(browser, path, { javaScriptEnabled: false });
    expect(await page.locator('#bars svg path').count()).toBeGreaterThan(12);
    expect(await page.locator('#flow svg').textContent()).toContain('Inspur 浪潮信息');
    expect(await page.locator('.chart [style]').count()).toBe(0);
    for (const id of ['drivers', 'fan', 'rates']) {
      expect(await page.locator(`#${id} .chart svg path`).count()).toBeGreaterThan(3);
    }
    expect((await page.textContent('#drivers .chart'))!.replace(/\s/g, '')).toContain(
      'components.servers.suppliers.inspur.share',
    );
  });

  it('draws the bridge to the next scenario, its steps and both totals', async () => {
    const own = await report([ALIBABA, 'scenarios/alibaba-high.yaml']);
    const { page } = await openFile(browser, own, { javaScriptEnabled: false });
    const shown = await page.locator('#bridge .chart text').allTextContents();
    expect(shown).toEqual(expect.arrayContaining(['380.00', '+70.00', '450.00', 'envelope']));
    const other = await openFile(browser, path);
    expect(await other.page.textContent('#bridge')).toContain('the same component tree');
  });

  it('shows its numbers without a script', async () => {
    const { page } = await openFile(browser, path, { javaScriptEnabled: false });
    const text = await page.locator('main').innerText();
    for (const number of ['380.00', '52.99', '105,552', '195.07']) expect(text).toContain(number);
    expect(await page.locator('input').first().isVisible()).toBe(false);
  });

  it.each([0, 1, 2])(
    'copies the CSV of the command that it names, at random settings of file %i',
    async (file) => {
      const { page, complaints } = await openFile(browser, path, { fragment: `file=${file}` });
      const random = dice(Date.now());
      const count = SETTINGS * [0.7, 0.2, 0.1][file]!;
      const settings = Array.from({ length: count }, () => actsOf(random, 40));
      const call = `(${ACT})(${JSON.stringify(settings)})`;
      const found = await page.evaluate<{ line: string; csv: string }[]>(call);
      for (const { line, csv } of found) {
        const { out, err } = await runHere([...wordsOf(line).slice(1), '--quiet'], { cwd: ROOT });
        expect({ line, csv, err }).toEqual({ line, csv: out, err: '' });
      }
      expect(new Set(found.map(({ line }) => line)).size).toBeGreaterThan(count / 3);
      expect(complaints).toEqual([]);
    },
  );

  it('writes the changed inputs as a layer and as a link that lead to the numbers shown', async () => {
    const { page } = await openFile(browser, path);
    const control = page.locator('.control[data-path=envelope] [type=text]');
    await control.fill('400bn CNY');
    await control.press('Enter');
    await page.selectOption('[data-choice=closure]', 'volume');
    await page.waitForSelector('#layer');
    await page.click('[data-copy=csv]');
    const csv = await page.evaluate<string>('copied');
    const layer = await page.textContent('#layer');
    const cwd = folder();
    const parent = join(ROOT, ALIBABA);
    const text = layer!.replace('alibaba-380bn.yaml', parent);
    writeFileSync(join(cwd, 'layer.yaml'), text);
    const by = ['--by', 'fiscal_year,supplier', '--currency', 'CNY,USD'];
    const options = [...by, '--with', 'yoy,share,name', '--quiet'];
    const made = await runHere(['run', 'layer.yaml', ...options], { cwd });
    expect(made.out.replaceAll('alibaba-380bn-changed', 'alibaba-380bn')).toBe(csv);

    const link = (await page.evaluate<string>('location.hash')).slice(1);
    const again = await openFile(browser, path, { fragment: link });
    await again.page.click('[data-copy=csv]');
    expect(await again.page.evaluate('copied')).toBe(csv);
  });

  it('shows after moves what a page shows that is opened at their link', async () => {
    const { page } = await openFile(browser, path);
    const random = dice(Date.now());
    // The classes of a drawing are numbered on through the page.
    const shown = `['headlines', 'bars', 'suppliers', 'drivers', 'changes'].map((id) =>
      document.getElementById(id).innerHTML.trim().replace(/zr\\d+-cls-\\d+/g, ''))`;
    for (let i = 0; i < 4; i++) {
      await page.evaluate(`(${ACT})(${JSON.stringify([actsOf(random, 40)])})`);
      await page.waitForSelector('#page:not(.moving)');
      const fragment = (await page.evaluate<string>('location.hash')).slice(1);
      const fresh = await openFile(browser, path, { fragment });
      expect(await page.evaluate(shown)).toEqual(await fresh.page.evaluate(shown));
      await fresh.page.context().close();
    }
  });

  it('finds and sorts in the table of suppliers, and a link keeps both', async () => {
    const { page } = await openFile(browser, path);
    const shown = (one: typeof page) => one.locator('#suppliers tbody tr').allTextContents();
    await page.fill('#search', 'other');
    await page.selectOption('[data-choice=group]', 'FY2027');
    await page.click('[data-sort="2"]');
    await page.click('[data-sort="2"]');
    await page.waitForSelector('#page:not(.moving)');
    const fragment = (await page.evaluate<string>('location.hash')).slice(1);
    expect(fragment).toBe('group=FY2027&find=other&sort=2');
    const fresh = await openFile(browser, path, { fragment });
    expect((await shown(page)).length).toBe(3);
    expect(await shown(fresh.page)).toEqual(await shown(page));
    expect(await fresh.page.inputValue('#search')).toBe('other');
    expect(await fresh.page.inputValue('[data-choice=group]')).toBe('FY2027');
    const order = await fresh.page.locator('th[aria-sort=ascending]').count();
    expect(order).toBe(1);
  });

  it('keeps the last valid numbers, and says what is wrong', async () => {
    const { page } = await openFile(browser, path);
    const shown = await page.textContent('#suppliers');
    const control = page.locator('.control', { hasText: 'servers.suppliers.inspur.share' }).first();
    await control.locator('[type=text]').fill('95%');
    await control.locator('[type=text]').press('Enter');
    expect(await page.textContent('#problem')).toContain('130%');
    expect(await page.textContent('#suppliers')).toBe(shown);
    await control.locator('[data-reset]').click();
    expect(await page.textContent('#problem')).toBe('');
  });

  it('chooses a scenario by its title, and money follows the language', async () => {
    const { page } = await openFile(browser, path);
    const titles = await page.locator('[data-choice=file] option').allTextContents();
    expect(titles.map((title) => title.trim())).toEqual([
      'Alibaba, RMB 380bn over three years',
      'Alibaba, RMB 380bn with one year reported',
      expect.stringContaining('four buyers'),
    ]);
    await page.click('[data-language]');
    const text = (await page.textContent('#headlines'))! + (await page.textContent('#drivers'))!;
    expect(text).toContain('3,800.00');
    expect(text).toContain('亿元');
    expect(text).not.toMatch(/\bbn\b|guided/);
    expect(await page.inputValue('[data-choice=unit]')).toBe('亿');
    const closures = await page.locator('[data-choice=closure] option').allTextContents();
    expect(closures.map((one) => one.trim())).toEqual([
      ...['按情景设定', '金额不变', '数量不变', '等比缩放'],
    ]);
    expect(await page.textContent('#bridge')).toContain('部件结构相同');
    const words = await page.locator('#main > section > div').allTextContents();
    expect(words.join(' ')).not.toMatch(/\b(budget|volume|scale|unassigned|range of)\b/);
    expect(words.join(' ')).toContain('未指明供应商');
  });

  it('offers fiscal years where its buyers have them in common, also after another file', async () => {
    const { page } = await openFile(browser, path);
    await page.selectOption('[data-choice=time]', 'fiscal_half');
    await page.selectOption('[data-choice=file]', '2');
    expect(await page.inputValue('[data-choice=time]')).toBe('calendar_year');
    const times = await page.locator('[data-choice=time] option').allTextContents();
    expect(times.map((time) => time.trim()).join()).toBe(
      'calendar year,calendar half,calendar quarter,supplier year',
    );
    expect(await page.locator('main .problem').count()).toBe(0);
    expect(await page.locator('#suppliers tbody tr').count()).toBeGreaterThan(20);
    await page.selectOption('[data-choice=file]', '0');
    expect(await page.inputValue('[data-choice=time]')).toBe('fiscal_half');
  });

  it('offers a plan that follows from units the closure that it has, also after another file', async () => {
    const own = await report([ALIBABA, 'scenarios/gigawatt.yaml']);
    const { page } = await openFile(browser, own);
    await page.selectOption('[data-choice=closure]', 'budget');
    await page.selectOption('[data-choice=file]', '1');
    const values = await page.evaluate<string[]>(
      `[...document.querySelector('[data-choice=closure]').options].map(({ value }) => value)`,
    );
    expect(values).toEqual(['', 'volume']);
    expect(await page.locator('main .problem').count()).toBe(0);
  });

  it('has room for long names on a phone of 320 pixels and on paper, and Chinese for what follows the window', async () => {
    const name = '深圳市某某某某某通信设备股份有限公司（含各地子公司及联营企业）';
    const text = scenario({ envelope: '1000bn' })
      .replace('title: Small', `title: ${name}`)
      .replace('name: Maker', `name: ${name}`);
    const cwd = folder({ 'view.yaml': text, 'other.yaml': text.replace('small', 'other') });
    const own = await report(['view.yaml', 'other.yaml'], cwd);
    const { page, complaints } = await openFile(browser, own, {
      viewport: { width: 320, height: 640 },
      fragment: 'lang=zh',
    });
    const width = 'document.documentElement.scrollWidth';
    expect(await page.evaluate(width)).toBe(320);
    const shown = (await page.textContent('#suppliers'))! + (await page.textContent('#groups'))!;
    expect(shown).toContain('FY2026 之后');
    expect(shown).not.toContain('after');
    await page.setViewportSize({ width: 700, height: 1000 });
    await page.emulateMedia({ media: 'print' });
    expect(await page.evaluate(width)).toBe(700);
    expect(complaints).toEqual([]);
  });

  it.each([
    'file=9&changes=x&%E0%A4%A',
    'closure=$(id)',
    'by=$(id)&of=nonsense&in=x',
    'by=supplier&closure=__proto__&lang=x&file=-1&group=FY1999&sort=99-down',
    'sort=-1&sort=x&group=',
  ])('takes from a link what it knows, and nothing else: %s', async (fragment) => {
    const { page, complaints, requests } = await openFile(browser, path, { fragment });
    const shown = await openFile(browser, path);
    const main = async (one: typeof page) => (await one.textContent('#main'))!.replace(/\s+/g, ' ');
    expect(await main(page)).toBe(await main(shown.page));
    expect({ complaints, requests }).toEqual({ complaints: [], requests: [] });
  });

  it('puts a plan beside its estimate in units, where the scenario has one', async () => {
    expect(await (await openFile(browser, path)).page.locator('#units').count()).toBe(0);
    const own = await report(['scenarios/alibaba-units.yaml']);
    const { page } = await openFile(browser, own, { javaScriptEnabled: false });
    const shown = (await page.textContent('#units'))!.replace(/\s+/g, ' ');
    expect(shown).toContain('FY2026 52.7846.15-6.63-12.5535,18430,768');
    expect(shown).toContain('what would close each gap alone');
    expect(await page.locator('#bridge').count()).toBe(0);
  });

  it.each(['en', 'zh'])(
    'opens how a number is computed, and gives the focus back, %s',
    async (lang) => {
      const fragment = `lang=${lang}&set=envelope%3D400bn+CNY&closure=volume&in=1`;
      const { page, complaints } = await openFile(browser, path, { fragment });
      const number = page.locator('#suppliers [data-cell="inspur@FY2027:demand.CNY"]');
      await number.click();
      const command = await page.textContent('dialog .command');
      expect(command).toContain('inspur@FY2027:demand.CNY --closure volume --set ');
      const options = [...wordsOf(command!).slice(1), '--lang', lang, '--quiet'];
      const { out } = await runHere(options, { cwd: ROOT });
      const head = (await page.textContent('dialog .head'))!.trim();
      expect(out.split('\n')[0]).toBe(head);
      expect(head).toContain((await number.textContent())!.trim());
      const words = (text: string) => text.replace(/[│├└─\s]/g, '');
      const shown = (await page.locator('dialog .tree .head').allTextContents()).map(words);
      expect(words(out)).toContain(shown[1]);
      expect(words(out)).toContain(shown.at(-1));
      await page.keyboard.press('Escape');
      expect(await page.locator('dialog[open]').count()).toBe(0);
      expect(await number.evaluate((one) => one === one.ownerDocument.activeElement)).toBe(true);
      await page.keyboard.press('Enter');
      await page.click('[data-close]');
      expect(await page.locator('dialog[open]').count()).toBe(0);
      expect(complaints).toEqual([]);
    },
  );

  it('has room for its charts on a phone, and no violation that axe-core finds', async () => {
    const { page, complaints } = await openFile(browser, path, {
      viewport: { width: 390, height: 844 },
      colorScheme: 'dark',
      fragment: 'lang=zh&file=2',
    });
    await page.locator('#fan > .chart.narrow').waitFor();
    expect(await page.locator('.chart:not(.narrow)').count()).toBe(0);
    const width = 'document.documentElement.scrollWidth';
    expect(await page.evaluate(width)).toBe(390);
    await page.evaluate(readFileSync('node_modules/axe-core/axe.min.js', 'utf8'));
    const run = `axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + nodes[0].html))`;
    expect(await page.evaluate<string[]>(run)).toEqual([]);
    await page.setViewportSize({ width: 1200, height: 800 });
    await page.locator('#fan > .chart:not(.narrow)').waitFor();
    expect(complaints).toEqual([]);
  });

  it.each([
    ['', 'servers', 'fiscal_half'],
    ['lang=zh&set=envelope%3D400bn+CNY&closure=scale', 'inspur', 'fiscal_year'],
    ['file=2&in=1', 'innolight', 'calendar_year'],
  ])('simulates as the command that it names does, at %j', async (fragment, of, time) => {
    const { page, complaints, requests } = await openFile(browser, path, { fragment });
    await page.selectOption('#fan-section [data-choice=of]', of);
    await page.selectOption('[data-choice=time]', time);
    expect(await page.inputValue('#drivers-section [data-choice=of]')).toBe(of);
    const command = page.locator('#fan > .command code');
    await page.locator('#fan > .command', { hasText: `${of}@` }).waitFor();
    const line = wordsOf((await command.textContent())!).slice(1);
    const { out } = await capex([...line, '--quiet']);
    const printed = out.split('\n').flatMap((line) => {
      const [, , statistic, , value] = line.split(',');
      return statistic === 'mean' || statistic === 'quantile' ? [value] : [];
    });
    const cells = await page.locator('#fan > .scroll td').allTextContents();
    expect(cells.map((cell) => cell.replaceAll(',', ''))).toEqual(printed);
    expect(printed.length).toBeGreaterThan(12);
    expect(await page.locator('#drivers .chart').textContent()).toContain('envelope');
    expect({ complaints, requests }).toEqual({ complaints: [], requests: [] });
  });

  it('simulates anew when an input has moved, and keeps the simulation that it was written with', async () => {
    const { page } = await openFile(browser, path);
    const written = await page.locator('#fan > .scroll').textContent();
    expect(written).toContain('18.18');
    const control = page.locator('.control[data-path=envelope] [type=text]');
    await control.fill('200bn CNY');
    await control.press('Enter');
    await page.locator('#fan > .command', { hasText: '200bn' }).waitFor();
    expect(await page.locator('#fan > .scroll').textContent()).not.toBe(written);
    await page.click('[data-reset-all]');
    await page.locator('#fan > .command', { hasNotText: '200bn' }).waitFor();
    expect(await page.locator('#fan > .scroll').textContent()).toBe(written);
  });

  it('leaves the simulation of a large scenario to the reader', async () => {
    const makers = Array.from(
      { length: 300 },
      (_, i) => `m${i}: { share: 0.1%, assumption: a share }`,
    );
    const text = scenario({ calendar: 'from: FY2026, to: FY2026, period: month' })
      .replace('inspur: { share: 30%, assumption: a share }', makers.join(', '))
      .replace('quarters: [50%', 'months: [50%')
      .replace(/^envelope: .*/m, 'envelope: { value: 1000 CNY, low: 900 CNY, high: 1100 CNY }');
    const cwd = folder({ 'view.yaml': text });
    const { page } = await openFile(browser, await report(['view.yaml'], cwd));
    await page.click('[data-simulate]');
    await page.waitForSelector('#fan > .scroll');
    expect(await page.locator('#fan svg').count()).toBe(1);
  });

  it('explains numbers of changed rates where these move over the window, and no name of two things', async () => {
    const text = scenario({ calendar: 'from: FY2026, to: FY2027' })
      .replace('maker: rest }', 'maker: { share: 30%, assumption: a share }, optics: rest }')
      .replace(
        'fx: {',
        'fx: { closure: volume, path: { USD: { FY2027: { value: 6, name: a rate } } },',
      )
      .replace('price: { value: 10 CNY,', 'price: { value: 2 USD,');
    const cwd = folder({ 'view.yaml': text });
    const { page, complaints } = await openFile(browser, await report(['view.yaml'], cwd), {
      fragment: 'in=1',
    });
    const cells = await page.evaluate<[string, string][]>(`
      [...document.querySelectorAll('[data-shock]:not([data-effect])')].map((button) => {
        button.click();
        const head = document.querySelector('dialog .head').textContent;
        document.querySelector('dialog').close();
        return [button.textContent, / = ([\\d,.]+) /.exec(head)[1]];
      })`);
    expect(cells.length).toBe(15);
    expect(new Set(cells.map(([shown]) => shown)).size).toBeGreaterThan(4);
    for (const [shown, explained] of cells) expect(explained).toBe(shown);
    expect(await page.locator('#suppliers [data-cell^="optics@"]').count()).toBe(0);
    expect(await page.locator('#bars [data-cell^="optics@"]').count()).toBe(2);
    expect(complaints).toEqual([]);
  });

  it.each([
    ['1000', '1', '1,000.00'],
    ['9999.99', '1', '9,999.99'],
    ['12345678', 'm', '12.35'],
    ['123bn', 'bn', '123.00'],
  ])('prints a plan of %s CNY in the unit %s', async (envelope, unit, total) => {
    const cwd = folder({ 'plan.yaml': scenario({ envelope }) });
    const { page } = await openFile(browser, await report(['plan.yaml'], cwd));
    expect(await page.inputValue('[data-choice=unit]')).toBe(unit);
    expect(await page.locator('#headlines .value').first().textContent()).toBe(total);
  });

  it('leads from number to number by arrow keys, with one stop of Tab in a table', async () => {
    const { page } = await openFile(browser, path);
    const cell = () =>
      page.evaluate<string>(
        'document.activeElement.dataset.cell + (document.activeElement.dataset.shock ?? "")',
      );
    expect(await page.locator('#suppliers [data-cell][tabindex="0"]').count()).toBe(1);
    await page.locator('#suppliers [data-cell]').first().focus();
    const way = ['ArrowRight', 'ArrowDown', 'ArrowLeft', 'End', 'ArrowUp', 'Home', 'ArrowUp'];
    const found = [await cell()];
    for (const key of way) {
      await page.keyboard.press(key);
      found.push(await cell());
    }
    expect(found).toEqual([
      'inspur@FY2026:demand.CNY',
      'inspur@FY2026:demand.USD',
      'huaqin@FY2026:demand.USD',
      'huaqin@FY2026:demand.CNY',
      'huaqin@FY2026:demand.CNY.share',
      'inspur@FY2026:demand.CNY.share',
      'inspur@FY2026:demand.CNY',
      'inspur@FY2026:demand.CNY',
    ]);
    expect(await page.locator('#suppliers [data-cell][tabindex="0"]').count()).toBe(1);
    const sort = page.locator('[data-sort="2"]');
    await sort.click();
    await page.waitForTimeout(400);
    expect(await sort.evaluate((one) => one === one.ownerDocument.activeElement)).toBe(true);
  });

  it.each([0, 1, 2])('explains every number by one that is printed so, file %i', async (file) => {
    const fragment = `file=${file}&in=1`;
    const { page, complaints } = await openFile(browser, path, { fragment });
    const cells = await page.evaluate<[string, string, string, string?][]>(`
      [...document.querySelectorAll('[data-cell]:not([data-effect])')].map((button) => {
        button.click();
        const [head, whole] = [...document.querySelectorAll('dialog .tree')]
          .map((tree) => tree.querySelector('.head').textContent.trim());
        document.querySelector('dialog').close();
        return [button.dataset.cell, button.textContent.trim(), head, whole];
      })`);
    expect(cells.length).toBeGreaterThan(100);
    expect(cells.some(([cell]) => cell.endsWith('.yoy'))).toBe(true);
    const valueOf = (head: string) => / = ([\d,.-]+)( \S+|%)/.exec(head)?.[1] ?? head;
    const numberOf = (text: string) => Number.parseFloat(text.replaceAll(',', ''));
    for (const [cell, text, head, whole] of cells) {
      const value = valueOf(head);
      const percent = whole ? (100 * numberOf(value)) / numberOf(valueOf(whole)) : undefined;
      const isGrowth = cell.endsWith('.yoy');
      const ratio = percent === undefined ? numberOf(value) : percent - (isGrowth ? 100 : 0);
      const isRatio = /\.(yoy|share)$/.test(cell);
      if (isRatio) expect(Math.abs(ratio - numberOf(text))).toBeLessThan(0.051);
      else expect(`${cell} ${value}`).toBe(`${cell} ${text}`);
    }
    const shocked = page.locator('[data-shock="USD=-10%"][data-closure=volume][data-effect]');
    await shocked.first().click();
    expect(await page.locator('dialog .tree').count()).toBe(2);
    expect(complaints).toEqual([]);
  });

  it('shows names that look like markup or like a formula as text', async () => {
    const name = '"<img src=x onerror=alert(1)>"';
    const text = scenario({ servers: name })
      .replaceAll('assumption: a share', `assumption: ${name}`)
      .replace('title: Small', 'title: "</script><script>alert(2)</script><!--"')
      .replace('name: Maker', 'name: "=cmd()"')
      .replace('suppliers: { maker', `suppliers: { inspur: { name: ${name} }, maker`);
    const cwd = folder({ 'view.yaml': text });
    const { page, complaints } = await openFile(browser, await report(['view.yaml'], cwd));
    const found = await page.locator('#suppliers tbody th').allTextContents();
    expect(found).toEqual(expect.arrayContaining(['<img src=x onerror=alert(1)>', '=cmd()']));
    expect(await page.textContent('h1')).toBe('</script><script>alert(2)</script><!--');
    await page.locator('#suppliers [data-cell]').first().click();
    expect(await page.textContent('dialog .tree')).toContain('assumption: <img src=x onerror');
    expect(await page.locator('img').count()).toBe(0);
    expect(complaints).toEqual([]);
  });
});

it('embeds no folder above the files that it shows', async () => {
  const cwd = folder();
  const names = [
    join(ROOT, 'scenarios/alibaba-units.yaml'),
    join(ROOT, 'scenarios/china-cloud.yaml'),
  ];
  const made = await capex(['report', ...names, '-o', 'x.html', '--quiet'], { cwd });
  expect(made).toEqual({ code: 0, out: '', err: '' });
  const html = readFileSync(join(cwd, 'x.html'), 'utf8');
  expect(html).not.toContain(ROOT);
  expect(html).toContain('capex run alibaba-units.yaml --by');
  expect(html).toContain('"name":"evidence/rates.yaml"');
});

it('a scenario with errors gives no page', async () => {
  const cwd = folder({ 'view.yaml': 'scenario: x\n' });
  const made = await capex(['report', 'view.yaml', '-o', 'x.html'], { cwd });
  expect(made.code).toBe(1);
  expect(made.err).toContain('error[key-missing]');
  expect(() => readFileSync(join(cwd, 'x.html'))).toThrow('ENOENT');
  expect((await capex(['report', ALIBABA, '-o', 'x.pdf'])).err).toContain('.html');
});
