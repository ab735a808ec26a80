/**
 * Kinds of things, makers, prices, and what was done lately.
 *
 * @packageDocumentation
 */
import type { Profile } from '../core/types.ts';
import type { Desk } from './desk.ts';
import { bar, button, make, section } from './make.ts';
import { categoryName, priceWords, recentWords } from './words.ts';

/** Most kinds and makers shown. */
const SHOWN = 6;

/** Most interactions shown. */
const RECENT = 12;

function measures(desk: Desk, entries: Profile['brands'], nameOf = (name: string) => name): Node {
  const lines = entries
    .slice(0, SHOWN)
    .map(({ name, affinity }) =>
      make(
        'li',
        { class: 'measure', part: 'measure' },
        make('span', { class: 'name' }, nameOf(name)),
        make('span', { class: 'number', part: 'number' }, desk.text.percent(affinity)),
        bar(affinity),
      ),
    );
  return make('ul', {}, lines);
}

/**
 * What is known beside segments.
 *
 * @param desk - See {@link Desk}.
 * @param profile - What is known.
 * @param currency - For prices that name none.
 * @returns Sections; none for what is not known.
 */
export function knownParts(
  desk: Desk,
  profile: Profile,
  currency: string | undefined,
): HTMLElement[] {
  const { brands, categories, price } = profile;
  const { text } = desk;
  const sections: HTMLElement[] = [];
  if (categories.length > 0) {
    const lines = measures(desk, categories, categoryName);
    sections.push(section('categories', text.say('categories'), lines));
  }
  if (brands.length > 0) {
    sections.push(section('brands', text.say('brands'), measures(desk, brands)));
  }
  if (price) {
    const sentence = make('p', {}, priceWords(price, text, currency));
    sections.push(section('prices', text.say('prices'), sentence));
  }
  return sections;
}

/**
 * What was done lately, and the ways to take it back.
 *
 * @param desk - See {@link Desk}.
 * @param profile - What is known.
 * @param now - Milliseconds.
 * @returns A section.
 */
export function recentPart(desk: Desk, profile: Profile, now: number): HTMLElement {
  const { events, recent } = profile;
  const { act, text } = desk;
  const entries = recent.slice(0, RECENT).map((entry, place) => {
    const { itemId, title = itemId } = entry;
    const action = text.say('forget');
    const forget = (): void =>
      void act({
        change: 'forget',
        run: async (vitrine) =>
          text.say('forgotten', { count: await vitrine.profile.forget({ itemId }) }),
      });
    return make(
      'li',
      { class: 'entry', part: 'entry', 'data-item-id': itemId },
      make('span', { class: 'name' }, title),
      make('span', { part: 'quiet' }, recentWords(entry, text, now)),
      button(action, `forget ${place}`, forget, {
        'aria-label': text.say('labelOf', { action, name: title }),
      }),
    );
  });
  const undo = (): void =>
    void act({
      change: 'undo',
      run: async (vitrine) => text.say('undone', { count: await vitrine.profile.undo() }),
    });
  return section(
    'recent',
    text.say('recent'),
    entries.length > 0
      ? make('ul', {}, entries)
      : make('p', { part: 'quiet' }, text.say('recentNone')),
    events > 0 ? make('div', { class: 'row' }, button(text.say('undo'), 'undo ', undo)) : null,
  );
}
