/**
 * Elements by the selectors that a shop writes into its markup.
 *
 * @packageDocumentation
 */

/**
 * Finds an element.
 *
 * @param selector - CSS selector.
 * @returns The first of the page; null when there is none, and for what is no selector.
 */
export function findElement(selector: string): Element | null {
  try {
    return document.querySelector(selector);
  } catch {
    // A mistake in the page's markup: as if nothing were there.
    return null;
  }
}
