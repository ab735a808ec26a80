import { describe, expect, it } from 'vitest';
import { normalizeCandidates } from '../../../src/catalog/candidates.ts';
import type { Item } from '../../../src/core/types.ts';

function itemsOf(input: unknown): Item[] {
  return normalizeCandidates(input, { maxItems: 100 }).items;
}

function idsOf(input: unknown): string[] {
  return itemsOf(input).map((item) => item.id);
}

describe('containers', () => {
  const list = [{ id: 'a' }, { id: 'b' }];
  it.each([
    ['an array', list],
    ['items', { items: list }],
    ['products', { products: list }],
    ['candidates', { candidates: list }],
    ['GA4’s data layer', { event: 'view_item_list', ecommerce: { items: list } }],
    ['an API’s data field', { data: { products: list } }],
    ['Shopify’s single product', { product: list[0] }, ['a']],
    ['an object without prototype', Object.assign(Object.create(null) as object, { items: list })],
  ])('finds the list in %s', (_name, input, ids = ['a', 'b']) => {
    expect(idsOf(input)).toEqual(ids);
  });

  it.each([{ product: 'a' }, { product: [] }, { product: null }])(
    'takes %j for no product',
    (input) => {
      expect(() => itemsOf(input)).toThrowError(
        expect.objectContaining({ code: 'CANDIDATES_FORMAT' }),
      );
    },
  );

  it('does not take inherited lists', () => {
    const input: unknown = Object.create({ items: list });
    expect(() => itemsOf(input)).toThrowError(
      expect.objectContaining({ code: 'CANDIDATES_FORMAT' }),
    );
  });
});

describe('GA4 items', () => {
  it('maps names, categories, brand and price', () => {
    const input = [
      {
        item_id: 'SKU_12345',
        item_name: 'Stan and Friends Tee',
        affiliation: 'Google Merchandise Store',
        index: 0,
        item_brand: 'Google',
        item_category: 'Apparel',
        item_category2: 'Adult',
        item_category3: 'Shirts',
        item_category4: 'Crew',
        item_category5: 'Short sleeve',
        item_list_id: 'related_products',
        price: 10.01,
        currency: 'USD',
        quantity: 3,
      },
    ];
    expect(itemsOf(input)).toEqual([
      {
        id: 'SKU_12345',
        title: 'Stan and Friends Tee',
        categoryPath: ['Apparel', 'Adult', 'Shirts', 'Crew', 'Short sleeve'],
        brand: 'Google',
        price: 10.01,
        currency: 'USD',
      },
    ]);
  });

  it('skips categories that are empty', () => {
    const input = [{ item_id: 'a', item_category: 'X', item_category2: '', item_category3: 'Z' }];
    expect(itemsOf(input)[0]?.categoryPath).toEqual(['X', 'Z']);
  });
});

describe('schema.org', () => {
  const lamp = {
    '@context': 'https://schema.org',
    '@type': 'Product',
    sku: 'lamp-1',
    name: 'Lamp',
    description: 'Bright.',
    category: 'Home > Lamps',
    brand: { '@type': 'Brand', name: 'Nordlys' },
    image: ['https://shop.example/1.jpg', 'https://shop.example/2.jpg'],
    url: 'https://shop.example/lamp',
    keywords: 'desk, brass',
    aggregateRating: { ratingValue: '4.4', reviewCount: 89 },
    offers: {
      '@type': 'Offer',
      price: '119.99',
      priceCurrency: 'USD',
      availability: 'https://schema.org/InStock',
    },
  };
  const expected: Item = {
    id: 'lamp-1',
    title: 'Lamp',
    description: 'Bright.',
    categoryPath: ['Home', 'Lamps'],
    brand: 'Nordlys',
    price: 119.99,
    currency: 'USD',
    rating: 4.4,
    ratingCount: 89,
    tags: ['desk', 'brass'],
    image: 'https://shop.example/1.jpg',
    url: 'https://shop.example/lamp',
    available: true,
  };

  it('maps a single Product', () => {
    expect(itemsOf(lamp)).toEqual([expected]);
  });

  it('maps an array of Products', () => {
    expect(itemsOf([lamp])).toEqual([expected]);
  });

  it('maps the products of a graph and nothing else of it', () => {
    const input = { '@graph': [{ '@type': 'WebPage', '@id': '#page' }, lamp] };
    expect(itemsOf(input)).toEqual([expected]);
  });

  it('maps an ItemList with ListItems', () => {
    const input = {
      '@type': 'ItemList',
      itemListElement: [
        { '@type': 'ListItem', position: 1, item: lamp },
        { '@type': 'ListItem', position: 2, item: { '@type': 'Product', sku: 'b', name: 'B' } },
      ],
    };
    expect(itemsOf(input)).toEqual([expected, { id: 'b', title: 'B' }]);
  });

  it('maps an ItemList of Products without ListItems, also inside an array or graph', () => {
    const list = { '@type': 'ItemList', itemListElement: [lamp] };
    expect(idsOf(list)).toEqual(['lamp-1']);
    expect(idsOf([{ '@type': 'BreadcrumbList', name: 'x' }, list])).toEqual(['lamp-1']);
    expect(idsOf({ '@graph': [list] })).toEqual(['lamp-1']);
  });

  it('counts list entries that are only URLs as items without id', () => {
    const input = { itemListElement: [{ '@type': 'ListItem', url: 'https://shop.example/a' }] };
    const result = normalizeCandidates(input, { maxItems: 9 });
    expect(result.warnings.map((each) => each.code)).toContain('ITEM_WITHOUT_ID');
  });

  it.each([
    ['an array of offers', { offers: [{ price: 5 }, { price: 9 }] }, 5],
    ['an aggregate offer', { offers: { lowPrice: '7.50', highPrice: '9' } }, 7.5],
    ['a price specification', { offers: { priceSpecification: { price: 3 } } }, 3],
    ['specifications', { offers: { priceSpecification: [{ price: 4 }] } }, 4],
  ])('finds the price in %s', (_name, fields, price) => {
    expect(itemsOf({ '@type': 'Product', sku: 'a', ...fields })[0]?.price).toBe(price);
  });

  it.each([
    ['https://schema.org/OutOfStock', false],
    ['http://schema.org/SoldOut', false],
    ['Discontinued', false],
    ['https://schema.org/PreOrder', true],
  ])('reads availability %s', (availability, available) => {
    const input = { '@type': 'Product', sku: 'a', offers: { availability } };
    expect(itemsOf(input)[0]?.available).toBe(available);
  });

  it('brings other scales of rating to five', () => {
    const aggregateRating = { ratingValue: 8, bestRating: '10' };
    expect(itemsOf({ '@type': 'Product', sku: 'a', aggregateRating })[0]?.rating).toBe(4);
  });

  it.each([
    [{ productID: 'p', '@id': '#x' }, 'p'],
    [{ productGroupID: 'g' }, 'g'],
    [{ '@id': 'https://shop.example/#a' }, 'https://shop.example/#a'],
  ])('takes the id from %j', (fields, id) => {
    expect(idsOf({ '@type': ['Product', 'Thing'], ...fields })).toEqual([id]);
  });

  it('takes a brand as text and a picture as an object', () => {
    const image = { '@type': 'ImageObject', contentUrl: '/a.png' };
    const [item] = itemsOf({ '@type': 'Product', sku: 'a', brand: 'Nordlys', image });
    expect(item).toEqual({ id: 'a', brand: 'Nordlys', image: '/a.png' });
  });
});

