/**
 * The tab of what the shop decides: its rules, and the places that are given to exploration.
 *
 * @packageDocumentation
 */
import type { ExploredPlace, InspectedRule } from '../core/inspection.ts';
import { bar } from './bars.ts';
import { type Child, facts, h, nothing, part } from './dom.ts';
import type { Panel, Tab } from './panel.ts';
import { many, percent } from './words.ts';

function ruleEntry({ id, isInForce, matches, shown, type }: InspectedRule): HTMLElement {
  return h(
    'li',
    { 'data-testid': 'rule', 'data-rule': id },
    h(
      'p',
      { class: 'line' },
      h('strong', {}, id),
      h('span', { class: 'chip' }, type),
      h('span', { class: 'chip' }, isInForce ? 'in force' : 'not now'),
    ),
    h('small', {}, `About ${many(matches, 'candidate')}; ${shown} of them shown because of it.`),
  );
}

function placeEntry(panel: Panel, place: ExploredPlace): HTMLElement {
  const { itemId, propensity, rank, rowId, segmentId } = place;
  const tried = segmentId === null ? '' : `, tries ${segmentId}`;
  return h(
    'li',
    { 'data-testid': 'explored', 'data-item': itemId },
    h(
      'p',
      { class: 'line' },
      h('strong', {}, panel.titleOf(itemId)),
      h('span', { class: 'number' }, percent(propensity)),
    ),
    bar(propensity),
    h('small', {}, `${rowId}, place ${rank}${tried}`),
  );
}

function rulesPart({ seen }: Panel): Child {
  const { ruleFaults, rules } = seen.inspection;
  return [
    rules.length > 0
      ? h('ul', { class: 'segments' }, rules.map(ruleEntry))
      : nothing('The shop has none.'),
    ruleFaults.length > 0 &&
      h(
        'ul',
        { class: 'plain faults' },
        ruleFaults.map((fault) => h('li', {}, fault)),
      ),
  ];
}

/** See the module's header. */
export const RULES_TAB: Tab = {
  id: 'rules',
  name: 'Rules',
  draw(panel) {
    const { explored, options } = panel.seen.inspection;
    return [
      part('Rules of the shop', rulesPart(panel)),
      part(
        'Exploration',
        options &&
          facts([
            ['Share of places', percent(options.exploration)],
            ['Given by', options.policy],
            ['Influence of the profile', percent(options.influence)],
            ['Held back by', options.held],
          ]),
        explored.length > 0
          ? h(
              'ul',
              { class: 'segments' },
              explored.map((place) => placeEntry(panel, place)),
            )
          : nothing('No place of this feed was given to it.'),
      ),
    ];
  },
};
