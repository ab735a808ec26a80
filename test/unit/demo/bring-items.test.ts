/** A merchant's columns to candidates: what is guessed, what is mended, what is left out and told. */
import { describe, expect, it } from 'vitest';
import { readAmount } from '../../../demo/bring-amount.js';
import { exampleCatalog } from '../../../demo/bring-example.js';
import { ItemMaker } from '../../../demo/bring-items.js';
import { changedMapping, guessMapping } from '../../../demo/bring-mapping.js';
import { plainText } from '../../../demo/bring-plain.js';
import { readTable } from '../../../demo/bring-table.js';

/** Makes items of a table by its own names. */
function made(text: string): ItemMaker {
  const found = [...readTable(text, ',')];
  const maker = new ItemMaker(
    guessMapping([...(found.find(({ fields }) => fields)?.fields?.keys() ?? [])]),
  );
  for (const entry of found) maker.take(entry);
  return maker;
}

describe('the columns of a catalog', () => {
  it('are known by the names of a Google Merchant feed', () => {
    const names = [
      'id',
      'title',
      'link',
      'image_link',
      'google_product_category',
      'product_type',
      'price',
    ];
    expect(Object.fromEntries(guessMapping(names))).toMatchObject({
      id: 'id',
      url: 'link',
      image: 'image_link',
      category: 'product_type',
      price: 'price',
    });
  });

  it('are known by the names of Shopify’s export', () => {
    const names = [
      'Handle',
      'Title',
      'Body (HTML)',
      'Vendor',
      'Type',
      'Variant SKU',
      'Variant Price',
      'Image Src',
    ];
    expect(Object.fromEntries(guessMapping(names))).toEqual({
      id: 'Handle',
      title: 'Title',
      description: 'Body (HTML)',
      brand: 'Vendor',
      category: 'Type',
      price: 'Variant Price',
      image: 'Image Src',
    });
  });

  it('are corrected one by one', () => {
    const mapping = guessMapping(['a', 'b']);
    expect(changedMapping(mapping, 'title', 'b').get('title')).toBe('b');
    expect(changedMapping(changedMapping(mapping, 'title', 'b'), 'title', '').has('title')).toBe(
      false,
    );
  });
});

describe('a price', () => {
  it.each([
    ['49.00 EUR', { price: 49, currency: 'EUR' }],
    ['€ 1.299,00', { price: 1299, currency: 'EUR' }],
    ['$1,299', { price: 1299, currency: 'USD' }],
    ['1,299.50', { price: 1299.5 }],
    ['12,5', { price: 12.5 }],
    [12, { price: 12 }],
    ['-3', null],
    ['on request', null],
    ['1 299,00 EUR', { price: 1299, currency: 'EUR' }],
    ['10 - 20', { price: 10 }],
    [Number.NaN, null],
  ])('%s is read', (text, amount) => {
    expect(readAmount(text)).toEqual(amount);
  });
});

describe('items', () => {
  it('have plain words, levels and numbers', () => {
    const text =
      'sku,name,category,price,description,availability\n' +
      'a,Lamp,Home > Lamps,"1.299,00 €","<p>Oak &amp; ash</p>",out of stock\n';
    expect(made(text).items).toEqual([
      {
        id: 'a',
        title: 'Lamp',
        categoryPath: ['Home', 'Lamps'],
        price: 1299,
        currency: 'EUR',
        description: 'Oak & ash',
        available: false,
      },
    ]);
  });

  it('take further lines of a Shopify product for its variants', () => {
    const maker = made('Handle,Title,Variant Price\nlamp,Lamp,\nlamp,,49\nlamp,,59\nrug,Rug,9\n');
    expect(maker.items.map(({ id, price }) => [id, price])).toEqual([
      ['lamp', 49],
      ['rug', 9],
    ]);
    expect(maker.further).toBe(2);
    expect(maker.problems).toEqual([]);
  });

  it('are left out with their line when id or title is missing, or the id is taken', () => {
    const maker = made('id,title,price\n,x,1\nb,,1\nc,C,1\nc,Other,1\nd,D,call us\n');
    expect(maker.problems).toEqual([
      { line: 2, problem: 'no id' },
      { line: 3, problem: 'no title' },
      { line: 5, problem: 'the id “c” a second time' },
    ]);
    expect(maker.items.map(({ id }) => id)).toEqual(['c', 'd']);
    expect(maker.priceless).toEqual([6]);
  });

  it('are known by their line where the catalog has no ids', () => {
    expect(made('title\nLamp\n').items).toEqual([{ id: 'line-2', title: 'Lamp' }]);
  });

  it('can all be read of the made-up catalog', () => {
    const maker = made(exampleCatalog(600));
    expect(maker.items).toHaveLength(600);
    expect(maker.problems).toEqual([]);
    expect(
      maker.items.every(
        ({ price = 0, categoryPath = [] }) => price > 0 && categoryPath.length === 2,
      ),
    ).toBe(true);
  });
});

it('text keeps what only looks like markup', () => {
  expect(plainText('3 < 4 & 5; <b>bold</b>&nbsp;&unknown;')).toBe('3 bold &unknown;');
  expect(plainText('a < b')).toBe('a < b');
});
