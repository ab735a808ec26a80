/**
 * "Watch a shopper": a bar at the foot of the home page in which a persona shops step by step. One can
 * pause, go on by hand, and stop; then the visitor's own window is back as it was.
 */
import { placesByItem } from './candidates.js';
import { differenceInWords, differenceOf } from './difference-words.js';
import { byRole, itemIdOf, make } from './dom.js';
import { refreshFeed } from './feed.js';
import { prefersStill } from './moves.js';
import { deedInWords, PERSONAS } from './persona-script.js';
import { PersonaWatch } from './persona-watch.js';
import { pictureOf } from './pictures.js';

/** @typedef {import('./persona-script.js').Persona} Persona */
/** @typedef {import('./persona-watch.js').Step} Step */
/** @typedef {import('../src/client/feed-element.ts').VitrineFeedElement} FeedElement */

/** Milliseconds from one deed to the next, and from the sign on a card to the deed. */
const PACE = 2600;
const SIGN = 900;
const PICTURE = 48;

/** @type {Dock | null} */
let dock = null;

/** Joins the buttons of the home page. */
export function startPersonas() {
  /** @type {FeedElement | null} */
  const element = document.querySelector('vitrine-feed');
  if (element === null) return;
  const buttons = byRole('personas')?.querySelectorAll('button') ?? [];
  for (const button of buttons) {
    const persona = PERSONAS.find(({ id }) => id === button.dataset['persona']);
    if (persona === undefined) continue;
    button.addEventListener('click', () => {
      void dock?.stop();
      dock = new Dock(element, persona, button);
      void dock.start();
    });
    button.removeAttribute('disabled');
  }
  addEventListener('pagehide', () => void dock?.stop());
}

/** The bar of one watching. */
class Dock {
  #element;
  #persona;
  #opener;
  #watch;
  #parts;
  #isPaused = prefersStill();
  /** A step under way. @type {Promise<void> | null} */
  #step = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #leaving = new AbortController();
  /** Whether the shop's order was chosen before. */
  #wasShop = false;

  /**
   * @param {FeedElement} element - The page's feed.
   * @param {Persona} persona - Who shops.
   * @param {HTMLElement} opener - Gets the focus back.
   */
  constructor(element, persona, opener) {
    this.#element = element;
    this.#persona = persona;
    this.#opener = opener;
    this.#watch = new PersonaWatch(element, persona);
    this.#parts = partsOf(persona, {
      pause: () => this.#pause(),
      step: () => void this.#oneStep(),
      stop: () => void this.stop(),
    });
  }

  /** Shows the bar and begins. */
  async start() {
    const { bar, pause } = this.#parts;
    const { signal } = this.#leaving;
    document.documentElement.dataset['watching'] = this.#persona.id;
    this.#opener.setAttribute('aria-pressed', 'true');
    document.body.append(bar);
    pause.focus();
    this.#showVisitorOrder();
    this.#element.closest('.window')?.scrollIntoView({ block: 'start', behavior: scrolling() });
    // The window is somebody else's now: nothing that is pressed in it counts for who watches.
    this.#element.addEventListener('click', (event) => this.#refuse(event), {
      capture: true,
      signal,
    });
    addEventListener('keydown', (event) => void (event.key === 'Escape' && this.stop()), {
      signal,
    });
    this.#showPaused();
    try {
      await this.#watch.begin();
      this.#plan();
    } catch {
      this.#say('The arranging could not be started here.');
    }
  }

  /**
   * Ends the watching and gives the visitor's window back.
   *
   * @returns {Promise<void>} Settles when the persona's profile is erased.
   */
  async stop() {
    if (this.#leaving.signal.aborted) return;
    this.#leaving.abort();
    clearTimeout(this.#timer);
    if (dock === this) dock = null;
    const hadFocus = this.#parts.bar.contains(document.activeElement);
    this.#parts.bar.remove();
    this.#opener.setAttribute('aria-pressed', 'false');
    delete document.documentElement.dataset['watching'];
    if (hadFocus) this.#opener.focus();
    if (this.#wasShop) orderRadio('shop')?.click();
    await Promise.all([this.#watch.end(), refreshFeed()]);
  }

  /** The persona's window stands in place of the visitor's, not of the shop's order. */
  #showVisitorOrder() {
    this.#wasShop = orderRadio('shop')?.checked ?? false;
    if (this.#wasShop) orderRadio('visitor')?.click();
  }

  /** @param {Event} event - A click in the window. */
  #refuse(event) {
    event.preventDefault();
    event.stopImmediatePropagation();
    this.#say(`This is ${this.#persona.name}’s window. Stop watching, and it is yours again.`);
  }

  /** Pauses, or goes on. */
  #pause() {
    this.#isPaused = !this.#isPaused;
    this.#showPaused();
    this.#plan();
  }

  /** Writes on the button what it does now. */
  #showPaused() {
    const { pause, step } = this.#parts;
    pause.textContent = this.#isPaused ? 'Go on' : 'Pause';
    step.disabled = !this.#isPaused || this.#watch.isDone;
    if (this.#isPaused) this.#say('Paused. “Next step” goes on by hand.');
  }

  /** Sets the clock for the next step, when it is to come by itself. */
  #plan() {
    clearTimeout(this.#timer);
    if (this.#isPaused || this.#watch.isDone || this.#leaving.signal.aborted) return;
    this.#timer = setTimeout(() => void this.#oneStep(), PACE);
  }

  /** Does one step; another press meanwhile does nothing. */
  async #oneStep() {
    this.#step ??= this.#perform().finally(() => {
      this.#step = null;
      this.#plan();
    });
    await this.#step;
  }

  /** One step: the sign on the card, the deed, the window anew. */
  async #perform() {
    const step = this.#watch.next();
    if (step === null) return;
    this.#say(deedInWords(this.#persona, step.deed, step.choice));
    const { signal } = this.#leaving;
    await this.#showSign(step);
    if (signal.aborted) return;
    try {
      await this.#watch.perform(step);
    } catch {
      if (!signal.aborted) this.#say('The arranging has stopped.');
      return;
    }
    if (signal.aborted) return;
    const { bar, pause, trail } = this.#parts;
    this.#say(`${deedInWords(this.#persona, step.deed, step.choice)} ${this.#difference()}`);
    trail.append(trailEntry(step));
    bar.dataset['steps'] = String(this.#watch.steps);
    if (!this.#watch.isDone) return;
    this.#say(
      `That was ${this.#persona.name}. What was learnt of ${this.#persona.name} is erased when you stop.`,
    );
    for (const button of [pause, this.#parts.step]) button.disabled = true;
    this.#parts.stop.focus();
  }

  /** @param {Step} step - Its card, when it is in the window, is ringed for a moment. */
  async #showSign({ choice: { item, isInWindow }, deed }) {
    const cards = isInWindow ? [...this.#element.querySelectorAll('.card')] : [];
    const entry = cards.find((card) => itemIdOf(card) === item.id);
    const sign = deed === 'cart' ? 'cart' : 'look';
    entry?.setAttribute('data-sign', sign);
    entry?.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: scrolling() });
    // By hand there is nothing to wait for.
    if (!this.#isPaused) await new Promise((resolve) => setTimeout(resolve, SIGN));
    entry?.removeAttribute('data-sign');
  }

  /** @returns {string} What the persona's window changes. */
  #difference() {
    const { feed } = this.#element;
    if (feed === undefined || !feed.personalized) return '';
    const ids = feed.rows.flatMap(({ items }) => items.map(({ itemId }) => itemId));
    // Of what moved up the line below the switch says more; here there is room for one figure.
    return differenceInWords({ ...differenceOf(ids, placesByItem()), risen: 0 }, false);
  }

  /** @param {string} sentence - What is said in the bar. */
  #say(sentence) {
    this.#parts.line.textContent = sentence;
  }
}

