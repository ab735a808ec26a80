/**
 * Tells which rows were really seen: half in view for a second, on a page that is in front.
 *
 * @packageDocumentation
 */
import type { DrawnRow } from './render-rows.ts';

const SEEN_MS = 1_000;

/**
 * Watches rows until each was seen once.
 *
 * Half of the row, or half of the viewport for rows taller than that, in view for one second.
 *
 * @param rows - In the document.
 * @param onSeen - Called once for each row.
 * @returns Stops watching.
 */
export function watchRows(
  rows: readonly DrawnRow[],
  onSeen: (row: DrawnRow['row']) => void,
): () => void {
  const timers = new Map<Element, ReturnType<typeof setTimeout>>();
  const inView = new Set<Element>();
  const stop = new AbortController();
  const rowOf = new Map<Element, DrawnRow['row']>(rows.map(({ list, row }) => [list, row]));

  const arm = (list: Element): void => {
    clearTimeout(timers.get(list));
    const row = rowOf.get(list);
    if (!row || document.hidden || !inView.has(list)) return;
    const seen = (): void => {
      rowOf.delete(list);
      observer.unobserve(list);
      onSeen(row);
    };
    timers.set(list, setTimeout(seen, SEEN_MS));
  };
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, intersectionRatio, intersectionRect, rootBounds } of entries) {
        const half = (rootBounds?.height ?? innerHeight) / 2;
        const isIn = intersectionRatio >= 0.5 || intersectionRect.height >= half;
        if (isIn === inView.has(target)) continue;
        if (isIn) inView.add(target);
        else inView.delete(target);
        arm(target);
      }
    },
    { threshold: [0, 0.1, 0.2, 0.3, 0.4, 0.5] },
  );
  const onVisibility = (): void => inView.forEach(arm);
  document.addEventListener('visibilitychange', onVisibility, { signal: stop.signal });
  for (const { list } of rows) observer.observe(list);
  return () => {
    observer.disconnect();
    stop.abort();
    for (const timer of timers.values()) clearTimeout(timer);
  };
}
