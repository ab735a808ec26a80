import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalizeCandidates } from '../../../src/catalog/candidates.ts';
import { parseCandidatesText } from '../../../src/catalog/parse-candidates.ts';
import { isVitrineError } from '../../../src/core/errors.ts';

function messageFor(text: string): string {
  try {
    parseCandidatesText(text);
  } catch (error) {
    if (isVitrineError(error)) return `${error.code} ${error.message}`;
    throw error;
  }
  return 'parsed';
}

describe('JSON', () => {
  it.each([
    ['an array', '[{"id":"a"},{"id":"b"}]'],
    ['a container', '{"items":[{"id":"a"},{"id":"b"}]}'],
    ['pretty-printed JSON', '{\n  "products": [\n    {"id":"a"},\n    {"id":"b"}\n  ]\n}\n'],
    ['a byte order mark', '\uFEFF[{"id":"a"},{"id":"b"}]'],
  ])('reads %s', (_name, text) => {
    const { value, badLines } = parseCandidatesText(text);
    expect(badLines).toBe(0);
    const { items } = normalizeCandidates(value, { maxItems: 9 });
    expect(items.map((item) => item.id)).toEqual(['a', 'b']);
  });

  it('survives 50,000 levels', () => {
    const text = `{"id":"a","tags":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;
    const { value } = parseCandidatesText(text);
    expect(normalizeCandidates(value, { maxItems: 9 }).items).toEqual([{ id: 'a' }]);
  });
});

describe('NDJSON', () => {
  it.each([
    ['line feeds', '{"id":"a"}\n{"id":"b"}\n'],
    ['no last line feed', '{"id":"a"}\n{"id":"b"}'],
    ['carriage returns', '{"id":"a"}\r\n{"id":"b"}\r\n'],
    ['blank lines', '\n{"id":"a"}\n\n  \n{"id":"b"}\n\n'],
    ['a byte order mark', '\uFEFF{"id":"a"}\n{"id":"b"}'],
  ])('reads lines with %s', (_name, text) => {
    expect(parseCandidatesText(text)).toEqual({ value: [{ id: 'a' }, { id: 'b' }], badLines: 0 });
  });

  it('reads a single line as a list of one', () => {
    expect(parseCandidatesText('{"id":"a","title":"T"}\n').value).toEqual([
      { id: 'a', title: 'T' },
    ]);
  });

  it('leaves bad lines out and counts them', () => {
    const text = '{"id":"a"}\nnot json\n{"id":"b"\n[1]\n5\nnull\n{"id":"c"}';
    expect(parseCandidatesText(text)).toEqual({ value: [{ id: 'a' }, { id: 'c' }], badLines: 5 });
  });
});

describe('texts that are neither', () => {
  it('names the first bad line and what was expected', () => {
    expect(messageFor('\n<html>\n<body>')).toMatch(
      /^CANDIDATES_PARSE .*Line 2 is no JSON object; expected a JSON array/,
    );
  });

  it('says that an array is cut off rather than guess at its lines', () => {
    expect(messageFor('[\n{"id":"a"},\n{"id":"b"}\n')).toMatch(
      /CANDIDATES_PARSE .*broken or cut off/,
    );
  });

  it.each([
    ['[{"id":"a","price":NaN},{"id":"b"}]', 'line 1, column 20: NaN},{"id":"b"}]'],
    ['[\n  {"id":"a"},\n  {"id":"b", price: 5}\n]', 'line 3, column 14: price: 5}'],
    ['[{"id":"a \\" ok"},{"id":"cut of', 'line 1, column 25: "cut of'],
    ['[{"id":"a"},\n{"id":"b"}', 'line 2, column 11.'],
  ])('says where %j breaks', (text, place) => {
    expect(messageFor(text)).toContain(`cut off at ${place}`);
  });

  it('finds the place in long texts full of escapes', () => {
    const text = `["${'\\"'.repeat(1_000_000)}\\\\",NaN]`;
    expect(messageFor(text)).toContain('line 1, column 2000007: NaN]');
  });

  it.each(['', '   ', '\n\n', '\uFEFF'])('says that %j is empty', (text) => {
    expect(messageFor(text)).toMatch(/CANDIDATES_PARSE .*The text is empty/);
  });

  it('keeps the parser’s error as the cause', () => {
    expect(() => parseCandidatesText('nope')).toThrowError(
      expect.objectContaining({ cause: expect.any(SyntaxError) as unknown }),
    );
  });

  it('throws nothing but CANDIDATES_PARSE', () => {
    const fragments = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '"id"',
      ':',
      '"a"',
      ',',
      '\n',
      '1',
      ' ',
      '\\',
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(fragments).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (source) => {
        expect(['parsed', 'CANDIDATES_PARSE']).toContain(messageFor(source).split(' ')[0]);
      }),
      { numRuns: 2000 },
    );
  });

  it('gives back the lines that it was given', () => {
    const lines = fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { minLength: 2 });
    fc.assert(
      fc.property(lines, (objects) => {
        const text = objects.map((each) => JSON.stringify(each)).join('\n');
        const { value, badLines } = parseCandidatesText(text);
        expect(badLines).toBe(0);
        expect(JSON.stringify(value)).toBe(JSON.stringify(objects));
      }),
    );
  });
});
