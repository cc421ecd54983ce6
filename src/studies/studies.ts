/** Every study, in the order of the help. A new study is a file and a line here. */
import { forecast } from './forecast.js';
import { show } from './show.js';
import type { Study } from './study.js';

export const STUDIES: readonly Study[] = [forecast, show];
