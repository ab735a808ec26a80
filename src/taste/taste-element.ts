/**
 * `<vitrine-taste>`: the drawer in which a shopper sees, corrects, takes along and erases what is known.
 *
 * @packageDocumentation
 */
import { defaultInstance, type PageScope } from '../client/default-instance.ts';
import { isGift } from '../client/gift-note.ts';
import type { Vitrine } from '../core/types.ts';
import type { TasteChange } from './desk.ts';
import { Drawer } from './drawer.ts';
import { make } from './make.ts';
import type { TasteMessages } from './messages.ts';
import { tasteSheet } from './styles.ts';
import { createText } from './text.ts';
import type { VitrineTaste } from './vitrine-taste.ts';

/** Node has no elements; importing the package there must not throw. */
const Base: typeof HTMLElement =
  globalThis.HTMLElement ?? (Object as unknown as typeof HTMLElement);

/** Set before this class was known, a property hides the class's own. */
const PROPERTIES = ['vitrine', 'messages', 'sentences'] as const;

/** Elements that show rows. */
interface Refreshed extends Element {
  readonly refresh?: () => Promise<void>;
}

/**
 * The custom element. See docs/taste.md for its attributes, parts, custom properties and messages.
 *
 * What stands inside is what opens the drawer; without anything it brings a button of its own.
 * Dispatches `vitrine:taste` after each change; unless a listener prevents it, every `<vitrine-feed>`
 * that the attribute `for` selects (default: all) is ranked anew.
 *
 * @example <vitrine-taste><button type="button">Your taste</button></vitrine-taste>
 */
export class TasteElement extends Base implements VitrineTaste {
  #vitrine: Vitrine | undefined;
  #messages: TasteMessages = {};
  #sentences: Readonly<Record<string, string>> = {};
  #drawer: Drawer | undefined;

  /** The instance that it speaks of; default: that of the script tag. */
  get vitrine(): Vitrine | undefined {
    return this.#vitrine ?? defaultInstance();
  }
  set vitrine(vitrine: Vitrine | undefined) {
    this.#vitrine = vitrine;
    void this.refresh();
  }

  /** The shop's texts by key; those that are left out stay English. */
  get messages(): TasteMessages {
    return this.#messages;
  }
  set messages(messages: TasteMessages) {
    this.#messages = messages;
    this.#drawAgain();
  }

  /** The shop's words for the library's own sentences in the proof, by the English ones. */
  get sentences(): Readonly<Record<string, string>> {
    return this.#sentences;
  }
  set sentences(sentences: Readonly<Record<string, string>>) {
    this.#sentences = sentences;
    this.#drawAgain();
  }

  /** Whether the drawer is open. */
  get open(): boolean {
    return this.#drawer?.dialog.open === true;
  }

  /** Called by the browser. */
  connectedCallback(): void {
    for (const name of PROPERTIES) {
      if (!Object.hasOwn(this, name)) continue;
      const { [name]: value } = this;
      Reflect.deleteProperty(this, name);
      Object.assign(this, { [name]: value });
    }
    this.#draw();
    // Of an instance that is still to come, an open drawer wants to know.
    const queue = ((globalThis as PageScope).vitrine_queue ??= []);
    if (!this.vitrine) queue.push(() => void this.refresh());
  }

  /** Opens the drawer; resolves once it shows what is known. Never rejects. */
  async show(): Promise<void> {
    this.#draw();
    if (this.isConnected) await this.#drawer?.show();
  }

  /** Reads anew what is known, where it is open. Never rejects. */
  async refresh(): Promise<void> {
    if (this.open) await this.#drawer?.fill();
  }

  /** Closes the drawer. */
  close(): void {
    this.#drawer?.dialog.close();
  }

  #drawAgain(): void {
    const { open } = this;
    if (!this.#drawer) return;
    this.#drawer.dialog.close();
    this.#drawer = undefined;
    this.#draw();
    if (open) void this.show();
  }

  #draw(): void {
    if (this.#drawer) return;
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [tasteSheet()];
    const text = createText(this.#language(), this.#messages, this.#sentences);
    this.#drawer = new Drawer({
      root,
      text,
      currency: this.getAttribute('currency') ?? undefined,
      fileName: this.getAttribute('file-name') ?? 'my-taste.vitrine.txt',
      vitrine: () => this.vitrine,
      onChange: (change) => this.#changed(change),
    });
    const opener = make(
      'slot',
      { onclick: () => void this.show() },
      make(
        'button',
        { type: 'button', part: 'opener', 'aria-haspopup': 'dialog' },
        text.say('title'),
      ),
    );
    const { dialog, sign } = this.#drawer;
    dialog.addEventListener('close', () => this.dispatchEvent(new Event('close')));
    root.replaceChildren(...(this.hasAttribute('no-button') ? [] : [opener]), sign, dialog);
    this.#drawer.showGift(isGift());
  }

  /** That of the page, where there are texts in it. */
  #language(): string {
    const { lang = '' } = this.closest<HTMLElement>('[lang]') ?? {};
    const isSaid = Object.keys(this.#messages).length > 0 || /^en\b/iu.test(lang);
    return isSaid ? lang : 'en';
  }

  #changed(change: TasteChange): void {
    const options = { detail: { change }, bubbles: true, cancelable: true };
    const isMine = this.dispatchEvent(new CustomEvent('vitrine:taste', options));
    if (change === 'gift' && !this.open) this.#focusOpener();
    if (!isMine || change === 'gift') return;
    for (const element of this.#feeds()) void element.refresh?.();
  }

  /** The sign of gift mode, which had the focus, is gone. */
  #focusOpener(): void {
    const slot = this.shadowRoot?.querySelector<HTMLSlotElement>('slot:not([name])');
    const opener = slot?.assignedElements()[0] ?? slot?.firstElementChild;
    if (opener instanceof HTMLElement) opener.focus();
  }

  #feeds(): Iterable<Refreshed> {
    try {
      return document.querySelectorAll(this.getAttribute('for') ?? 'vitrine-feed');
    } catch {
      // A mistake in the page's markup: as if there were no feed.
      return [];
    }
  }
}

/** Defines `<vitrine-taste>` where there are custom elements, unless another copy already did. */
export function defineTasteElement(): void {
  if (typeof customElements === 'undefined' || customElements.get('vitrine-taste')) return;
  customElements.define('vitrine-taste', TasteElement);
}
