/** Files as the command reads them. */
import { fileReader } from '../../src/cli/readFiles.js';

export const { text: readText, beside: readBeside } = fileReader();
