/**
 * Bad input on the command line: one clear line, exit 1.
 *
 * @packageDocumentation
 */
import { VitrineError } from '../core/errors.ts';

/**
 * An error that names the place in a data file.
 *
 * @param file - File name.
 * @param line - From 1; 0 when it is about the whole file.
 * @param expected - What was expected, and what was got.
 * @returns `DATA_INVALID`.
 */
export function dataError(file: string, line: number, expected: string): VitrineError {
  return new VitrineError('DATA_INVALID', `${file}${line > 0 ? `:${line}` : ''}: ${expected}`);
}
