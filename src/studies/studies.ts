/** Every study, in the order of the help. A new study is a file and a line here. */
import { backtest } from './backtest.js';
import { compare } from './compare.js';
import { evidence } from './evidence.js';
import { explain } from './explain.js';
import { forecast } from './forecast.js';
import { materiality } from './materiality.js';
import { sensitivity } from './sensitivity.js';
import { show } from './show.js';
import { simulate } from './simulate.js';
import { solve } from './solve.js';
import type { Study } from './study.js';

/** Every study; who imports it has the code of all. */
export const STUDIES: readonly Study[] = [
  forecast,
  show,
  evidence,
  explain,
  sensitivity,
  compare,
  solve,
  simulate,
  materiality,
  backtest,
];
