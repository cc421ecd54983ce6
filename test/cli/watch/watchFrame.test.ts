/** The page that is watched, in a browser: it follows every save, and a reader stays where they were. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM, openBrowser } from '../../support/browser.js';
import { folder, scenario } from '../../support/capex.js';
import { until, watching, type Watching } from '../../support/watching.js';

const HOSTILE = '<img src=x onerror=alert(1)>';

describe.skipIf(!CHROMIUM)('the page that is watched, in Chromium where that is installed', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  /** The page of a scenario, what the browser complains of, and all that it asks for. */
  async function opened(text: string, ...options: readonly string[]) {
    const cwd = folder({ 'a.yaml': text });
    const watch = watching(cwd, ['a.yaml', '--page', ...options]);
    await watch.shows('http://');
    const url = watch.printed.out.trim();
    const page = await (await browser.newContext()).newPage();
    const [complaints, requests]: [string[], string[]] = [[], []];
    page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('request', (request) => requests.push(request.url()));
    await page.goto(url);
    const save = (next: string) => writeFileSync(join(cwd, 'a.yaml'), next);
    return { watch, url, page, complaints, requests, save };
  }

  const forecast = (page: Page) => page.frameLocator('iframe:not(.coming)');
  const shows = (page: Page, number: string) =>
    forecast(page).locator('#headlines').getByText(number).first().waitFor();
  const stop = async (watch: Watching) => expect((await watch.stop()).code).toBe(130);

  it('changes its headline at a save, and the reader stays where they were', async () => {
    const { watch, url, page, complaints, requests, save } = await opened(
      scenario({ envelope: '1000bn' }),
    );
    await shows(page, '1,000.00');
    expect(await page.title()).toBe('Small');
    const reader = forecast(page);
    await reader.locator('[data-choice=unit]').selectOption('1');
    await reader.locator('#search').fill('m');
    await reader.locator('[data-sort="0"]').click();
    const suppliers = () => reader.locator('#suppliers tbody th').allTextContents();
    const order = await suppliers();
    expect(order.length).toBeGreaterThan(0);
    await reader.locator('[data-theme-button]').click();
    await reader.locator('#evidence').scrollIntoViewIfNeeded();
    const placeOf = () => reader.locator('html').evaluate('window.scrollY');
    const place = await placeOf();
    expect(place).toBeGreaterThan(100);
    const theme = await reader.locator('html').getAttribute('data-theme');
    expect(theme).toMatch(/dark|light/);
    await page.waitForURL(/#in=1&find=m&sort=0-down$/);

    save(scenario({ envelope: '2345bn' }));
    await shows(page, '2,345,000,000,000.00');
    expect(await reader.locator('[data-choice=unit]').inputValue()).toBe('1');
    expect(await reader.locator('html').getAttribute('data-theme')).toBe(theme);
    expect(await placeOf()).toBe(place);
    expect(await reader.locator('#search').inputValue()).toBe('m');
    expect(await reader.locator('[aria-sort=descending] [data-sort="0"]').count()).toBe(1);
    expect(await suppliers()).toEqual(order);
    expect(await page.locator('#told').isVisible()).toBe(true); // the scenario has a warning
    expect(await page.locator('#problems').isVisible()).toBe(false);

    await page.reload();
    await shows(page, '2,345,000,000,000.00');
    expect(await reader.locator('[data-choice=unit]').inputValue()).toBe('1');
    const root = url.replace(/#.*/, '');
    expect(requests.filter((one) => !one.startsWith(root))).toEqual([]);
    expect(complaints).toEqual([]);

    expect(await page.locator('#ended').isVisible()).toBe(false);
    await stop(watch);
    await page.locator('#ended').waitFor();
    await shows(page, '2,345,000,000,000.00');
  });

  it('shows the problems of a broken save as text, above the last good numbers', async () => {
    const { watch, page, complaints, save } = await opened(scenario({ envelope: '1000bn' }));
    await shows(page, '1,000.00');
    save(scenario({ envelope: '9bn' }).replace('view: {', `"${HOSTILE}": {`));
    await page.locator('#told.broken').waitFor();
    expect(await page.locator('#summary').textContent()).toMatch(/^1 file: [12] errors?, /);
    expect(await page.locator('#problems').innerText()).toContain(HOSTILE);
    expect(await page.locator('#old').isVisible()).toBe(true);
    expect(await page.locator('#none').isVisible()).toBe(false);
    await shows(page, '1,000.00');

    const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
    for (const frame of page.frames()) await frame.evaluate(axe);
    const call = `axe.run().then(({ violations }) => violations.map(({ id }) => id))`;
    expect(await page.evaluate(call)).toEqual([]);

    save(scenario({ servers: `"${HOSTILE}"`, envelope: '3456bn' }));
    await page.locator('#told:not(.broken)').waitFor();
    await shows(page, '3,456.00');
    expect(await forecast(page).locator('body').innerText()).toContain(HOSTILE);
    expect(await page.locator('img').count()).toBe(0);
    expect(await forecast(page).locator('img').count()).toBe(0);
    expect(complaints).toEqual([]);
    await stop(watch);
  });

  it('begins with a file that has errors, in Chinese, and with changed inputs', async () => {
    const options = ['--lang', 'zh', '--set', 'envelope=7000bn CNY'];
    const { watch, page, complaints, save } = await opened('scenario: [', ...options);
    await page.locator('#none').waitFor();
    expect(await page.locator('#none').textContent()).toBe('文件有错误，尚无数字。');
    expect(await page.locator('iframe').count()).toBe(0);
    save(scenario());
    await shows(page, '7,000,000,000,000.00');
    const changed = forecast(page).locator('#layer');
    await until(
      async () => (await changed.textContent())!.includes('7000bn CNY'),
      () => 'the change',
    );
    expect(await forecast(page).locator('#headlines-title').textContent()).toBe('主要数字');
    expect(await page.locator('html').getAttribute('lang')).toBe('zh');
    expect(complaints).toEqual([]);
    await stop(watch);
  });
});
