/** The shop's own components. They draw the server's order on the server, and the visitor's rows here. */
import { createSSRApp, h } from 'vue';
import { createVitrinePlugin, useFeed, useVitrine } from 'vitrine/vue';

const OPTIONS = { consent: 'granted', workerUrl: '/vitrine/vitrine.worker.js' };

const Card = {
  props: ['entry'],
  setup(props) {
    const vitrine = useVitrine();
    // In your shop the product's page tells of this.
    const look = () => vitrine.value?.track({ type: 'view_item', itemId: props.entry.itemId });
    return () => {
      const { item, itemId, why } = props.entry;
      const link = { class: 'card', href: `#${itemId}`, onClick: look };
      return h('li', { 'data-vitrine-item': itemId }, [
        h('a', link, [h('b', item.title), h('small', why)]),
      ]);
    };
  },
};

const Rows = {
  props: ['products'],
  setup(props) {
    const { isPersonalized, refresh, root, rows } = useFeed(() => props.products, {
      rows: 5,
      rowSize: 6,
    });
    return () =>
      h('main', { ref: root, 'data-personalized': `${isPersonalized.value}` }, [
        h('button', { type: 'button', onClick: refresh }, 'Show me again'),
        rows.value.map((row) =>
          h('section', { key: row.id, 'data-vitrine-row': row.id }, [
            h('h2', row.title),
            h('p', row.why),
            h(
              'ul',
              { class: 'list' },
              row.items.map((entry) => h(Card, { key: entry.itemId, entry })),
            ),
          ]),
        ),
      ]);
  },
};

/** The application; on the server and on the page. */
export function makeApp(products) {
  const app = createSSRApp({ render: () => [h('h1', 'A shop in Vue'), h(Rows, { products })] });
  return app.use(createVitrinePlugin(OPTIONS));
}
