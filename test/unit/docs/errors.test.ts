/** The table of codes and its documentation say the same. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ERROR_CODES } from '../../../src/core/error-codes.ts';

const docs = readFileSync(new URL('../../../docs/errors.md', import.meta.url), 'utf8');
const headings = [...docs.matchAll(/^## (.+)$/gmu)].map(([, heading]) => heading);

describe('docs/errors.md', () => {
  it('has one heading for each code, in the order of the table', () => {
    expect(headings).toEqual([...ERROR_CODES]);
  });

  it('says something below each heading', () => {
    const sections = docs.split(/^## .+$/mu).slice(1);
    expect(sections.map((section) => section.trim().length > 80)).toEqual(sections.map(() => true));
  });
});