/** @returns {'auto' | 'smooth'} How far things are gone to. */
function scrolling() {
  return prefersStill() ? 'auto' : 'smooth';
}

/**
 * @param {'shop' | 'visitor'} order - Which.
 * @returns {HTMLInputElement | null} Its radio button.
 */
function orderRadio(order) {
  return byRole('switch')?.querySelector(`input[value="${order}"]`) ?? null;
}

/**
 * @param {Persona} persona - Who shops.
 * @param {Record<'pause' | 'step' | 'stop', () => void>} acts - What the buttons do.
 * @returns {{ bar: HTMLElement, line: HTMLElement, trail: HTMLElement, pause: HTMLButtonElement, step: HTMLButtonElement, stop: HTMLButtonElement }}
 *   The bar and its parts.
 */
function partsOf({ errand, name }, acts) {
  const button = (/** @type {keyof typeof acts} */ act, /** @type {string} */ text) =>
    make(
      'button',
      { type: 'button', class: 'plain-button', 'data-testid': `watch-${act}`, onclick: acts[act] },
      text,
    );
  const [pause, step, stop] = [
    button('pause', 'Pause'),
    button('step', 'Next step'),
    button('stop', 'Stop'),
  ];
  const line = make('p', { class: 'watch-line', role: 'status', 'data-testid': 'watch-line' });
  const trail = make('ol', { class: 'watch-trail', 'aria-label': `What ${name} did` });
  const bar = make(
    'section',
    {
      class: 'watch',
      'aria-label': 'Watching a shopper',
      'data-testid': 'watch',
      'data-steps': '0',
    },
    make('h2', { class: 'watch-title' }, `${name} ${errand}`),
    line,
    trail,
    make('div', { class: 'watch-buttons' }, pause, step, stop),
  );
  return { bar, line, trail, pause, step, stop };
}

/**
 * @param {Step} step - Done.
 * @returns {HTMLElement} A small picture with a sign.
 */
function trailEntry({ choice: { item }, deed }) {
  const words = `${deed === 'cart' ? 'In the cart' : 'Looked at'}: ${item.title ?? item.id}`;
  return make(
    'li',
    { 'data-deed': deed, title: words },
    pictureOf(item, PICTURE),
    make('span', { class: 'sr-only' }, words),
  );
}
