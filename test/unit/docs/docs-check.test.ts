/** What the check of the docs finds, on pages that are wrong on purpose. */
import { describe, expect, it } from 'vitest';
import { faultOfCommand } from '../../../scripts/docs/commands.mjs';
import { checkFigures } from '../../../scripts/docs/figures.mjs';
import { checkJson } from '../../../scripts/docs/json.mjs';
import { checkLinks } from '../../../scripts/docs/links.mjs';
import { parsePage, slugOf } from '../../../scripts/docs/markdown.mjs';
import { moduleOf, pageOf } from '../../../scripts/docs/snippet-pages.mjs';

const page = (...lines: readonly string[]) => parsePage('docs/rules.md', lines.join('\n'));

/** Faults of a page, said to be one that is there; what the lists hold beside it is left out. */
function faultsOf(
  check: typeof checkLinks,
  ...lines: readonly string[]
): readonly (string | undefined)[] {
  const { faults } = check([page(...lines)]);
  return faults.filter((fault) => fault.startsWith('docs/rules.md'));
}

describe('a page', () => {
  it('is taken apart into code and prose', () => {
    const { prose, snippets } = page('a', '```js', 'b();', '```', 'c');
    expect(snippets).toEqual([{ language: 'js', code: 'b();', line: 3 }]);
    expect(prose).toEqual(['a', '', '', '', 'c']);
  });

  it('names its headings as GitHub does', () => {
    expect(slugOf('What is kept, and why')).toBe('what-is-kept-and-why');
    expect([...page('# `a_b` (c)', '## Same', '## Same').anchors]).toEqual([
      'a_b-c',
      'same',
      'same-1',
    ]);
  });
});

describe('links', () => {
  it('finds files, anchors and addresses that are not there', () => {
    const dead = [
      '[a](gone.md)',
      '[b](errors.md#gone)',
      '[c](https://gone.example/)',
      '![d](e.png)',
    ];
    expect(faultsOf(checkLinks, ...dead)).toHaveLength(4);
  });

  it('passes what is there, and leaves code alone', () => {
    const good = ['# Here', '[a](errors.md#option_invalid)', '[b](#here)', '`[c](gone.md)`'];
    expect(faultsOf(checkLinks, ...good)).toEqual([]);
  });
});

describe('commands', () => {
  it.each([
    'npm run gone',
    'npm run size -- --gone',
    'npx vitrine gone --data DIR',
    'npx vitrine index --data DIR --gone x',
    'node dist/vitrine.cli.js index --gone x',
    'node scripts/gone.mjs',
    'gone --help',
  ])('finds %s', (command) => {
    expect(faultOfCommand(command)).toBeTypeOf('string');
  });

  it.each([
    'npm start',
    'npm run size -- --readme',
    'npm run test:unit -- test/unit/feed',
    'npx vitrine index --data DIR --out INDEX --seed 2',
    'node dist/vitrine.cli.js copy DIR --pack',
    'node scripts/demo-server.mjs --port 0',
  ])('passes %s', (command) => {
    expect(faultOfCommand(command)).toBeUndefined();
  });
});

describe('figures', () => {
  it.each([
    'It takes 173 ms.',
    'A file of 7.3 kB',
    'found 61 % of them',
    '× 4.7',
    'recall of .9871',
  ])('finds “%s”', (line) => {
    expect(faultsOf(checkFigures, line)).toHaveLength(1);
  });

  it('passes settings, what scripts wrote, and numbers in code', () => {
    const lines = [
      'Kept for 180 days.',
      '<!-- a:start -->',
      '173 ms',
      '<!-- a:end -->',
      '`173 ms`',
    ];
    expect(faultsOf(checkFigures, ...lines)).toEqual([]);
  });
});

describe('snippets', () => {
  it('finds JSON that is none', () => {
    expect(faultsOf(checkJson, '```json', '{ a: 1 }', '```')).toHaveLength(1);
    expect(faultsOf(checkJson, '```json', '{ "a": 1 }', '```')).toEqual([]);
  });

  it('compares values with the comments after them', () => {
    expect(moduleOf("feed.reason; // 'PERSONALIZED'")).toBe(
      "expectValue(feed.reason, 'PERSONALIZED');\n",
    );
    expect(moduleOf('f(); // made of words')).toBe('f(); // made of words\n');
  });

  it('gives a part of a page the script tag that it leaves out', () => {
    expect(pageOf('<vitrine-feed></vitrine-feed>')).toContain('src="/vitrine/vitrine.js"');
    expect(pageOf('<script src="/vitrine/vitrine.iife.js"></script>')).not.toContain(
      'data-candidates',
    );
    expect(pageOf('<!doctype html><p>Whole')).toBe('<!doctype html><p>Whole');
  });
});
