/**
 * What the parts of the drawer have in common: words, and a way to do things.
 *
 * @packageDocumentation
 */
import type { Vitrine } from '../core/types.ts';
import type { Text } from './text.ts';

/** What the visitor did in the drawer. */
export type TasteChange =
  | 'amount'
  | 'follow'
  | 'mute'
  | 'gift'
  | 'forget'
  | 'undo'
  | 'import'
  | 'erase';

/** A deed. */
export interface Deed {
  /** Left out: nothing about the profile has changed. */
  readonly change?: TasteChange;
  /** Resolves to what is said of it; rejects when nothing has changed. */
  readonly run: (vitrine: Vitrine) => Promise<string>;
  /** Whether only numbers change, so that everything stays where it is. */
  readonly isSmall?: boolean;
}

/** See the module's header. */
export interface Desk {
  /** Words in the shop's language. */
  readonly text: Text;
  /** Does something, tells how it ended, and shows what is known then. Never rejects. */
  readonly act: (deed: Deed) => Promise<void>;
  /** Says something to everybody, screen readers too. */
  readonly tell: (words: string) => void;
}
