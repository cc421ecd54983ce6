/** Runs the command as a shell would, and makes the files that it is given. */
import { spawn, type StdioOptions } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const ROOT = new URL('../..', import.meta.url).pathname;
export const BIN = join(ROOT, 'bin/capex.js');

export interface Run {
  /** Exit code, as a shell counts: 128 and the number of the signal where one has ended it. */
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

interface Settings {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly stdio?: StdioOptions;
}

/** Nothing of the test runner's own environment, which asks for colour. */
const ENVIRONMENT = { PATH: process.env['PATH']!, HOME: tmpdir(), LANG: 'C.UTF-8', SHELL: 'bash' };

export function run(command: string, args: readonly string[], settings: Settings = {}) {
  const { cwd = ROOT, env = {}, stdio = 'pipe' } = settings;
  const child = spawn(command, args, { cwd, env: { ...ENVIRONMENT, ...env }, stdio });
  const texts = [child.stdout, child.stderr].map((stream) => {
    const chunks: Buffer[] = [];
    stream?.on('data', (chunk: Buffer) => chunks.push(chunk));
    return () => Buffer.concat(chunks).toString('utf8');
  });
  const signals: Partial<Record<NodeJS.Signals, number>> = { SIGINT: 2, SIGKILL: 9, SIGTERM: 15 };
  const done = new Promise<Run>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      const [out, err] = texts.map((text) => text());
      resolve({ code: code ?? 128 + signals[signal!]!, out: out!, err: err! });
    });
  });
  return { child, done };
}

export function capex(args: readonly string[], settings: Settings = {}): Promise<Run> {
  return run(process.execPath, [BIN, ...args], settings).done;
}

/** A line of bash in which `capex` is the command. */
export function bash(line: string, settings: Settings = {}): Promise<Run> {
  const command = `capex() { '${process.execPath}' '${BIN}' "$@"; }`;
  return run('bash', ['-c', `${command}; ${line}`], settings).done;
}

/** A folder of its own for one test, with these files in it; removed when all tests have ended. */
export function folder(files: Readonly<Record<string, string>> = {}): string {
  const path = mkdtempSync(join(tmpdir(), 'capex-test-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text);
  return path;
}

interface Parts {
  readonly id?: string;
  readonly currency?: string;
  readonly envelope?: string;
  readonly calendar?: string;
  readonly servers?: string;
  readonly unit?: string;
}

/** Two components of 60% and 40%; servers have a unit, a lag and two suppliers, one of them in USD. */
export function scenario(parts: Parts = {}): string {
  const { id = 'small', currency = 'CNY', unit = 'server', servers = 'Servers' } = parts;
  const { envelope = '1000', calendar = 'from: FY2026, to: FY2026' } = parts;
  return `scenario: ${id}
title: Small
currency: ${currency}
calendar: { fiscal_year_ends: 3, ${calendar} }
envelope: ${envelope} ${currency}
phasing: even
estimates: { view: { split: { servers: 60%, optics: rest } } }
mix: view
components:
  servers:
    name: ${servers}
    price: { value: 10 ${currency}, unit: ${unit}, assumption: a price }
    lag: { quarters: [50%, rest], assumption: a quarter }
    suppliers: { inspur: { share: 30%, assumption: a share }, maker: rest }
  optics: { name: 光模块 }
suppliers: { maker: { name: Maker, currency: USD } }
fx: { base: { USD: { value: 5, name: a rate } } }
`;
}

/** A scenario with a forecast of more than a megabyte: more than any pipe holds. */
export function largeScenario(): string {
  const suppliers = Array.from(
    { length: 20 },
    (_, i) => `s${i}: { share: 1%, assumption: a share }`,
  );
  return scenario({ calendar: 'from: FY2001, to: FY2033, period: month' })
    .replace('inspur: { share: 30%, assumption: a share }', suppliers.join(', '))
    .replace(/ {4}lag.*\n/, '');
}

/** The lines of a text, without the line end of the last one. */
export function lines(text: string): string[] {
  return text.replace(/\n$/, '').split('\n');
}
