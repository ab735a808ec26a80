/**
 * The attributes of a shop that declares none, as data: words by which a text says what it is like.
 *
 * @packageDocumentation
 */
import type { AttributeDeclaration } from './declare-attributes.ts';

const list = (words: string): readonly string[] => words.split(',').map((word) => word.trim());

/** Six attributes in English. */
export const DEFAULT_ATTRIBUTES: readonly AttributeDeclaration[] = [
  {
    name: 'style',
    positive: list(
      'stylish, chic, elegant, elegance, fashionable, trendy, classy, sophisticated, glamorous, ' +
        'sleek, timeless, iconic, refined, edgy, dressy, dressier, dressiest, well dressed, polished, ' +
        'put together, professional, fancy, effortless, effortlessly, special occasion, dress up, ' +
        'dress down, dress it up, up or down, dress up or down, dress it up or down, ' +
        'can be dressed up, can dress it up, can easily be dressed up, dressed up or dressed down',
    ),
    negative: list(
      'frumpy, frump, dowdy, matronly, outdated, tacky, unflattering, shapeless, boring, ugly, sack, tent, costume, grandma',
    ),
  },
  {
    name: 'comfort',
    positive: list(
      'comfortable, comfy, comfort, cozy, cosy, soft, softness, cushioned, cushioning, padded, plush, ' +
        'ergonomic, relaxed, breathable, supportive, snug',
    ),
    negative: list(
      'uncomfortable, itchy, scratchy, stiff, restrictive, constricting, painful, chafing, rigid',
    ),
  },
  {
    name: 'innovation',
    positive: list(
      'innovative, innovation, smart, advanced, intelligent, cutting edge, state of the art, patented, ' +
        'wireless, bluetooth, automatic, sensor, technology, high tech, futuristic, ai, app',
    ),
    negative: list('basic, traditional, old fashioned, classic, vintage, handmade, rustic'),
  },
  {
    name: 'durability',
    positive: list(
      'durable, durability, sturdy, rugged, robust, long lasting, lasting, heavy duty, tough, resistant, ' +
        'waterproof, reinforced, strong, solid, stainless, indestructible, built to last',
    ),
    negative: list(
      'flimsy, fragile, delicate, cheaply made, fell apart, disposable, thin, poorly made',
    ),
  },
  {
    name: 'giftability',
    positive: list(
      'gift, gifts, gifting, giftable, present, birthday, christmas, valentine, anniversary, wedding, ' +
        'keepsake, gift box, stocking stuffer, loved one, loved ones, mother s day, father s day',
    ),
    negative: list('replacement, refill, spare, bulk, wholesale'),
  },
  {
    name: 'sustainability',
    positive: list(
      'sustainable, sustainably, sustainability, organic, recycled, recyclable, eco, eco friendly, ' +
        'biodegradable, compostable, renewable, vegan, natural, bamboo, reusable, fair trade, ethical, green',
    ),
    negative: list('disposable, single use, plastic, synthetic, pvc, polyester'),
  },
];
