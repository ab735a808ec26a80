/** The tables of the docs name what the sources have: options, events, reasons, types, attributes. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ROOT } from '../../scripts/run.mjs';

const read = (path: string): string => readFileSync(`${ROOT}${path}`, 'utf8');
const README = read('README.md');
const TYPES = read('src/core/types.ts');

/** What a pattern's group `name` finds, sorted. */
function namesIn(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(({ groups }) => groups?.['name'] ?? '').toSorted();
}

/** What stands between two texts. */
function between(text: string, from: string, to: string): string {
  const [, rest] = text.split(from);
  if (rest === undefined) throw new Error(`Nothing begins with ${from}`);
  return rest.split(to, 1)[0] ?? '';
}

/** Names in the first column of the table below a line that begins so. */
function firstColumn(page: string, header: string): string[] {
  const rows = between(`\n${page}`, `\n${header}`, '\n\n').split('\n').slice(2);
  return rows
    .flatMap((row) => namesIn(row.split('|')[1] ?? '', /`(?<name>[\w-]+)(?:="[^"]*")?`/gu))
    .toSorted();
}

/** Members of an interface. */
function membersOf(text: string, name: string): string[] {
  return namesIn(between(text, `interface ${name} {`, '\n}'), /^ {2}readonly (?<name>\w+)\??:/gmu);
}

/** Words of a union of literals. */
function wordsOf(name: string): string[] {
  return namesIn(between(TYPES, `export type ${name} =`, ';'), /'(?<name>\w+)'/gu);
}

const OPTIONS = membersOf(TYPES, 'VitrineOptions');

test('README has each option of createVitrine', () => {
  expect(OPTIONS.length).toBeGreaterThan(15);
  expect(firstColumn(README, '| option | default | range |')).toEqual(OPTIONS);
});

test('README has each option of rerank', () => {
  const told = between(README, 'Options of `rerank`:', '\n');
  const options = membersOf(read('src/core/rerank-options.ts'), 'RerankOptions');
  expect(options.length).toBeGreaterThan(4);
  expect(options.filter((name) => !new RegExp(`\`${name}\\b`, 'u').test(told))).toEqual([]);
});

test('README says which options cannot stand on the script tag', () => {
  const source = read('src/client/read-options.ts');
  const sets = source.matchAll(/ = new Set\(\[(?<words>[^\]]+)\]\)/gu);
  const known = new Set(
    [...sets].flatMap(({ groups }) => namesIn(groups?.['words'] ?? '', /'(?<name>\w+)'/gu)),
  );
  const missing = OPTIONS.filter((name) => !known.has(name));
  const told = between(README, 'All but ', 'can stand there');
  // Of `exploration` a number can.
  expect(namesIn(told, /`(?<name>\w+)`/gu)).toEqual([...missing, 'exploration'].toSorted());
});

test('README has each event', () => {
  const events = membersOf(TYPES, 'VitrineEvents');
  expect(events).toContain('exposure');
  expect(firstColumn(README, '| event | what the listener gets |')).toEqual(events);
});

test('README has each reason that is no error code', () => {
  const reasons = wordsOf('FeedReason');
  expect(reasons).toContain('COLD_START');
  expect(firstColumn(README, '| reason | meaning |')).toEqual(reasons);
});

test('README has each type of interaction', () => {
  const types = wordsOf('InteractionType');
  expect(types).toContain('view_item');
  expect(firstColumn(README, '| type | weight as evidence |')).toEqual(types);
});

test('docs/feed-element.md has each attribute', () => {
  const source = read('src/client/feed-element.ts');
  const attributes = [...new Set(namesIn(source, /#option\('(?<name>[\w-]+)'\)/gu))];
  expect(attributes).toContain('candidates');
  const table = firstColumn(read('docs/feed-element.md'), '| attribute | what | default |');
  expect(table).toEqual(attributes);
});
