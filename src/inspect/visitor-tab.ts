/**
 * The tab of the visitor: vectors by block, segments with what is believed of them, affinities.
 *
 * @packageDocumentation
 */
import type { BetaPosterior } from '../core/beta.ts';
import type { InspectedSegment, TasteBlock, TasteVector } from '../core/inspection.ts';
import { bar, curve, strip } from './bars.ts';
import { type Child, facts, h, nothing, part } from './dom.ts';
import type { Panel, Tab } from './panel.ts';
import { decimal, percent } from './words.ts';

const VECTORS = {
  session: 'Now: the session’s vector',
  longTerm: 'Over time: the long-term vector',
};

/** Rates of engagement are small: the axis ends where the curves of places do. */
const AXIS = 0.5;

function blockRow({ block, near, values, weight }: TasteBlock): HTMLElement {
  const names = near.map(({ cosine, name }) => `${name} ${decimal(cosine)}`).join(' · ');
  return h(
    'tr',
    { 'data-block': block },
    h('th', { scope: 'row' }, block, h('small', {}, weight > 0 ? percent(weight) : 'says nothing')),
    h('td', {}, values.length > 0 && strip(values), names !== '' && h('small', {}, names)),
    h('td', { class: 'weight' }, bar(weight / 0.4)),
  );
}

function vectorPart({ blocks, mass, of }: TasteVector): HTMLElement {
  const title = VECTORS[of];
  if (!(mass > 0)) return part(title, nothing('No evidence.'));
  return part(
    title,
    h('p', { class: 'quiet' }, `Evidence ${decimal(mass)}; a fresh look counts 1.`),
    h(
      'table',
      { class: 'parts vector', 'data-testid': `vector-${of}` },
      h('caption', { class: 'unseen' }, title),
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          ['Block', 'Components, and what is nearest', 'Weight'].map((name) =>
            h('th', { scope: 'col' }, name),
          ),
        ),
      ),
      h('tbody', {}, blocks.map(blockRow)),
    ),
  );
}

/** A belief in words and as a curve; null: nothing but the prior. */
function belief(name: string, posterior: BetaPosterior | null): readonly [string, Child] {
  if (!posterior) return [name, null];
  const { alpha, beta } = posterior;
  const words = `Beta(${alpha.toFixed(1)}, ${beta.toFixed(1)}), mean ${percent(alpha / (alpha + beta))}`;
  return [name, [h('span', {}, words), curve(posterior, AXIS)]];
}

function segmentEntry(segment: InspectedSegment): HTMLElement {
  const { blocked, followed, longTermShare, name, segmentId, sessionShare, weight } = segment;
  return h(
    'li',
    { 'data-testid': 'segment', 'data-segment': segmentId },
    h(
      'p',
      { class: 'line' },
      h('strong', {}, name),
      followed && h('span', { class: 'chip' }, 'followed'),
      blocked && h('span', { class: 'chip' }, 'blocked'),
      h('span', { class: 'number' }, percent(weight)),
    ),
    bar(weight),
    facts([
      ['Id', segmentId],
      ['Evidence', `now ${percent(sessionShare)}, over time ${percent(longTermShare)}`],
      belief('Engagement', segment.engagement),
      belief('When tried', segment.trial),
    ]),
  );
}

/** Names with their affinity as bars. */
function affinityPart(
  title: string,
  entries: readonly { readonly name: string; readonly affinity: number }[],
): Child {
  if (entries.length === 0) return null;
  return h(
    'table',
    { class: 'parts' },
    h('caption', {}, title),
    h(
      'tbody',
      {},
      entries
        .slice(0, 8)
        .map(({ affinity, name }) =>
          h(
            'tr',
            {},
            h('th', { scope: 'row' }, name),
            h('td', {}, bar(affinity)),
            h('td', { class: 'number' }, decimal(affinity)),
          ),
        ),
    ),
  );
}

function priceOf({ seen }: Panel): string | null {
  const { price } = seen.profile;
  if (!price) return null;
  const { currency = '', high, low, median } = price;
  return `${low} to ${high}, middle ${median} ${currency}`;
}

/** See the module's header. */
export const VISITOR_TAB: Tab = {
  id: 'visitor',
  name: 'Visitor',
  draw(panel) {
    const { inspection, profile } = panel.seen;
    const { segments, taste } = inspection;
    return [
      facts([
        ['Interactions', String(profile.events)],
        ['Consent', profile.consent],
        ['Gift mode', profile.gift ? 'on: nothing is learned' : 'off'],
        ['Prices', priceOf(panel)],
      ]),
      part(
        'Segments',
        segments.length > 0
          ? h('ul', { class: 'segments' }, segments.map(segmentEntry))
          : nothing('None is the visitor’s yet.'),
      ),
      taste.map(vectorPart),
      part(
        'Affinities',
        affinityPart('Categories', profile.categories),
        affinityPart('Brands', profile.brands),
      ),
    ];
  },
};
