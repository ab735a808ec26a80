/** Writes examples/json-ld/index.html: a list as a shop has it for search engines. */
import { writeFileSync } from 'node:fs';
import { ROOT } from '../run.mjs';

/** @typedef {import('../../src/core/types.ts').Item} Item */

/**
 * @param {Item} item
 * @param {number} index
 * @returns {object} As schema.org has it.
 */
function toListItem({ brand, categoryPath = [], currency, description, id, price, title }, index) {
  const offers = { '@type': 'Offer', price: `${price}`, priceCurrency: currency };
  const item = {
    '@type': 'Product',
    sku: id,
    name: title,
    description,
    category: categoryPath.join(' > '),
    ...(brand === undefined ? {} : { brand: { '@type': 'Brand', name: brand } }),
    offers,
  };
  return { '@type': 'ListItem', position: index + 1, item };
}

/**
 * Writes the page.
 *
 * @param {readonly Item[]} items - In the server's order.
 */
export function writeJsonLdPage(items) {
  const list = items.map((item, n) => `    ${JSON.stringify(toListItem(item, n))}`).join(',\n');
  const cards = items
    .map(
      ({ id, title }) =>
        `    <li data-vitrine-item="${id}"><a class="card" href="#${id}"><b>${title}</b></a></li>`,
    )
    .join('\n');
  writeFileSync(`${ROOT}examples/json-ld/index.html`, page(list, cards));
}

/**
 * @param {string} list
 * @param {string} cards
 * @returns {string} HTML.
 */
function page(list, cards) {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Candidates from schema.org</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="../shop.css">
<!-- What the page has for search engines already. -->
<script type="application/ld+json" id="products">
{
  "@context": "https://schema.org",
  "@type": "ItemList",
  "itemListElement": [
${list}
  ]
}
</script>
<script type="module" src="/vitrine/vitrine.js" data-consent="granted"></script>
</head>
<body>
<h1>A shop with JSON-LD</h1>
<vitrine-feed rows="4" row-size="3" candidates="#products">
  <ul class="list">
${cards}
  </ul>
</vitrine-feed>
</body>
</html>
`;
}
