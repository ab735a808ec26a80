/**
 * `<vitrine-taste>` as a page sees it.
 *
 * @packageDocumentation
 */
import type { Vitrine } from '../core/types.ts';
import type { TasteMessages } from './messages.ts';

/**
 * The drawer in which a shopper sees and corrects what is known. docs/taste.md has its attributes,
 * parts, custom properties and messages.
 */
export interface VitrineTaste extends HTMLElement {
  /** The instance that it speaks of; default: that of the script tag. */
  vitrine: Vitrine | undefined;
  /** The shop's texts by key; those that are left out stay English. */
  messages: TasteMessages;
  /** The shop's words for the library's own sentences in the proof, by the English ones. */
  sentences: Readonly<Record<string, string>>;
  /** Whether the drawer is open. */
  readonly open: boolean;
  /** Opens the drawer; resolves once it shows what is known. Never rejects. */
  show(): Promise<void>;
  /** Reads anew what is known, where it is open: after a change of consent. Never rejects. */
  refresh(): Promise<void>;
  /** Closes the drawer. */
  close(): void;
}
