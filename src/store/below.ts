/** All that is loaded when there is something to copy, or when the first rung fails: one file. */
export { openBackup } from './backup.ts';
export { openRungBelow } from './rungs-below.ts';
