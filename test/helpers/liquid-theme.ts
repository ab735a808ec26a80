/** Renders the Shopify block as Shopify does: its filters, `schema`, and products as Liquid has them. */
import { Liquid, type TagToken, type TopLevelToken } from 'liquidjs';
import { ROOT } from '../../scripts/run.mjs';
import type { Item } from '../../src/core/types.ts';

const EXTENSION = `${ROOT}examples/shopify/extensions/vitrine`;

/** A product of Liquid's, as far as the block reads it. */
export interface LiquidProduct {
  readonly id: number;
  readonly type: string | undefined;
  readonly variants: readonly { readonly id: number; readonly price: number }[];
  readonly [field: string]: unknown;
}

/** A product as `{{ product | json }}` writes it; prices in minor units. */
export function toProduct(item: Item, index: number): LiquidProduct {
  const minor = Math.round((item.price ?? 0) * 100);
  return {
    id: 7_000 + index,
    title: item.title,
    handle: item.id,
    url: `/products/${item.id}`,
    description: `<p>${item.description}</p>`,
    vendor: item.brand,
    type: item.categoryPath?.at(-1),
    tags: item.tags,
    price: minor,
    price_min: minor,
    price_varies: false,
    available: true,
    variants: [{ id: 40_000 + index, price: minor }],
    featured_image: null,
  };
}

/** Liquid with what a theme has beside it. */
function engine(): Liquid {
  const liquid = new Liquid({
    root: [`${EXTENSION}/blocks`],
    partials: [`${EXTENSION}/snippets`],
    extname: '.liquid',
  });
  liquid.registerFilter('asset_url', (name: string) => `/assets/${name}`);
  liquid.registerFilter('money', (minor: number) => `€${(minor / 100).toFixed(2)}`);
  liquid.registerFilter('image_url', (image: string) => image);
  liquid.registerTag('schema', {
    // Its content is for the editor.
    parse(_: TagToken, rest: TopLevelToken[]) {
      while (!/endschema/u.test(rest.shift()?.getText() ?? 'endschema'));
    },
    render: () => '',
  });
  return liquid;
}

/**
 * Renders the block.
 *
 * @param scope - `collection`, and `product` on a product's page.
 * @returns HTML.
 */
export async function renderBlock(scope: object): Promise<string> {
  const settings = { rows: 4, row_size: 4, cart_forms: true };
  const block = { id: 'b1', settings, shopify_attributes: 'data-block="b1"' };
  return (await engine().renderFile('feed', { block, ...scope })) as string;
}
