/**
 * Fills the shop's own card markup. Text goes in as text, URLs only when they are http(s).
 *
 * @packageDocumentation
 */

/** Fields of an item, from general to special: `brand.name` reads `brand`, then `name`. */
function read(item: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | null)?.[key], item);
}

let pricing: [key: string, format: Intl.NumberFormat] | undefined;

/** The format of the last price fits most often; making one takes longer than filling a card. */
function asPrice(value: number, currency: string): string {
  const { lang } = document.documentElement;
  const key = `${lang} ${currency}`;
  if (pricing?.[0] !== key) {
    pricing = [key, new Intl.NumberFormat(lang || undefined, { style: 'currency', currency })];
  }
  return pricing[1].format(value);
}

/** A value as the shopper reads it; prices in the item's currency. */
function asText(item: unknown, path: string): string {
  const value = read(item, path);
  const currency = read(item, 'currency');
  if (path === 'price' && typeof value === 'number' && typeof currency === 'string') {
    try {
      return asPrice(value, currency);
    } catch {
      // No such currency or language: the bare number below is still right.
    }
  }
  return typeof value === 'string' || typeof value === 'number' ? `${value}` : '';
}

/** A URL that is safe in `href` and `src`; undefined for `javascript:` and its like. */
function asUrl(text: string): string | undefined {
  try {
    const url = new URL(text, document.baseURI);
    return /^https?:$/.test(url.protocol) ? url.href : undefined;
  } catch {
    // No URL at all.
    return undefined;
  }
}

/**
 * Fills a copy of a template by its `data-vitrine-*` attributes.
 *
 * `data-vitrine-text="title"` sets the text, `-href`, `-src` and `-alt` the attribute, and
 * `-if="brand"` removes the element when the field is missing, false, 0 or empty. A value names a
 * field of the item as the shop sent it (`offers.price` reads deeper), or `why`.
 *
 * @param template - The shop's card.
 * @param item - Its fields.
 * @returns A filled copy, not yet in the document.
 */
export function fillTemplate(template: HTMLTemplateElement, item: unknown): DocumentFragment {
  const card = document.importNode(template.content, true);
  for (const element of card.querySelectorAll<HTMLElement>('*')) {
    const { vitrineIf, vitrineText, vitrineHref, vitrineSrc, vitrineAlt } = element.dataset;
    if (vitrineIf && !read(item, vitrineIf)) element.remove();
    if (vitrineText) element.textContent = asText(item, vitrineText);
    if (vitrineAlt) element.setAttribute('alt', asText(item, vitrineAlt));
    for (const [name, path] of [
      ['href', vitrineHref],
      ['src', vitrineSrc],
    ] as const) {
      const url = path && asText(item, path) && asUrl(asText(item, path));
      if (url) element.setAttribute(name, url);
    }
  }
  return card;
}
