/**
 * The row of tabs, by the pattern of the ARIA Authoring Practices: one stop of the tab key, arrows
 * within. https://www.w3.org/WAI/ARIA/apg/patterns/tabs/
 *
 * @packageDocumentation
 */
import { h } from './dom.ts';
import type { Tab } from './panel.ts';

type Step = (at: number, count: number) => number;

const STEPS: ReadonlyMap<string, Step> = new Map<string, Step>([
  ['ArrowRight', (at, count) => (at + 1) % count],
  ['ArrowLeft', (at, count) => (at + count - 1) % count],
  ['Home', () => 0],
  ['End', (_, count) => count - 1],
]);

/** Tabs and how they are chosen. */
export interface TabList {
  /** The row. */
  readonly element: HTMLElement;
  /** @returns Marks a tab as chosen. */
  choose(id: string): void;
  /** Gives the focus to the chosen tab. */
  focus(): void;
}

/**
 * Makes the row.
 *
 * @param tabs - In their order.
 * @param chosen - Called when one is chosen by click or keyboard.
 * @returns See {@link TabList}.
 */
export function tabList(tabs: readonly Tab[], chosen: (tab: Tab) => void): TabList {
  const buttons = tabs.map((tab) => {
    const element = h(
      'button',
      { type: 'button', role: 'tab', id: `tab-${tab.id}`, 'aria-controls': 'tab-panel' },
      tab.name,
    );
    element.addEventListener('click', () => chosen(tab));
    return element;
  });
  const element = h('div', { role: 'tablist', 'aria-label': 'Parts of the inspector' }, buttons);
  element.addEventListener('keydown', (event) => {
    const at = buttons.indexOf(event.target as HTMLButtonElement);
    const step = STEPS.get(event.key);
    if (at < 0 || !step) return;
    event.preventDefault();
    const next = buttons[step(at, buttons.length)];
    next?.focus();
    next?.click();
  });
  return {
    element,
    choose(id) {
      for (const [at, tab] of tabs.entries()) {
        const own = buttons[at] as HTMLButtonElement;
        own.ariaSelected = String(tab.id === id);
        own.tabIndex = tab.id === id ? 0 : -1;
      }
    },
    focus: () => buttons.find(({ tabIndex }) => tabIndex === 0)?.focus({ preventScroll: true }),
  };
}
