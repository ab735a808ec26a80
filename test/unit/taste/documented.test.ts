/** docs/taste.md tells a shop every key, part and custom property that there is. */
import { readFileSync, readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ENGLISH } from '../../../src/taste/messages.ts';

const ROOT = new URL('../../../', import.meta.url);
const DOCS = readFileSync(new URL('docs/taste.md', ROOT), 'utf8');
const FOLDER = new URL('src/taste/', ROOT);
const SOURCE = readdirSync(FOLDER)
  .map((name) => readFileSync(new URL(name, FOLDER), 'utf8'))
  .join('\n');

it('every key with its English text', () => {
  for (const [key, message] of Object.entries(ENGLISH)) {
    const forms = typeof message === 'string' ? [message] : Object.values(message as object);
    const row = DOCS.split('\n').find((line) => line.startsWith(`| \`${key}\` |`));
    for (const form of forms) expect(row).toContain(form);
  }
  expect(DOCS.split('\n').filter((line) => /^\| `\w+` \| /u.test(line)).length).toBeGreaterThan(70);
});

it.each([
  ['part', /part: '(?<names>[^']+)'/gu],
  ['custom property', /(?<names>--vitrine-taste-[a-z-]+)/gu],
  ['colour', /\['(?<names>[a-z-]+)', '#/gu],
])('every %s', (_, pattern) => {
  const names = [...SOURCE.matchAll(pattern)].flatMap(
    (match) => match.groups?.['names']?.split(' ') ?? [],
  );
  expect(names.length).toBeGreaterThan(5);
  for (const name of new Set(names))
    expect(DOCS).toMatch(new RegExp(`\`(?:--vitrine-taste-)?${name}\``, 'u'));
});
