import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDeclared } from '../../../src/cli/read-attributes.ts';
import { DEFAULT_ATTRIBUTES } from '../../../src/models/attributes/default-attributes.ts';
import { failureOf, testFolder } from './data-folder.ts';

describe('readDeclared', () => {
  it('gives the attributes that come with us to a shop that declares none', () => {
    expect(readDeclared(undefined)).toBe(DEFAULT_ATTRIBUTES);
  });

  it('reads what a shop declares', () => {
    const file = join(testFolder(), 'own.json');
    writeFileSync(file, JSON.stringify([{ name: 'spice', positive: ['hot', 'fiery'] }]));
    expect(readDeclared(file)).toEqual([
      { name: 'spice', positive: ['hot', 'fiery'], negative: [] },
    ]);
  });

  it.each([
    ['{', 'expected JSON'],
    ['[]', 'a list of 1 to 16 attributes'],
    ['[{"name":"x"}]', 'attributes[0].positive'],
  ])('refuses %s and says where', async (text, expected) => {
    const file = join(testFolder(), 'own.json');
    writeFileSync(file, text);
    const { code, message } = await failureOf(() => readDeclared(file));
    expect(code).toBe('DATA_INVALID');
    expect(message).toContain(expected);
  });

  it('names a file that is not there', async () => {
    const file = join(testFolder(), 'none.json');
    expect(await failureOf(() => readDeclared(file))).toMatchObject({ code: 'DATA_INVALID' });
  });
});
