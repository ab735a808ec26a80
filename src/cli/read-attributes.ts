/**
 * A shop's own attributes, from a file.
 *
 * @packageDocumentation
 */
import { existsSync, readFileSync } from 'node:fs';
import {
  type AttributeDeclaration,
  readAttributes,
} from '../models/attributes/declare-attributes.ts';
import { DEFAULT_ATTRIBUTES } from '../models/attributes/default-attributes.ts';
import { dataError } from './fail.ts';

/**
 * Reads what a shop declares.
 *
 * @param file - JSON, see `readAttributes`; undefined: the attributes that come with us.
 * @returns The attributes.
 * @throws `DATA_INVALID` with the file, or with the place in it.
 */
export function readDeclared(file: string | undefined): readonly AttributeDeclaration[] {
  if (file === undefined) return DEFAULT_ATTRIBUTES;
  if (!existsSync(file)) throw dataError(file, 0, 'there is no such file');
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw dataError(file, 0, `expected JSON, ${String(error)}`);
  }
  return readAttributes(value);
}
