/** Forecasts of 10,000 random scenarios are equal in any time zone and locale. */
import fc from 'fast-check';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { scenarios } from '../naive/generator.js';
import { toYaml } from '../naive/spec.js';
import { cases } from '../support/cases.js';

const ENVIRONMENTS = [
  { TZ: 'UTC', LC_ALL: 'en_US.UTF-8' },
  { TZ: 'Asia/Kathmandu', LC_ALL: 'zh_CN.UTF-8' },
  { TZ: 'America/St_Johns', LC_ALL: 'tr_TR.UTF-8' },
];

it('forecasts are equal in any time zone and locale', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'capex-'));
  try {
    const file = join(folder, 'scenarios.json');
    const specs = fc.sample(scenarios(), { numRuns: cases(10_000), seed: 2025 });
    const texts = specs.map((spec) => ({ text: toYaml(spec), currencies: spec.currencies }));
    writeFileSync(file, JSON.stringify(texts));
    const lines = await Promise.all(
      ENVIRONMENTS.map(async (environment) => {
        const env = { ...process.env, ...environment };
        const args = [...process.execArgv, 'test/support/digest.js', file];
        const { stdout } = await promisify(execFile)(process.execPath, args, { env });
        return stdout.trim().split(' ');
      }),
    );
    // First that the environments differ, which needs a machine that knows their zones and locales;
    expect(new Set(lines.map(([offset]) => offset)).size).toBe(ENVIRONMENTS.length);
    expect(new Set(lines.map(([, locale]) => locale)).size).toBe(ENVIRONMENTS.length);
    // then that the forecasts do not.
    expect(new Set(lines.map(([, , digest]) => digest)).size).toBe(1);
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 600_000);
