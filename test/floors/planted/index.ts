export { OUTWARD } from './shell.js';
