/**
 * A shop's own attributes, from a file.
 *
 * @packageDocumentation
 */
import {
  type AttributeDeclaration,
  readAttributes,
} from '../models/attributes/declare-attributes.ts';
import { DEFAULT_ATTRIBUTES } from '../models/attributes/default-attributes.ts';
import { readFileJson } from './read-file.ts';

/**
 * Reads what a shop declares.
 *
 * @param file - JSON, see `readAttributes`; undefined: the attributes that come with us.
 * @returns The attributes.
 * @throws `DATA_INVALID` with the file, or with the place in it.
 */
export function readDeclared(file: string | undefined): readonly AttributeDeclaration[] {
  if (file === undefined) return DEFAULT_ATTRIBUTES;
  return readAttributes(readFileJson(file));
}
