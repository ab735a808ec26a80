/**
 * Draws anew without losing the visitor's place: focus, what is folded, how far it was scrolled.
 *
 * @packageDocumentation
 */

function byKey(root: ParentNode): Map<string, HTMLElement> {
  const keyed = [...root.querySelectorAll<HTMLElement>('[data-key]')];
  return new Map(keyed.map((element) => [element.dataset['key'] ?? '', element]));
}

/**
 * Replaces the content of an element.
 *
 * @param box - What is filled; its elements with `data-key` keep their place.
 * @param active - The focused element.
 * @param draw - Fills it anew.
 */
export function keepPlace(box: HTMLElement, active: Element | null, draw: () => void): void {
  const { scrollTop } = box;
  const before = byKey(box);
  const focused = [...before].find(([, element]) => element === active)?.[0];
  draw();
  const after = byKey(box);
  for (const [key, element] of after) {
    const old = before.get(key);
    if (element instanceof HTMLDetailsElement && old instanceof HTMLDetailsElement) {
      element.open = old.open;
    }
    if (element instanceof HTMLSelectElement && old instanceof HTMLSelectElement) {
      element.value = old.value;
    }
    if (element instanceof HTMLInputElement && old instanceof HTMLInputElement) {
      element.value = old.value;
    }
  }
  box.scrollTop = scrollTop;
  if (focused === undefined) return;
  // What had it may be gone: then the box itself goes on, not the page.
  (after.get(focused) ?? box).focus({ preventScroll: true });
}
