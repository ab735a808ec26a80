/**
 * What only the first page has: what the window changes, shoppers to watch, and moves on the switch.
 */
import { startDifference } from './difference.js';
import { byRole } from './dom.js';
import { mayMove, withMoves } from './moves.js';
import { startPersonas } from './personas.js';

/** Lets cards glide when the switch is turned; without view transitions it just turns. */
function moveOnSwitch() {
  const group = byRole('switch');
  let isPassedOn = false;
  group?.addEventListener(
    'change',
    (event) => {
      if (isPassedOn || !mayMove()) return;
      event.stopImmediatePropagation();
      const input = /** @type {HTMLInputElement} */ (event.target);
      // The same event once more, in the middle of a transition.
      void withMoves(() => {
        isPassedOn = true;
        input.dispatchEvent(new Event('change', { bubbles: true }));
        isPassedOn = false;
      });
    },
    { capture: true },
  );
}

moveOnSwitch();
startDifference();
startPersonas();
