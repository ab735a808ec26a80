/**
 * Elements of the panel: built by calls, filled by `textContent`. Nothing here takes markup, inline
 * styles or scripts in text, so the strictest policies of a page hold.
 *
 * @packageDocumentation
 */

/** What an element may hold; nothing is left out. */
export type Child = Node | string | null | undefined | false | readonly Child[];

/** Attributes; true: without a value, false and undefined: left out. */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

const SVG = 'http://www.w3.org/2000/svg';

function setAll(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    element.setAttribute(name, value === true ? '' : String(value));
  }
}

function nodesOf(child: Child): (Node | string)[] {
  if (Array.isArray(child)) return child.flatMap(nodesOf);
  return child === null || child === undefined || child === false ? [] : [child as Node | string];
}

/**
 * Makes an element.
 *
 * @param tag - Name.
 * @param attributes - Of ours, never of data.
 * @param children - Nodes and texts.
 * @returns It.
 */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  setAll(element, attributes);
  element.append(...nodesOf(children));
  return element;
}

/**
 * Makes an element of a drawing.
 *
 * @param tag - Name.
 * @param attributes - Numbers and classes.
 * @param children - Elements of the drawing.
 * @returns It.
 */
export function svg(
  tag: 'svg' | 'rect' | 'path' | 'line',
  attributes: Attributes,
  ...children: readonly Element[]
): SVGElement {
  const element = document.createElementNS(SVG, tag);
  setAll(element, attributes);
  element.append(...children);
  return element;
}

/**
 * Makes a button.
 *
 * @param label - Its text.
 * @param act - Called by a click or the keyboard; what it rejects with is told by `report`.
 * @param attributes - Further ones.
 * @returns It.
 */
export function button(
  label: string,
  act: () => unknown,
  attributes: Attributes = {},
): HTMLButtonElement {
  const element = h('button', { type: 'button', ...attributes }, label);
  element.addEventListener('click', () => void act());
  return element;
}

/**
 * Names and values beside each other.
 *
 * @param entries - In their order; those without a value are left out.
 * @returns A list.
 */
export function facts(entries: readonly (readonly [string, Child])[]): HTMLElement {
  const known = entries.filter(([, value]) => nodesOf(value).length > 0);
  return h(
    'dl',
    { class: 'facts' },
    known.map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value))),
  );
}

/**
 * A long id in one line, cut where the room ends.
 *
 * @param id - Any.
 * @returns It, whole for the pointer and the clipboard.
 */
export function longId(id: string): HTMLElement {
  return h('span', { class: 'id', title: id }, id);
}

/**
 * A titled part of a tab.
 *
 * @param title - Heading.
 * @param children - What stands below.
 * @returns It.
 */
export function part(title: string, ...children: readonly Child[]): HTMLElement {
  return h('section', {}, h('h3', {}, title), children);
}

/**
 * A line that says that there is nothing.
 *
 * @param text - A sentence.
 * @returns It.
 */
export function nothing(text: string): HTMLElement {
  return h('p', { class: 'quiet' }, text);
}
