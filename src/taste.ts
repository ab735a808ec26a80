/**
 * Vitrine's entry `vitrine/taste`: importing it defines `<vitrine-taste>`, the drawer in which a
 * shopper sees and corrects what is known.
 *
 * @packageDocumentation
 */
import { defineTasteElement } from './taste/taste-element.ts';

export { VitrineTasteElement } from './taste/taste-element.ts';
export { ENGLISH } from './taste/messages.ts';
export type { TasteChange } from './taste/desk.ts';
export type {
  TasteMessage,
  TasteMessageKey,
  TasteMessages,
  TastePlural,
} from './taste/messages.ts';

defineTasteElement();
