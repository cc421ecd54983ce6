/** Every study, in the order of the help. A new study is a file and a line here. */
import { backtest } from './backtest/backtest.js';
import { compare } from './compare/compare.js';
import { evidence } from './evidence/evidence.js';
import { explain } from './explain/explain.js';
import { forecast } from './forecast/forecast.js';
import { show } from './forecast/show.js';
import { exposure } from './suppliers/exposure.js';
import { materiality } from './suppliers/materiality.js';
import { sensitivity } from './sensitivity/sensitivity.js';
import { simulate } from './simulate/simulate.js';
import { solve } from './solve/solve.js';
import type { Study } from './study.js';
import { triangulate } from './triangulate/triangulate.js';

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
  exposure,
  triangulate,
  backtest,
];
