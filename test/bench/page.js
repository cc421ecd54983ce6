/** The live page in Chromium: from a slider's step to the numbers that a reader sees, CPU of the page's thread. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { median } from './measure.js';
import { time } from './print.js';

const STEPS = 50;

/** Where the reader looks while a slider of the shipped scenario moves; an empty frame is what a step stands beside. */
const VIEWS = [
  ['an empty frame', 'page', false],
  ['a step, the headline numbers in view', 'page', true],
  ['a step, the table of suppliers in view', 'suppliers', true],
];

/** @param rounds of which the medians are taken */
export async function pageTable(rounds) {
  const { stdout } = spawnSync('which', ['chromium'], { encoding: 'utf8' });
  if (stdout === '')
    return [
      ['', 'CPU'],
      ['Chromium is not installed', ''],
    ];
  const folder = mkdtempSync(join(tmpdir(), 'capex-page-'));
  const browser = await chromium.launch({
    executablePath: stdout.trim(),
    args: ['--no-sandbox'],
  });
  try {
    const page = await opened(browser, join(folder, 'report.html'));
    const samples = VIEWS.map(() => []);
    for (let round = 0; round <= rounds; round++) {
      for (const [i, [, place, moves]] of VIEWS.entries()) {
        const cpu = await page.cpuOf(place, moves);
        if (round > 0) samples[i].push(cpu);
      }
    }
    const [frame, ...steps] = samples.map(median);
    const rows = steps.map((cpu, i) => [VIEWS[i + 1][0], time(cpu - frame)]);
    return [['', 'CPU'], [VIEWS[0][0], time(frame)], ...rows];
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true });
  }
}

async function opened(browser, path) {
  const command = ['bin/capex.js', 'report', 'scenarios/alibaba-380bn.yaml', '-o', path, '--quiet'];
  const { status } = spawnSync(process.execPath, command);
  if (status !== 0) throw new Error(`capex report: exit ${status}`);
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  await page.goto(`file://${path}`);
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const threadTime = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'ThreadTime').value * 1e6;
  };
  return {
    /** CPU microseconds of one step, painted. */
    async cpuOf(place, moves) {
      await page.evaluate((id) => document.getElementById(id).scrollIntoView(), place);
      const before = await threadTime();
      await page.evaluate(move, { steps: STEPS, moves });
      return ((await threadTime()) - before) / STEPS;
    },
  };
}

/** Runs in the page: each step of the first slider is painted before the next one. */
async function move({ steps, moves }) {
  const slider = document.querySelector('.control [type=range]');
  for (let step = 0; step < steps; step++) {
    if (moves) {
      slider.value = String(step);
      slider.dispatchEvent(new Event('input', { bubbles: true }));
    }
    await new Promise((painted) => requestAnimationFrame(() => setTimeout(painted)));
  }
}
