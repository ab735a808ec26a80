/**
 * The drawer: a modal dialog that shows what is known, and does what the visitor wants about it.
 *
 * @packageDocumentation
 */
import type { Profile, Segment, Vitrine } from '../core/types.ts';
import { carryPart } from './carry-part.ts';
import type { Deed, Desk, TasteChange } from './desk.ts';
import { GiftPart } from './gift-part.ts';
import { knownParts, recentPart } from './known-part.ts';
import { keepFocus, make } from './make.ts';
import { ErasePart, ProofPart } from './proof-part.ts';
import { SegmentsPart } from './segments-part.ts';
import type { Text } from './text.ts';
import { failureKey } from './words.ts';

/** What the drawer needs of its element. */
export interface DrawerHost {
  /** Where it is drawn. */
  readonly root: ShadowRoot;
  /** Words in the shop's language. */
  readonly text: Text;
  /** For prices that name no currency. */
  readonly currency: string | undefined;
  /** Name of exported files. */
  readonly fileName: string;
  /** @returns The page's instance; undefined where there is none yet. */
  readonly vitrine: () => Vitrine | undefined;
  /** Called after each deed that changed something. */
  readonly onChange: (change: TasteChange) => void;
}

/** Instances of earlier releases or of the shop's own making may lack what is asked for. */
const NO_INSTANCE = new Error('no instance');

/** The drawer of one element. */
export class Drawer implements Desk {
  readonly text: Text;
  /** The dialog; put into the shadow root by the element. */
  readonly dialog: HTMLDialogElement;
  /** The sign of gift mode. */
  readonly sign: HTMLElement;
  readonly #host: DrawerHost;
  readonly #title: HTMLElement;
  readonly #note: HTMLElement = make('p', { part: 'quiet' });
  readonly #content: HTMLElement;
  readonly #status: HTMLElement = make('div', { part: 'status', role: 'status' });
  readonly #gift: GiftPart;
  readonly #segments: SegmentsPart;
  readonly #known: HTMLElement = make('div', { class: 'known' });
  readonly #erase: ErasePart;
  readonly #proof: ProofPart;
  #calls = 0;

  /** @param host - See {@link DrawerHost}. */
  constructor(host: DrawerHost) {
    this.#host = host;
    const { text } = host;
    this.text = text;
    this.#gift = new GiftPart(this);
    this.sign = this.#gift.sign;
    this.#segments = new SegmentsPart(this);
    this.#proof = new ProofPart(this, async () => this.#instance().audit());
    this.#erase = new ErasePart(this);
    this.#title = make('h2', { id: 'title', part: 'title', tabindex: '-1' }, text.say('title'));
    this.#content = make(
      'div',
      { hidden: true },
      this.#gift.element,
      this.#segments.element,
      this.#known,
      carryPart(this, host.fileName),
      this.#proof.element,
      this.#erase.element,
    );
    this.dialog = this.#frame();
  }

  /** Opens the drawer and fills it. */
  async show(): Promise<void> {
    if (this.dialog.open) return;
    this.#status.textContent = '';
    // Only now: a page that has the focus elsewhere would be told of it in its console.
    this.#title.autofocus = true;
    this.dialog.showModal();
    this.#title.focus();
    await this.fill();
  }

  /** Does something; see {@link Desk}. */
  readonly act = async ({ change, isSmall = false, run }: Deed): Promise<void> => {
    try {
      const words = await run(this.#instance());
      this.tell(words);
    } catch (error) {
      this.tell(this.text.say(failureKey(error)));
    }
    // Also after a failure: what is shown is what is.
    await this.fill(isSmall);
    if (change) this.#host.onChange(change);
  };

  /**
   * Says something.
   *
   * @param words - Ready.
   */
  readonly tell = (words: string): void => {
    this.#status.textContent = words;
  };

  /**
   * Shows whether gift mode is on.
   *
   * @param isOn - As the tab or the profile says.
   */
  showGift(isOn: boolean): void {
    this.#gift.update(isOn);
  }

  /**
   * Reads everything anew and shows it. Never rejects.
   *
   * @param isSmall - Whether only numbers have changed.
   */
  async fill(isSmall = false): Promise<void> {
    const call = ++this.#calls;
    try {
      const vitrine = this.#instance();
      const [profile, library] = await Promise.all([
        vitrine.profile.get(),
        isSmall ? [] : vitrine.segments.list(),
      ]);
      // A later one has begun meanwhile and knows more.
      if (call === this.#calls) this.#draw(profile, isSmall ? null : library);
    } catch {
      // No instance, no worker: the shop goes on as it is.
      this.#content.hidden = true;
      this.#note.textContent = this.text.say('unavailable');
    }
  }

  #instance(): Vitrine {
    const vitrine = this.#host.vitrine();
    if (!vitrine) throw NO_INSTANCE;
    return vitrine;
  }

  #frame(): HTMLDialogElement {
    const { text } = this;
    const close = make(
      'button',
      { type: 'button', part: 'close', 'aria-label': text.say('close') },
      '×',
    );
    this.#note.textContent = text.say('loading');
    const body = make(
      'div',
      { part: 'body' },
      make('div', { class: 'place' }, make('p', {}, text.say('intro')), this.#note),
      make('slot', { name: 'start' }),
      this.#content,
      make('slot', { name: 'end' }),
    );
    const head = make('div', { part: 'header' }, this.#title, close);
    const parts = { part: 'drawer', 'aria-labelledby': 'title', lang: text.locale };
    const dialog = make('dialog', parts, head, body, this.#status);
    close.addEventListener('click', () => dialog.close());
    // A press on the backdrop lands on the dialog itself; its content fills it.
    dialog.addEventListener('click', (event) => {
      if (event.target === dialog) dialog.close();
    });
    return dialog;
  }

  #draw(profile: Profile, library: readonly Segment[] | null): void {
    const { currency, root } = this.#host;
    this.#gift.update(profile.gift);
    this.#erase.update(profile.events);
    void this.#proof.refresh();
    if (library === null) {
      this.#segments.update(profile);
      return;
    }
    this.#content.hidden = false;
    this.#note.textContent = this.#noteOf(profile);
    const draw = (): void => {
      this.#segments.draw(profile, library);
      const recent = recentPart(this, profile, Date.now());
      this.#known.replaceChildren(...knownParts(this, profile, currency), recent);
    };
    keepFocus(root, draw, this.#title);
  }

  #noteOf({ consent, storage }: Profile): string {
    if (consent === 'denied') return this.text.say('notRemembered');
    return this.text.say(storage === 'memory' ? 'keptForPage' : 'keptHere');
  }
}
