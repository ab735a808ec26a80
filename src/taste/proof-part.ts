/**
 * The proof that nothing leaves, and the way to erase everything.
 *
 * @packageDocumentation
 */
import type { Audit } from '../core/privacy.ts';
import type { Desk } from './desk.ts';
import { button, make } from './make.ts';
import { proofWords } from './words.ts';

/** The part of the drawer that shows an audit. */
export class ProofPart {
  readonly element: HTMLElement;
  readonly #desk: Desk;
  readonly #audit: () => Promise<Audit>;
  readonly #details: HTMLDetailsElement;
  readonly #place: HTMLElement = make('div', { class: 'place' });

  /**
   * @param desk - See {@link Desk}.
   * @param audit - Asks the engine; may reject.
   */
  constructor(desk: Desk, audit: () => Promise<Audit>) {
    this.#desk = desk;
    this.#audit = audit;
    const summary = make('summary', { part: 'heading' }, desk.text.say('proof'));
    this.#details = make(
      'details',
      { part: 'section proof', class: 'proof' },
      summary,
      this.#place,
    );
    this.#place.append(make('p', {}, desk.text.say('loading')));
    this.#details.addEventListener('toggle', () => void this.refresh());
    this.element = this.#details;
  }

  /** Asks anew, where it is open. Never rejects. */
  async refresh(): Promise<void> {
    if (!this.#details.open) return;
    const { text } = this.#desk;
    try {
      const blocks = proofWords(await this.#audit(), text);
      this.#place.replaceChildren(
        ...blocks.flatMap(({ lines, says }) => [
          make('p', {}, says),
          ...(lines.length > 0
            ? [
                make(
                  'ul',
                  { part: 'quiet' },
                  lines.map((line) => make('li', {}, line)),
                ),
              ]
            : []),
        ]),
      );
    } catch {
      // No worker, no audit.
      this.#place.replaceChildren(make('p', {}, text.say('unavailable')));
    }
  }
}

/** The part of the drawer that erases, after it has asked. */
export class ErasePart {
  readonly element: HTMLElement;
  readonly #desk: Desk;
  readonly #place: HTMLElement = make('div', { class: 'place' });
  #events = 0;

  /** @param desk - See {@link Desk}. */
  constructor(desk: Desk) {
    this.#desk = desk;
    const label = desk.text.say('erase');
    const attributes = { part: 'section erase', 'aria-label': label };
    this.element = make('section', attributes, this.#place);
    this.#offer();
  }

  /**
   * Takes note of how much there is to erase.
   *
   * @param events - Interactions.
   */
  update(events: number): void {
    this.#events = events;
  }

  #offer(): HTMLButtonElement {
    const words = this.#desk.text.say('erase');
    const offer = button(words, 'erase ', () => this.#ask(), { part: 'action danger' });
    this.#place.replaceChildren(offer);
    return offer;
  }

  #ask(): void {
    const { act, text } = this.#desk;
    const keep = button(text.say('eraseNo'), 'erase no', () => this.#offer().focus());
    const erase = async (): Promise<void> => {
      await act({
        change: 'erase',
        run: async ({ profile }) => {
          await profile.erase();
          return text.say('erased');
        },
      });
      this.#offer().focus();
    };
    const yes = button(text.say('eraseYes'), 'erase yes', () => void erase(), {
      part: 'action danger',
    });
    const question = make('p', { id: 'erase-ask' }, text.say('eraseAsk', { count: this.#events }));
    const group = { class: 'row', role: 'group', 'aria-labelledby': 'erase-ask' };
    this.#place.replaceChildren(question, make('div', group, yes, keep));
    // Who presses return twice has erased nothing.
    keep.focus();
  }
}
