/**
 * Building elements; text always goes in as text.
 *
 * @packageDocumentation
 */

/** An attribute's value (`true` sets an empty one, `false` none), or what listens (`onclick`). */
type Attribute = string | boolean | ((event: Event) => void);

/** A node, a text, or nothing. */
export type Child = Node | string | null;

/**
 * Makes an element.
 *
 * @param tag - Tag name.
 * @param attributes - By name.
 * @param children - Put inside in their order.
 * @returns The element.
 */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, Attribute>> = {},
  ...children: readonly (Child | readonly Child[])[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else if (value !== false) element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat().filter((child) => child !== null));
  return element;
}

/**
 * A bar beside its number, which is there as text.
 *
 * @param share - 0 to 1; more is cut.
 * @returns Decoration, hidden from screen readers.
 */
export function bar(share: number): HTMLElement {
  const fill = make('span', { part: 'bar-fill' });
  setShare(fill, share);
  return make('span', { part: 'bar', class: 'bar', 'aria-hidden': 'true' }, fill);
}

/**
 * Sets the length of a bar.
 *
 * @param fill - What {@link bar} holds.
 * @param share - 0 to 1; more is cut.
 */
export function setShare(fill: HTMLElement, share: number): void {
  fill.style.setProperty('--share', String(Math.min(1, Math.max(0, share))));
}

/** A button of the drawer. `key` is its name across redrawings, so that the focus finds it again. */
export function button(
  words: string,
  key: string,
  press: () => void,
  attributes: Readonly<Record<string, Attribute>> = {},
): HTMLButtonElement {
  const own = { type: 'button', part: 'action', 'data-key': key, onclick: press };
  return make('button', { ...own, ...attributes }, words);
}

/**
 * A part of the drawer with its heading.
 *
 * @param name - Of the part.
 * @param heading - Words.
 * @param content - Below it.
 * @returns A section.
 */
export function section(
  name: string,
  heading: string,
  ...content: readonly (Child | readonly Child[])[]
): HTMLElement {
  const title = make('h3', { part: 'heading', id: name }, heading);
  const attributes = { part: `section ${name}`, class: name, 'aria-labelledby': name };
  return make('section', attributes, title, ...content);
}

/**
 * Draws a part anew and leaves the focus where it was: on the thing of the same key, else on the one
 * that took its place among its kind.
 *
 * @param root - Where the focus is looked for.
 * @param draw - Replaces elements.
 * @param otherwise - Gets the focus when nothing of the kind is left.
 */
export function keepFocus(root: ShadowRoot, draw: () => void, otherwise: HTMLElement): void {
  const active = root.activeElement;
  const key = active instanceof HTMLElement ? active.dataset['key'] : undefined;
  const kind = key?.slice(0, key.indexOf(' ') + 1) ?? '';
  const ofKind = (): HTMLElement[] =>
    [...root.querySelectorAll<HTMLElement>('[data-key]')].filter(
      (element) => element.dataset['key']?.startsWith(kind) === true,
    );
  const place = ofKind().findIndex((element) => element === active);
  draw();
  if (key === undefined || root.activeElement !== null) return;
  const now = ofKind();
  const same = now.find((element) => element.dataset['key'] === key);
  const next = kind === '' ? undefined : now[Math.min(place, now.length - 1)];
  (same ?? next ?? otherwise).focus();
}
