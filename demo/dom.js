/**
 * Building and finding elements; text always goes in as text.
 */

/** @typedef {Node | string | null | undefined | false} Child */

/**
 * Makes an element.
 *
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag - Tag name.
 * @param {Record<string, string | boolean | ((event: Event) => void)>} [attributes] - Attributes;
 *   `true` sets an empty one, `false` none, functions listen (`onclick`).
 * @param {...(Child | readonly Child[])} children - Nodes and texts; the rest is skipped.
 * @returns {HTMLElementTagNameMap[K]} The element.
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else if (value !== false) element.setAttribute(name, value === true ? '' : value);
  }
  for (const child of children.flat()) {
    if (child !== null && child !== undefined && child !== false) element.append(child);
  }
  return element;
}

/**
 * Finds one element by its role on the page.
 *
 * @param {string} role - Value of `data-role`.
 * @param {ParentNode} [within] - Default: the document.
 * @returns {HTMLElement | null} Null when this page has none.
 */
export function byRole(role, within = document) {
  return within.querySelector(`[data-role="${role}"]`);
}

/**
 * Joins a button of the server's page to what it does. Until then it is disabled, so that no press
 * is lost between the page and its scripts.
 *
 * @param {string} action - Value of `data-action`.
 * @param {() => void} act - Called at each press.
 */
export function onAction(action, act) {
  for (const button of document.querySelectorAll(`button[data-action="${action}"]`)) {
    button.addEventListener('click', act);
    button.removeAttribute('disabled');
  }
}

/**
 * A dialog with a heading and a way out; shown at once, removed when it closes.
 *
 * @param {object} parts - What it holds.
 * @param {string} parts.title - Heading.
 * @param {string} parts.kind - Class and test id.
 * @param {readonly Child[]} parts.content - Below the heading.
 * @returns {HTMLDialogElement} The open dialog.
 */
export function openDialog({ title, kind, content }) {
  const close = make(
    'button',
    {
      type: 'button',
      class: 'dialog-close',
      'aria-label': 'Close',
      'data-testid': `${kind}-close`,
      onclick: () => dialog.close(),
    },
    '×',
  );
  const id = `${kind}-title`;
  const dialog = make(
    'dialog',
    { class: `dialog ${kind}`, 'aria-labelledby': id, 'data-testid': kind },
    make('div', { class: 'dialog-head' }, make('h2', { id, tabindex: '-1' }, title), close),
    make('div', { class: 'dialog-body' }, content),
  );
  dialog.addEventListener('close', () => dialog.remove());
  // A press on the backdrop lands on the dialog itself; its content fills it.
  dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/**
 * A horizontal bar whose length is a number; the number itself stands beside it as text.
 *
 * @param {number} share - 0 to 1; more is cut.
 * @param {string} [className] - Further class.
 * @returns {HTMLElement} Decoration, hidden from screen readers.
 */
export function bar(share, className = '') {
  const fill = make('span', { class: 'bar-fill' });
  fill.style.setProperty('--share', String(Math.min(1, Math.max(0, share))));
  return make('span', { class: `bar ${className}`.trim(), 'aria-hidden': 'true' }, fill);
}

/**
 * The item of a card, however far its row is drawn.
 *
 * @param {Element | null} inside - A card, or something in it.
 * @returns {string} Item id; empty without a card.
 */
export function itemIdOf(inside) {
  const card = inside?.closest('.card') ?? null;
  const own = card?.getAttribute('data-item-id') ?? card?.getAttribute('data-vitrine-item');
  return own ?? card?.closest('li')?.dataset['vitrineItem'] ?? '';
}

/** @returns {Promise<void>} Settles after what waits to be done; at once on a page that nobody sees. */
export function nextTask() {
  return new Promise((resolve) => {
    if (document.hidden) resolve();
    else setTimeout(resolve);
  });
}
