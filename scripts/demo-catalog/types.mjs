/**
 * All product types of the demo shop.
 */
import { ACCESSORIES } from './types/accessories.mjs';
import { AUDIO } from './types/audio.mjs';
import { BEAUTY } from './types/beauty.mjs';
import { BEDROOM } from './types/bedroom.mjs';
import { BOOKS } from './types/books.mjs';
import { CLOTHING } from './types/clothing.mjs';
import { ELECTRONICS } from './types/electronics.mjs';
import { GARDEN } from './types/garden.mjs';
import { KIDS } from './types/kids.mjs';
import { KITCHEN } from './types/kitchen.mjs';
import { LIVING } from './types/living.mjs';
import { OFFICE } from './types/office.mjs';
import { MUSIC } from './types/music.mjs';
import { PETS } from './types/pets.mjs';
import { SMART_HOME } from './types/smart-home.mjs';
import { SPORTS } from './types/sports.mjs';

/** @type {readonly import('./catalog-types.mjs').ProductType[]} */
export const PRODUCT_TYPES = [
  ...AUDIO,
  ...ELECTRONICS,
  ...SMART_HOME,
  ...BEDROOM,
  ...LIVING,
  ...KITCHEN,
  ...GARDEN,
  ...SPORTS,
  ...CLOTHING,
  ...ACCESSORIES,
  ...OFFICE,
  ...KIDS,
  ...BEAUTY,
  ...PETS,
  ...MUSIC,
  ...BOOKS,
];
