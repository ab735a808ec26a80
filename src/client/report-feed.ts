/**
 * Reports what happens to rows that a framework has drawn, as `<vitrine-feed>` does for its own.
 *
 * @packageDocumentation
 */
import type { Feed, Interaction, Row, Vitrine } from '../core/types.ts';
import { armOf } from './experiment-arm.ts';
import { readCardClick } from './card-click.ts';
import type { DrawnRow } from './render-rows.ts';
import { watchRows } from './watch-rows.ts';

/** A row that was seen; as the event `exposure` of an instance. */
export interface Exposure {
  /** The row. */
  readonly row: Row;
  /** The feed that it belongs to. */
  readonly feed: Feed;
  /** Arm of the holdout; `none` where the feed fell back before that was known. */
  readonly experiment: 'exposed' | 'held-out' | 'none';
}

/** What is reported, and to whom. */
export interface ReportParts {
  /** Holds the rows. */
  readonly container: HTMLElement;
  /** What they were drawn from. */
  readonly feed: Feed;
  /** The instance that made it. */
  readonly vitrine: Pick<Vitrine, 'track'>;
  /** Called once for each row that was seen. */
  readonly onExposure?: ((exposure: Exposure) => void) | undefined;
}

/**
 * Reports rows that were seen (`data-vitrine-row="ID"`) and cards that were clicked
 * (`data-vitrine-item="ID"`), once they are in the document.
 *
 * In the server's order only clicks are told, without a row: nobody chose that order for anybody.
 *
 * @param parts - See {@link ReportParts}.
 * @returns Ends it.
 */
export function reportFeed(parts: ReportParts): () => void {
  const { container, feed, onExposure, vitrine } = parts;
  // For `vitrine/events`: clicks in here are told by us.
  container.dataset['vitrineRows'] = '';
  const byId = new Map(feed.rows.map((row) => [row.id, row]));
  const drawn = [...container.querySelectorAll<HTMLElement>('[data-vitrine-row]')].flatMap(
    (section): DrawnRow[] => {
      const row = byId.get(section.dataset['vitrineRow'] ?? '');
      return row ? [{ section, list: section, row }] : [];
    },
  );
  // The log tells the shop; its visitor's page goes on.
  const track = (interaction: Interaction): void => void vitrine.track(interaction).catch(() => {});
  const unwatch = watchRows(drawn, (row) => {
    const items = row.items.map(({ itemId }) => itemId);
    if (feed.personalized) track({ type: 'view_item_list', items, rowId: row.id });
    onExposure?.({ row, feed, experiment: armOf(feed) });
  });
  const clicked = (event: Event): void => {
    const click = readCardClick(event);
    if (!click) return;
    const { card, itemId, type } = click;
    const row = drawn.find(({ list }) => list.contains(card))?.row;
    track({ type, itemId, ...(row && feed.personalized && { rowId: row.id }) });
  };
  for (const type of ['click', 'auxclick']) container.addEventListener(type, clicked);
  return () => {
    unwatch();
    for (const type of ['click', 'auxclick']) container.removeEventListener(type, clicked);
  };
}
