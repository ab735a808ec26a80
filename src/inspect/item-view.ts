/**
 * One item: its score as bars, why it stands where it stands, and why not elsewhere.
 *
 * @packageDocumentation
 */
import type { ExplainedSimilarity } from '../core/explanation.ts';
import type { RowChance } from '../core/inspection.ts';
import type { ExplainedPart } from '../core/types.ts';
import { bar, signedBar } from './bars.ts';
import { button, type Child, facts, h } from './dom.ts';
import { cardOf } from './page.ts';
import type { ItemAnswer, Panel } from './panel.ts';
import { decimal, percent } from './words.ts';

/** The parts of a score, and their sum. */
function partsOf(parts: readonly ExplainedPart[], score: number): HTMLElement {
  const largest = Math.max(1e-9, ...parts.map(({ value }) => Math.abs(value)));
  const sum = parts.reduce((total, { value }) => total + value, 0);
  return h(
    'table',
    { class: 'parts', 'data-testid': 'parts' },
    h('caption', {}, 'Parts of the score'),
    h(
      'tbody',
      {},
      parts.map(({ name, value, words }) =>
        h(
          'tr',
          { 'data-part': name },
          h('th', { scope: 'row' }, name, h('small', {}, words)),
          h('td', {}, signedBar(value, largest)),
          h('td', { class: 'number', 'data-value': value }, decimal(value)),
        ),
      ),
    ),
    h(
      'tfoot',
      {},
      h(
        'tr',
        {},
        h(
          'th',
          { scope: 'row' },
          Math.abs(sum - score) < 1e-9 ? 'Sum = score' : 'Sum, not the score',
        ),
        h('td', {}),
        h('td', { class: 'number', 'data-testid': 'score', 'data-value': score }, decimal(score)),
      ),
    ),
  );
}

const TARGETS: ReadonlyMap<string, string> = new Map([
  ['segment', 'the row’s segment'],
  ['session', 'what is looked at now'],
  ['longTerm', 'the long term'],
]);

/** One cosine, split by block. */
function similarityOf({ blocks, segmentId, to, value }: ExplainedSimilarity): HTMLElement {
  const target = `${TARGETS.get(to) ?? to}${segmentId === undefined ? '' : ` (${segmentId})`}`;
  const largest = Math.max(1e-9, ...blocks.map(({ share }) => Math.abs(share)));
  return h(
    'table',
    { class: 'parts' },
    h('caption', {}, `Likeness to ${target}: ${decimal(value)}`),
    h(
      'tbody',
      {},
      blocks.map(({ block, cosine, share, weight }) =>
        h(
          'tr',
          {},
          h(
            'th',
            { scope: 'row' },
            block,
            h('small', {}, `cosine ${decimal(cosine)} × ${percent(weight)}`),
          ),
          h('td', {}, signedBar(share, largest)),
          h('td', { class: 'number' }, decimal(share)),
        ),
      ),
    ),
  );
}

/** What a row says of an item that is not in it. */
function verdictOf({ belongs, needed, score }: RowChance): string {
  if (!belongs) return 'does not belong to it';
  if (!Number.isFinite(needed)) return 'all of its places are given by hand';
  const gap = needed - score;
  return gap > 0 ? `${decimal(gap)} short of its last item` : 'left out for variety';
}

/** Scores beside those of the last item in each row. */
function chancesOf(rows: readonly RowChance[], ownRow: string | null): Child {
  const others = rows.filter(({ rowId }) => rowId !== ownRow);
  if (others.length === 0) return null;
  const largest = Math.max(1e-9, ...others.map(({ score }) => score));
  return h(
    'table',
    { class: 'parts', 'data-testid': 'chances' },
    h('caption', {}, ownRow === null ? 'Why in no row' : 'Why not in another row'),
    h(
      'tbody',
      {},
      others.map((row) =>
        h(
          'tr',
          { 'data-row': row.rowId },
          h('th', { scope: 'row' }, row.title, h('small', {}, verdictOf(row))),
          h('td', {}, bar(row.score / largest)),
          h('td', { class: 'number' }, decimal(row.score)),
        ),
      ),
    ),
  );
}

/** The place in a row, or that there is none. */
function placeOf({ explanation }: ItemAnswer): string {
  const { notShown, rank, rowId } = explanation;
  if (rowId !== null) return `${rowId}, place ${rank}`;
  return notShown ? `in no row: ${notShown.words}` : 'in no row: others scored higher';
}

/**
 * Draws the answer about one item.
 *
 * @param panel - The panel.
 * @param answer - Of the instance.
 * @returns Nodes.
 */
export function itemView(panel: Panel, answer: ItemAnswer): Child {
  const { chances, explanation } = answer;
  const { counterfactual, explored, itemId, memberships, rowId, score, scoreParts, why } =
    explanation;
  const card = cardOf(itemId);
  return h(
    'div',
    { class: 'item', 'data-testid': 'item', 'data-item': itemId },
    h('p', { class: 'why' }, why),
    facts([
      ['Item', itemId],
      ['Place', placeOf(answer)],
      [
        'Segments',
        memberships.map(({ segmentId, weight }) => `${segmentId} ${percent(weight)}`).join(', '),
      ],
      ['Explored with', explored && percent(explored.propensity)],
      ['Without', counterfactual?.sentence],
    ]),
    partsOf(scoreParts, score),
    chancesOf(chances.rows, rowId),
    explanation.similarities.map(similarityOf),
    h(
      'p',
      { class: 'actions' },
      card &&
        button('Show on the page', () => {
          card.scrollIntoView({ block: 'center' });
          panel.say(`${panel.titleOf(itemId)} is in view.`);
        }),
    ),
  );
}

/**
 * Asks about an item and draws the answer.
 *
 * @param panel - The panel.
 * @param itemId - A candidate.
 * @returns Resolves when it is drawn, or when it was said why not.
 */
export async function askItem(panel: Panel, itemId: string): Promise<void> {
  const { state, vitrine } = panel;
  await panel.attempt(async () => {
    const [explanation, chances] = await Promise.all([
      vitrine.explain(itemId),
      vitrine.inspect({ itemId }),
    ]);
    state.item = { explanation, chances };
    panel.draw();
  });
}
