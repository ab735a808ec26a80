/**
 * Vitrine's entry `vitrine/taste`: importing it defines `<vitrine-taste>`, the drawer in which a
 * shopper sees and corrects what is known.
 *
 * @packageDocumentation
 */
import { defineTasteElement, TasteElement } from './taste/taste-element.ts';
import type { VitrineTaste } from './taste/vitrine-taste.ts';

export { ENGLISH } from './taste/messages.ts';
export type { TasteChange } from './taste/desk.ts';
export type {
  TasteMessage,
  TasteMessageKey,
  TasteMessages,
  TastePlural,
} from './taste/messages.ts';
export type { VitrineTaste } from './taste/vitrine-taste.ts';

/** Class of `<vitrine-taste>`. */
export const VitrineTasteElement: new () => VitrineTaste = TasteElement;

defineTasteElement();
