/** A page without a framework, bundled by Vite. The worker is hosted by `vitrine copy`. */
import { createVitrine } from 'vitrine';
import products from '../products.json';
import '../shop.css';

const vitrine = await createVitrine({
  consent: 'granted',
  workerUrl: '/vitrine/vitrine.worker.js',
});
const titles = new Map(products.map(({ id, title }) => [id, title]));

function cardOf({ itemId, why }) {
  const entry = document.createElement('li');
  const card = document.createElement('button');
  card.className = 'card';
  card.dataset.item = itemId;
  card.append(titles.get(itemId), document.createElement('br'), why);
  card.addEventListener('click', () => vitrine.track({ type: 'view_item', itemId }));
  entry.append(card);
  return entry;
}

async function show() {
  const feed = await vitrine.rerank(products, { rows: 5, rowSize: 6 });
  const sections = feed.rows.map((row) => {
    const section = document.createElement('section');
    const title = document.createElement('h2');
    title.textContent = row.title;
    const list = document.createElement('ul');
    list.className = 'list';
    list.append(...row.items.map(cardOf));
    section.append(title, list);
    return section;
  });
  const main = document.querySelector('main');
  main.replaceChildren(...sections);
  main.dataset.personalized = feed.personalized;
}

document.querySelector('#again').addEventListener('click', show);
await show();
