/**
 * Every text of `<vitrine-taste>` that is not the shop's own: a shop translates by these keys.
 *
 * @packageDocumentation
 */

/** A text by plural category (`Intl.PluralRules`) of its `count`. */
export interface TastePlural {
  /** Where no other category fits. */
  readonly other: string;
  /** See `Intl.PluralRules`. */
  readonly zero?: string;
  /** See `Intl.PluralRules`. */
  readonly one?: string;
  /** See `Intl.PluralRules`. */
  readonly two?: string;
  /** See `Intl.PluralRules`. */
  readonly few?: string;
  /** See `Intl.PluralRules`. */
  readonly many?: string;
}

/** A text; what stands in braces is filled in: `{count} things`. */
export type TasteMessage = string | TastePlural;

/** Keys of the texts; docs/taste.md says where each stands and what is filled in. */
export type TasteMessageKey =
  | 'title'
  | 'close'
  | 'intro'
  | 'loading'
  | 'unavailable'
  | 'failed'
  | 'notRemembered'
  | 'keptHere'
  | 'keptForPage'
  | 'gift'
  | 'giftHelp'
  | 'giftSign'
  | 'giftEnd'
  | 'giftStarted'
  | 'giftEnded'
  | 'segments'
  | 'segmentsNone'
  | 'amount'
  | 'amountNone'
  | 'amountLess'
  | 'amountLearned'
  | 'amountMore'
  | 'changed'
  | 'follow'
  | 'mute'
  | 'followStarted'
  | 'followEnded'
  | 'muteStarted'
  | 'muteEnded'
  | 'labelOf'
  | 'others'
  | 'categories'
  | 'brands'
  | 'prices'
  | 'priceBetween'
  | 'priceAbout'
  | 'recent'
  | 'recentNone'
  | 'recentLine'
  | 'view_item'
  | 'select_item'
  | 'add_to_cart'
  | 'remove_from_cart'
  | 'add_to_wishlist'
  | 'purchase'
  | 'less_like_this'
  | 'forget'
  | 'forgotten'
  | 'undo'
  | 'undone'
  | 'carry'
  | 'carryHelp'
  | 'passphrase'
  | 'save'
  | 'saved'
  | 'file'
  | 'bring'
  | 'brought'
  | 'noFile'
  | 'shortPassphrase'
  | 'wrongPassphrase'
  | 'wrongFile'
  | 'notSecure'
  | 'proof'
  | 'proofKept'
  | 'proofItems'
  | 'proofSince'
  | 'proofPlaces'
  | 'proofRequests'
  | 'proofLine'
  | 'proofStays'
  | 'proofGpc'
  | 'erase'
  | 'eraseAsk'
  | 'eraseYes'
  | 'eraseNo'
  | 'erased';

/** Texts of a shop; those that are left out stay English. */
export type TasteMessages = Readonly<Partial<Record<TasteMessageKey, TasteMessage>>>;

/** The texts as they come. */
export const ENGLISH: Readonly<Record<TasteMessageKey, TasteMessage>> = {
  title: 'Your taste in this shop',
  close: 'Close',
  intro:
    'What this shop knows of you here. It was worked out on this device. Change what is wrong.',
  loading: 'One moment …',
  unavailable: 'Your taste cannot be shown just now. The shop’s own order stands.',
  failed: 'That did not work, and nothing has changed.',
  notRemembered: 'Nothing you do is remembered: you have not agreed to it.',
  keptHere: 'It is kept in this browser until you erase it.',
  keptForPage: 'It is kept until you leave this page.',
  gift: 'Gift mode',
  giftHelp:
    'Shopping for somebody else? Nothing is learned until you switch this off or close the tab.',
  giftSign: 'Gift mode: nothing is learned',
  giftEnd: 'End gift mode',
  giftStarted: 'Gift mode is on. Nothing is learned now.',
  giftEnded: 'Gift mode is off.',
  segments: 'What you seem to come for',
  segmentsNone: 'Nothing yet. Look at a few things, or follow something below.',
  amount: 'More or less of {name}',
  amountNone: 'None of it',
  amountLess: 'Less',
  amountLearned: 'As learned',
  amountMore: 'More',
  changed: 'Changed: {name}, {amount}.',
  follow: 'Follow',
  mute: 'Mute',
  followStarted: 'Followed: {name}.',
  followEnded: 'Unfollowed: {name}.',
  muteStarted: 'Muted: {name}.',
  muteEnded: 'Unmuted: {name}.',
  labelOf: '{action}: {name}',
  others: { one: '{count} other thing to follow', other: '{count} other things to follow' },
  categories: 'Kinds of things',
  brands: 'Makers',
  prices: 'Prices',
  priceBetween: 'Half of what you look at costs between {low} and {high}, around {median}.',
  priceAbout: 'Most of what you look at costs about {median}.',
  recent: 'What you did here lately',
  recentNone: 'Nothing.',
  recentLine: '{action} {when}',
  view_item: 'Looked at',
  select_item: 'Chosen',
  add_to_cart: 'Put in the cart',
  remove_from_cart: 'Taken out of the cart',
  add_to_wishlist: 'Put on the wish list',
  purchase: 'Bought',
  less_like_this: 'Less like this',
  forget: 'Forget',
  forgotten: { one: 'Forgotten: one thing you did.', other: 'Forgotten: {count} things you did.' },
  undo: 'Undo the last',
  undone: { one: 'Taken back: one thing you did.', other: 'Taken back: {count} things you did.' },
  carry: 'Take it to your phone',
  carryHelp:
    'A file that only your passphrase opens, not even this shop can. Bring it in by this drawer on the other device.',
  passphrase: 'Passphrase, eight characters or more',
  save: 'Save as a file',
  saved: 'Saved. Without the passphrase nobody can open the file.',
  file: 'File from another device',
  bring: 'Bring it in',
  brought: {
    zero: 'Everything in it was here already.',
    one: 'Brought in: one thing you did.',
    other: 'Brought in: {count} things you did.',
  },
  noFile: 'Choose a file first.',
  shortPassphrase: 'The passphrase needs eight characters or more.',
  wrongPassphrase: 'This passphrase does not open the file.',
  wrongFile: 'This file is not one of ours, or it is damaged.',
  notSecure: 'This page cannot encrypt: it was not loaded over https.',
  proof: 'See for yourself that nothing leaves',
  proofKept: {
    one: 'One thing you did is remembered, about {items}.',
    other: '{count} things you did are remembered, about {items}.',
  },
  proofItems: { one: 'one item', other: '{count} items' },
  proofSince: 'The first on {oldest}, the last on {newest}.',
  proofPlaces: {
    zero: 'Nothing of it lies on this device’s disk.',
    one: 'It lies in one place on this device, {size} altogether:',
    other: 'It lies in {count} places on this device, {size} altogether:',
  },
  proofRequests: {
    zero: 'Nothing was fetched for it.',
    one: 'One address was asked for. This is it, and why:',
    other: '{count} addresses were asked for. These are all of them, and why:',
  },
  proofLine: '{count} × {url}: {why}',
  proofStays: 'What never leaves this device:',
  proofGpc: 'Your browser asks shops not to sell or share what they know (Global Privacy Control).',
  erase: 'Erase everything',
  eraseAsk: {
    zero: 'Erase your choices? There is no way back.',
    one: 'Erase one thing you did and all that follows? There is no way back.',
    other: 'Erase {count} things you did and all that follows? There is no way back.',
  },
  eraseYes: 'Yes, erase',
  eraseNo: 'Keep it',
  erased: 'Erased. Nothing is known of you here.',
};
