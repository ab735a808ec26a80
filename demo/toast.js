/**
 * What was just done, in a line at the foot of the page, with the way back.
 */
import { byRole, make } from './dom.js';

const SHOWN_MS = 10_000;

/** The line that is shown, if any. @type {HTMLElement | null} */
let shown = null;

/**
 * Says what was done; gone after ten seconds, unless the pointer or the focus is on it. The focus goes
 * to the way back when what had it is gone.
 *
 * @param {string} words - What was done.
 * @param {() => Promise<void>} undo - Takes it back.
 */
export function showDone(words, undo) {
  shown?.remove();
  const button = make(
    'button',
    {
      type: 'button',
      class: 'plain-button',
      'data-testid': 'toast-undo',
      onclick: () => {
        line.remove();
        byRole('status')?.focus({ preventScroll: true });
        void undo();
      },
    },
    'Undo',
  );
  const line = make(
    'div',
    { class: 'toast', role: 'status', 'data-testid': 'toast' },
    make('span', {}, words),
    button,
  );
  shown = line;
  document.body.append(line);
  if (document.activeElement === document.body) button.focus({ preventScroll: true });
  const leave = () => {
    if (line.matches(':hover, :focus-within')) setTimeout(leave, SHOWN_MS);
    else line.remove();
  };
  setTimeout(leave, SHOWN_MS);
}
