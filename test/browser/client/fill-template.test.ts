import { afterEach, describe, expect, it } from 'vitest';
import { fillTemplate } from '../../../src/client/fill-template.ts';

const template = (html: string): HTMLTemplateElement => {
  const element = document.createElement('template');
  element.innerHTML = html;
  return element;
};
const filled = (html: string, item: unknown): HTMLElement => {
  const holder = document.createElement('div');
  holder.append(fillTemplate(template(html), item));
  return holder;
};

afterEach(() => document.documentElement.removeAttribute('lang'));

describe('a card of the shop’s own markup', () => {
  it('gets text, links, pictures and alternatives', () => {
    const card = filled(
      '<a data-vitrine-href="url"><img data-vitrine-src="image" data-vitrine-alt="title"><b data-vitrine-text="title"></b></a>',
      { title: 'Lamp', url: '/lamp', image: 'https://img.example/lamp.svg' },
    );
    expect(card.querySelector('b')?.textContent).toBe('Lamp');
    expect(card.querySelector('a')?.getAttribute('href')).toBe(
      new URL('/lamp', location.href).href,
    );
    expect(card.querySelector('img')?.getAttribute('src')).toBe('https://img.example/lamp.svg');
    expect(card.querySelector('img')?.alt).toBe('Lamp');
  });

  it('writes prices in the item’s currency and the page’s language', () => {
    document.documentElement.lang = 'de-DE';
    const text = (item: unknown): string | null =>
      filled('<i data-vitrine-text="price"></i>', item).textContent;
    expect(text({ price: 1234.5, currency: 'EUR' })).toBe('1.234,50\u00a0€');
    expect(text({ price: 5, currency: 'no currency' })).toBe('5');
    expect(text({ price: 5 })).toBe('5');
    expect(text({})).toBe('');
    document.documentElement.lang = 'not a language!';
    expect(text({ price: 5, currency: 'EUR' })).toBe('5');
  });

  it('leaves out parts whose field is missing', () => {
    const html = '<p data-vitrine-if="brand">by <b data-vitrine-text="brand"></b></p><p>x</p>';
    expect(filled(html, { brand: 'Aero' }).textContent).toBe('by Aerox');
    expect(filled(html, {}).textContent).toBe('x');
  });

  it('reads deeper fields, and nothing from where there is none', () => {
    const html = '<b data-vitrine-text="brand.name"></b>';
    expect(filled(html, { brand: { name: 'Aero' } }).textContent).toBe('Aero');
    expect(filled(html, { brand: null }).textContent).toBe('');
    expect(filled(html, null).textContent).toBe('');
    expect(filled(html, { brand: { name: { toString: () => 'x' } } }).textContent).toBe('');
  });

  it('can be filled again and again', () => {
    const card = template('<b data-vitrine-text="title"></b>');
    fillTemplate(card, { title: 'first' });
    expect(fillTemplate(card, { title: 'second' }).textContent).toBe('second');
  });
});

describe('hostile candidates', () => {
  it('stay text where they are markup', () => {
    const hostile = '<img src=x onerror="window.__xss=1"><script>window.__xss=1</script>';
    const card = filled('<b data-vitrine-text="title"></b><img data-vitrine-alt="title">', {
      title: hostile,
    });
    expect(card.querySelector('b')?.textContent).toBe(hostile);
    expect(card.querySelectorAll('script, [onerror]')).toHaveLength(0);
    expect((globalThis as { __xss?: number }).__xss).toBeUndefined();
  });

  // oxlint-disable no-script-url -- these are what must not get through
  it.each([
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'java\nscript:alert(1)',
    '\u0001javascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'blob:https://shop.example/1',
    'file:///etc/passwd',
    'http://[',
    '',
  ])('put no %j into href or src', (url) => {
    const card = filled('<a data-vitrine-href="url"></a><img data-vitrine-src="url">', { url });
    expect(card.querySelector('a')?.hasAttribute('href')).toBe(false);
    expect(card.querySelector('img')?.hasAttribute('src')).toBe(false);
  });
});
