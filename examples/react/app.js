/** The shop's own components. They draw the server's order on the server, and the visitor's rows here. */
import { createElement as h } from 'react';
import { VitrineProvider, useFeed, useVitrine } from 'vitrine/react';

const OPTIONS = { consent: 'granted', workerUrl: '/vitrine/vitrine.worker.js' };

function Card({ entry: { item, itemId, why } }) {
  const vitrine = useVitrine();
  // In your shop the product's page tells of this.
  const look = () => vitrine?.track({ type: 'view_item', itemId });
  return h(
    'li',
    { 'data-vitrine-item': itemId },
    h(
      'a',
      { className: 'card', href: `#${itemId}`, onClick: look },
      h('b', null, item.title),
      h('small', null, why),
    ),
  );
}

function Rows({ products }) {
  const { isPersonalized, ref, refresh, rows } = useFeed(products, { rows: 5, rowSize: 6 });
  return h(
    'main',
    { ref, 'data-personalized': `${isPersonalized}` },
    h('button', { type: 'button', onClick: refresh }, 'Show me again'),
    rows.map((row) =>
      h(
        'section',
        { key: row.id, 'data-vitrine-row': row.id },
        h('h2', null, row.title),
        h('p', null, row.why),
        h(
          'ul',
          { className: 'list' },
          row.items.map((entry) => h(Card, { key: entry.itemId, entry })),
        ),
      ),
    ),
  );
}

/** The page. */
export function App({ products }) {
  return h(
    VitrineProvider,
    { options: OPTIONS },
    h('h1', null, 'A shop in React'),
    h(Rows, { products }),
  );
}
