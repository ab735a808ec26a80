/**
 * What the visitor seems to come for, and what else could be followed.
 *
 * @packageDocumentation
 */
import type { Profile, Segment } from '../core/types.ts';
import type { Deed, Desk } from './desk.ts';
import { button, make, section } from './make.ts';
import { type SegmentLine, segmentLine } from './segment-line.ts';

/** The part of the drawer that corrects segments. */
export class SegmentsPart {
  readonly element: HTMLElement;
  readonly #desk: Desk;
  readonly #place: HTMLElement = make('div', { class: 'place' });
  #lines: ReadonlyMap<string, SegmentLine> = new Map();
  /** Whether the list of others is open; it stays so when it is drawn anew. */
  #isOpen = false;

  /** @param desk - See {@link Desk}. */
  constructor(desk: Desk) {
    this.#desk = desk;
    this.element = section('segments', desk.text.say('segments'), this.#place);
  }

  /**
   * Draws all anew.
   *
   * @param profile - What is known.
   * @param library - All segments.
   */
  draw(profile: Profile, library: readonly Segment[]): void {
    const { segments } = profile;
    const { text } = this.#desk;
    this.#lines = new Map(
      segments.map((segment) => [segment.segmentId, segmentLine(this.#desk, segment)]),
    );
    const lines = [...this.#lines.values()].map(({ element }) => element);
    this.#place.replaceChildren(
      lines.length > 0
        ? make('ul', {}, lines)
        : make('p', { part: 'quiet' }, text.say('segmentsNone')),
      ...this.#others(library.filter(({ id }) => !this.#lines.has(id))),
    );
  }

  /**
   * Shows other shares; everything stays where it is.
   *
   * @param profile - What is known now.
   */
  update(profile: Profile): void {
    const now = new Map(profile.segments.map((segment) => [segment.segmentId, segment]));
    for (const [id, line] of this.#lines) {
      const segment = now.get(id);
      if (segment) line.update(segment);
    }
  }

  #others(others: readonly Segment[]): HTMLElement[] {
    if (others.length === 0) return [];
    const { act, text } = this.#desk;
    const entries = others.map(({ id, name }) => {
      const label = text.say('labelOf', { action: text.say('follow'), name });
      const run: Deed['run'] = async ({ segments }) => {
        await segments.follow(id);
        return text.say('followStarted', { name });
      };
      const press = (): void => void act({ change: 'follow', run });
      return make(
        'li',
        { class: 'entry', part: 'other', 'data-segment-id': id },
        make('span', { class: 'name' }, name),
        button(text.say('follow'), `other ${id}`, press, { 'aria-label': label }),
      );
    });
    const summary = make('summary', {}, text.say('others', { count: others.length }));
    const details = make('details', { part: 'others' }, summary, make('ul', {}, entries));
    details.open = this.#isOpen;
    details.addEventListener('toggle', () => (this.#isOpen = details.open));
    return [details];
  }
}
