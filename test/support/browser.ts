/** A real browser, as a reader has it: pages from disk, without a network. */
import { spawnSync } from 'node:child_process';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';

const PATH = spawnSync('which', ['chromium'], { encoding: 'utf8' }).stdout.trim();
/** Whether there is a browser; without one, tests of the page say that they skip. */
export const CHROMIUM = PATH !== '';

export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: PATH, args: ['--no-sandbox'] });
}

/** A page that is open, and what it has said and asked for. */
export interface OpenPage {
  readonly page: Page;
  /** Warnings and errors of the console, and errors of the script. */
  readonly complaints: readonly string[];
  /** Requests for anything but the page itself. */
  readonly requests: readonly string[];
}

/**
 * Opens a file without a network. What the page copies is in `copied` of its window.
 *
 * @param fragment the part of the address behind `#`
 */
export async function openFile(
  browser: Browser,
  path: string,
  { fragment = '', ...options }: BrowserContextOptions & { readonly fragment?: string } = {},
): Promise<OpenPage> {
  const context = await browser.newContext({ ...options, offline: true });
  const page = await context.newPage();
  const [complaints, requests]: [string[], string[]] = [[], []];
  page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => {
    if (request.url() !== `file://${path}`) requests.push(request.url());
  });
  await page.addInitScript(
    `navigator.clipboard.writeText = async (text) => { window.copied = text; };`,
  );
  await page.goto(`file://${path}#${fragment}`);
  return { page, complaints, requests };
}