describe('Shopify', () => {
  const product = {
    id: 632910392,
    title: 'IPod Nano',
    handle: 'ipod-nano',
    body_html: '<p>It&#39;s the <strong>small</strong> iPod.</p><script>x()</script>',
    vendor: 'Apple',
    product_type: 'Cult Products',
    tags: ['Emotive', 'Flash Memory'],
    variants: [{ id: 1, price: '199.00', available: true }],
    images: [{ id: 2, src: 'https://cdn.shopify.com/a.png' }],
  };

  it('maps products.json, prices in units', () => {
    expect(itemsOf({ products: [product] })).toEqual([
      {
        id: '632910392',
        title: 'IPod Nano',
        description: "It's the  small  iPod.",
        categoryPath: ['Cult Products'],
        brand: 'Apple',
        price: 199,
        tags: ['Emotive', 'Flash Memory'],
        image: 'https://cdn.shopify.com/a.png',
        url: '/products/ipod-nano',
        available: true,
      },
    ]);
  });

  it('maps the Ajax form, prices in hundredths', () => {
    const ajax = {
      id: 1,
      title: 'Shirt',
      handle: 'shirt',
      description: '<b>Soft</b>',
      vendor: 'V',
      type: 'Shirts',
      tags: ['a'],
      price: 2050,
      price_min: 2050,
      price_varies: false,
      available: false,
      variants: [{ price: 2050 }],
      featured_image: '//cdn.shopify.com/s.jpg',
      images: ['//cdn.shopify.com/t.jpg'],
      url: '/products/shirt?pr_rec=1',
    };
    expect(itemsOf({ products: [ajax] })).toEqual([
      {
        id: '1',
        title: 'Shirt',
        description: 'Soft',
        categoryPath: ['Shirts'],
        brand: 'V',
        price: 20.5,
        tags: ['a'],
        image: '//cdn.shopify.com/s.jpg',
        url: '/products/shirt?pr_rec=1',
        available: false,
      },
    ]);
  });

  it('splits tags written as text, as the Admin API gives them', () => {
    const [item] = itemsOf([{ ...product, tags: 'Emotive, Flash Memory' }]);
    expect(item?.tags).toEqual(['Emotive', 'Flash Memory']);
  });

  it('takes the picture from image where there is no list', () => {
    const { images: _images, ...rest } = product;
    expect(itemsOf([{ ...rest, image: { src: '/i.png' } }])[0]?.image).toBe('/i.png');
  });

  it('escapes what a handle may not hold', () => {
    const [item] = itemsOf([{ ...product, handle: '../a b\ud800"' }]);
    expect(item?.url).toBe('/products/..%2Fa%20b%EF%BF%BD%22');
  });

  it.each([[''], [5], ['x'.repeat(256)]])('makes no address of the handle %j', (handle) => {
    expect(itemsOf([{ ...product, handle }])[0]?.url).toBeUndefined();
  });

  it('keeps a product whose body is null', () => {
    expect(itemsOf([{ ...product, body_html: null }])[0]?.description).toBeUndefined();
  });
});

describe('other names that shops use', () => {
  it('takes name, category, thumbnail and itemId', () => {
    const input = [{ itemId: 'a', name: 'Cup', category: 'kitchen', thumbnail: '/t.webp' }];
    expect(itemsOf(input)).toEqual([
      { id: 'a', title: 'Cup', categoryPath: ['kitchen'], image: '/t.webp' },
    ]);
  });

  it('takes the first of several images', () => {
    expect(itemsOf([{ id: 'a', images: ['/1.png', '/2.png'] }])[0]?.image).toBe('/1.png');
  });
});
