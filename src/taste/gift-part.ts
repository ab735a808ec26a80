/**
 * Gift mode: the switch in the drawer, and the sign on the page while it is on.
 *
 * @packageDocumentation
 */
import type { Desk } from './desk.ts';
import { make } from './make.ts';

/** The switch and the sign of gift mode. */
export class GiftPart {
  /** Stands in the drawer. */
  readonly element: HTMLElement;
  /** Stands on the page, whatever is open; hidden while gift mode is off. */
  readonly sign: HTMLElement;
  readonly #desk: Desk;
  readonly #box: HTMLInputElement;

  /** @param desk - See {@link Desk}. */
  constructor(desk: Desk) {
    this.#desk = desk;
    const { text } = desk;
    this.#box = make('input', {
      type: 'checkbox',
      role: 'switch',
      part: 'switch',
      'data-key': 'gift ',
      'aria-describedby': 'gift-help',
      onchange: () => void this.#set(this.#box.checked),
    });
    this.element = make(
      'section',
      { part: 'section gift', class: 'gift' },
      make('label', { class: 'switch' }, this.#box, make('span', {}, text.say('gift'))),
      make('p', { part: 'quiet', id: 'gift-help' }, text.say('giftHelp')),
    );
    this.sign = make(
      'div',
      { part: 'sign', role: 'region', 'aria-label': text.say('gift'), hidden: true },
      make('span', {}, text.say('giftSign')),
      make(
        'button',
        { type: 'button', part: 'action', onclick: () => void this.#set(false) },
        text.say('giftEnd'),
      ),
    );
  }

  /**
   * Shows whether it is on.
   *
   * @param isOn - As the profile says.
   */
  update(isOn: boolean): void {
    this.#box.checked = isOn;
    this.sign.hidden = !isOn;
  }

  async #set(gift: boolean): Promise<void> {
    const { act, text } = this.#desk;
    await act({
      change: 'gift',
      isSmall: true,
      run: async ({ profile }) => {
        await profile.set({ gift });
        return text.say(gift ? 'giftStarted' : 'giftEnded');
      },
    });
  }
}
