/** Catalogs in every format that merchants export: what is a record, where it stands, what is wrong. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJson, readLines } from '../../../demo/bring-json.js';
import { readTable } from '../../../demo/bring-table.js';
import { decodeFile, formatOf } from '../../../demo/bring-text.js';
import { readXml } from '../../../demo/bring-xml.js';

interface Found {
  readonly line: number;
  readonly end: number;
  readonly fields?: ReadonlyMap<string, unknown>;
  readonly problem?: string;
}

/** Line and fields of records; line and problem of the rest. */
function told(found: Iterable<Found>): unknown[] {
  return [...found].map(({ fields, line, problem }) => [
    line,
    fields ? Object.fromEntries(fields) : problem,
  ]);
}

describe('the format of a text', () => {
  it('is told by how it begins', () => {
    expect(formatOf('id;title;price\n1;Lamp;2,50')).toEqual({ kind: 'table', separator: ';' });
    expect(formatOf('"a;b",c\n')).toEqual({ kind: 'table', separator: ',' });
    expect(formatOf('id\ttitle, long\n')).toEqual({ kind: 'table', separator: '\t' });
    expect(formatOf('\n  <rss/>')).toEqual({ kind: 'xml' });
    expect(formatOf('[{"id":1}]')).toEqual({ kind: 'json' });
    expect(formatOf('{"id":1}\n{"id":2}')).toEqual({ kind: 'lines' });
    expect(formatOf('{"products":[{"id":1}]}\n')).toEqual({ kind: 'json' });
    expect(formatOf('{\n"items":[]}')).toEqual({ kind: 'json' });
    expect(formatOf('')).toEqual({ kind: 'table', separator: ',' });
  });

  it('takes what is not UTF-8 for the code page of spreadsheets', () => {
    expect(decodeFile(new TextEncoder().encode('\uFEFFé'))).toEqual({
      text: 'é',
      encoding: 'utf-8',
    });
    expect(decodeFile(Uint8Array.of(0x63, 0x61, 0x66, 0xe9)).text).toBe('café');
    expect(decodeFile(Uint8Array.of(0xff, 0xfe, 0x41, 0)).text).toBe('A');
  });
});

describe('a table', () => {
  it('keeps separators, quotes and line ends inside of quotes, and counts lines', () => {
    const text = 'id,words\r\n1,"a, ""b""\nc"\r\n\r\n2,plain\r\n';
    expect(told(readTable(text, ','))).toEqual([
      [2, { id: '1', words: 'a, "b"\nc' }],
      [5, { id: '2', words: 'plain' }],
    ]);
  });

  it('leaves out lines with too few or too many fields, and says which', () => {
    expect(told(readTable('id,title\n1\n2,b,c\n3,d,\n', ','))).toEqual([
      [2, '1 fields, but the first line names 2'],
      [3, '3 fields, but the first line names 2'],
      [4, { id: '3', title: 'd' }],
    ]);
  });

  it('goes on behind a quote that is never closed', () => {
    expect(told(readTable('id,title\n1,"broken\n2,whole\n', ','))).toEqual([
      [2, 'a quote is opened and not closed'],
      [3, { id: '2', title: 'whole' }],
    ]);
  });

  it('gives columns without a name, or with the same, a name of their own', () => {
    expect(told(readTable('a,,a\n1,2,3\n', ','))).toEqual([
      [2, { a: '1', 'Column 2': '2', 'a (3)': '3' }],
    ]);
  });

  it('reads back whatever was written by the standard', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'é', ',', '"', '\n', ' ') });
    const table = fc.array(fc.tuple(cell, cell, fc.constant('end')), { maxLength: 20 });
    fc.assert(
      fc.property(table, (rows) => {
        const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;
        const lines = rows.map((cells) => cells.map(quote).join(','));
        const found = [...readTable(['x,y,z', ...lines, ''].join('\n'), ',')];
        expect(found.map(({ fields }) => [...(fields?.values() ?? [])])).toEqual(rows);
      }),
    );
  });
});

describe('JSON', () => {
  it('is read line by line where each line is an object', () => {
    expect(told(readLines('{"id":1}\n\n{"id":\n[2]\n{"id":3}'))).toEqual([
      [1, { id: 1 }],
      [3, 'not valid JSON'],
      [4, 'not an object'],
      [5, { id: 3 }],
    ]);
  });

  it('loses one entry of a list, not the list, to a mistake', () => {
    const text = '[\n {"id":1,"t":"a ] , \\" b"},\n {"id":oops},\n 7,\n {"id":2,"tags":["x","y"]}';
    expect(told(readJson(text))).toEqual([
      [2, { id: 1, t: 'a ] , " b' }],
      [3, 'not valid JSON'],
      [4, 'not an object'],
      [5, { id: 2, tags: ['x', 'y'] }],
    ]);
  });

  it('finds the list in a container and names fields by their way down', () => {
    const product = { id: 7, images: [{ src: 'a.jpg' }], variants: [{ price: '9.00' }, {}] };
    expect(told(readJson(JSON.stringify({ data: { products: [product] } })))).toEqual([
      [1, { id: 7, 'images.src': 'a.jpg', 'variants.price': '9.00' }],
    ]);
    expect(told(readJson('{"a":1}'))).toEqual([[1, 'an object without a list of products']]);
  });
});

describe('a product feed in XML', () => {
  const feed = (items: string): string =>
    `<?xml version="1.0"?>\n<rss xmlns:g="http://base.google.com/ns/1.0"><channel>\n${items}\n</channel></rss>`;

  it('is taken apart into its items, with their lines', () => {
    const items = '<item><g:id>1</g:id></item>\n<!-- <item> -->\n<item><g:id>2</g:id></item>';
    expect(told(readXml(feed(items)))).toEqual([
      [3, { id: '1' }],
      [5, { id: '2' }],
    ]);
  });

  it('loses the item whose tags do not match and no other', () => {
    const items =
      '<item><g:id>1</g:id></item>\n<item><g:id>2</id></item>\n<item><g:id>3</g:id></item>\n<item>';
    expect(told(readXml(feed(items)))).toEqual([
      [3, { id: '1' }],
      [4, 'tags that do not close each other'],
      [5, { id: '3' }],
      [6, 'an item that is not closed'],
    ]);
  });

  it('keeps CDATA and stray marks, unfolds entities, and passes over lists and comments', () => {
    const item =
      '<item><title><![CDATA[<b>A & B</b>]]></title><g:brand>Fork & co</g:brand>' +
      '<g:color>gr&#252;n &amp; &my;</g:color><!-- x --><g:id>7</g:id><g:id>8</g:id>' +
      '<g:shipping a=">"><g:price>3</g:price></g:shipping><g:size/></item>';
    expect(told(readXml(feed(item)))).toEqual([
      [3, { title: '<b>A & B</b>', brand: 'Fork & co', color: 'grün & &my;', id: '7' }],
    ]);
  });

  it('takes the address of an Atom entry from its link', () => {
    const text =
      '<feed><entry><link rel="alternate" href="/a?b=1&amp;c=2"/><id>1</id></entry></feed>';
    expect(told(readXml(text))).toEqual([[1, { link: '/a?b=1&c=2', id: '1' }]]);
  });
});
