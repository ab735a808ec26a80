/** The reference says what the docstrings say. */
import { describe, expect, it } from 'vitest';
import { apiPage } from '../../../scripts/docs/api-pages.mjs';
import { parseDocstring } from '../../../scripts/docs/docstring.mjs';

const COMMENT = `/**
 * Makes a {@link Feed}, or \`null\` where a < b.
 *
 * @param items - What is ranked;
 * at least one.
 *
 * @returns The feed.
 *
 * @throws
 *
 * {@link VitrineError} \`ITEM_UNKNOWN\`.
 *
 * @example
 *
 * make([1]); // a feed
 */
`;

const token = (text: string, kind = 'Content') => ({ kind, text });

describe('a docstring', () => {
  const { example, params, returns, summary, throws } = parseDocstring(COMMENT, new Set(['Feed']));

  it('links what the page describes, and nothing else', () => {
    expect(summary).toBe('Makes a [`Feed`](#feed), or `null` where a &lt; b.');
    expect(throws).toBe('`VitrineError` `ITEM_UNKNOWN`.');
  });

  it('is taken apart by its tags', () => {
    expect([...params]).toEqual([['items', 'What is ranked;\nat least one.']]);
    expect(returns).toBe('The feed.');
    expect(example).toBe('make([1]); // a feed');
  });

  it('may be missing', () => {
    expect(parseDocstring('', new Set()).summary).toBe('');
  });
});

describe('a page', () => {
  const page = apiPage({
    specifier: 'vitrine',
    path: '/api/vitrine',
    docComment: '',
    members: [
      {
        kind: 'Function',
        name: 'make',
        docComment: COMMENT,
        excerptTokens: [token('export declare function make(items: number[]): Feed;')],
      },
      {
        kind: 'Interface',
        name: 'Feed',
        docComment: '/** Rows. */',
        members: [
          {
            kind: 'PropertySignature',
            name: 'rows',
            docComment: '/** One\n * and all. */',
            isOptional: true,
            excerptTokens: [token('readonly rows?: '), token('Feed', 'Reference'), token('[];')],
          },
        ],
      },
    ],
  });

  it('shows declarations as code', () => {
    expect(page).toContain('```ts\nfunction make(items: number[]): Feed;\n```');
  });

  it('gives members with their types, linked, and their sentence', () => {
    expect(page).toContain(
      '**`rows?`** <code v-pre><a href="#feed">Feed</a>[]</code>\n\n  One and all.',
    );
  });

  it('says so when an entry exports nothing', () => {
    const empty = { specifier: 'a/worker', path: '/api/worker', docComment: '', members: [] };
    expect(apiPage(empty)).toContain('Nothing is exported');
  });
});
