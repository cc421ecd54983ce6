/** Forecasts in processes of other time zones and locales, each told by one digest. */
import { build } from 'esbuild';
import { execFile } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { localeName, minutesFromUtc, type ForecastRequest } from './forecastDigest.js';

/** Three of each: whatever those of this process are, two of each differ from them. */
const ZONES = [
  { name: 'Asia/Kathmandu', minutes: -330 },
  { name: 'America/St_Johns', minutes: 210 },
  { name: 'UTC', minutes: 0 },
];
const LOCALES = ['zh-CN', 'tr-TR', 'en-US'];

/** A process where forecasts were made, and the digest of them. */
export interface EnvironmentDigest {
  readonly minutes: number;
  readonly locale: string;
  readonly digest: string;
}

/** The digests of the same forecasts in two processes, whose time zones and locales differ from those of this one. */
export async function digestsElsewhere(
  requests: readonly ForecastRequest[],
): Promise<readonly EnvironmentDigest[]> {
  const folder = mkdtempSync(join(tmpdir(), 'capex-'));
  const [program, file] = [join(folder, 'digest.cjs'), join(folder, 'requests.json')];
  writeFileSync(file, JSON.stringify(requests));
  await bundle(program);
  const zones = ZONES.filter(({ minutes }) => minutes !== minutesFromUtc());
  const locales = LOCALES.filter((locale) => locale !== localeName());
  return Promise.all(
    [0, 1].map(async (i) => {
      const { name: TZ } = zones[i]!;
      const LC_ALL = `${locales[i]!.replace('-', '_')}.UTF-8`;
      const env = { ...process.env, TZ, LC_ALL };
      const args = [...process.execArgv, program, file];
      const { stdout } = await promisify(execFile)(process.execPath, args, { env });
      return JSON.parse(stdout) as EnvironmentDigest;
    }),
  );
}

/** The digest as a program of its own, which starts without the modules of the tests. */
async function bundle(outfile: string): Promise<void> {
  const contents = `
    import './plainEnvironment.ts';
    import { printDigest } from './forecastDigest.ts';
    printDigest(process.argv[2]);`;
  const stdin = { contents, resolveDir: 'test/support' };
  await build({ stdin, outfile, bundle: true, platform: 'node', logLevel: 'error' });
}
