/** Every exported thing has a docstring: oxlint has no rule for it. */
import { readFileSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ROOT } from '../../scripts/run.mjs';

const FILES = ['src', 'workers'].flatMap((folder) =>
  readdirSync(`${ROOT}${folder}`, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${folder}/${name}`),
);

const EXPORTED =
  /^export (?:declare )?(?:abstract )?(?:async )?(?:function\*?|class|const|interface|type) (?<name>[A-Za-z]\w*)/u;

/** Names of exports whose line above does not end a docstring. */
function undocumented(text: string): readonly string[] {
  const lines = text.split('\n');
  return lines.flatMap((line, index) => {
    const name = EXPORTED.exec(line)?.groups?.['name'];
    // The second signature of an overloaded function stands under the first.
    const above = lines[index - 1]?.trimEnd() ?? '';
    const isDocumented = above.endsWith('*/') || above.startsWith(`export function ${name}`);
    return name !== undefined && !isDocumented ? [name] : [];
  });
}

test('finds an export without a docstring', () => {
  expect(undocumented('/** A. */\nexport const a = 1;\nexport const b = 2;\n')).toEqual(['b']);
});

test('the folders with exports are not empty', () => {
  expect(FILES.length).toBeGreaterThan(0);
});

test.each(FILES)('%s documents what it exports', (file) => {
  expect(undocumented(readFileSync(ROOT + file, 'utf8'))).toEqual([]);
});
