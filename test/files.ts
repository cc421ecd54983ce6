/** Files as the command reads them. */
import { readerOf } from '../src/cli/files.js';

export const { text: readText, beside: readBeside } = readerOf();
