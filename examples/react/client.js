import { StrictMode, createElement as h } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { App } from './app.js';

const products = JSON.parse(document.querySelector('#products').textContent);
const app = h(StrictMode, null, h(App, { products }));
const root = hydrateRoot(document.querySelector('#app'), app);
// For a page that takes the shop down again.
addEventListener('shop:close', () => root.unmount());
