import { makeApp } from './app.js';

const products = JSON.parse(document.querySelector('#products').textContent);
const app = makeApp(products);
app.mount('#app');
// For a page that takes the shop down again.
addEventListener('shop:close', () => app.unmount());
