/**
 * All drawings of the demo shop by name.
 */
import { CARE } from './drawings/care.mjs';
import { EXTRAS } from './drawings/extras.mjs';
import { GARDEN } from './drawings/garden.mjs';
import { HOME } from './drawings/home.mjs';
import { KITCHEN } from './drawings/kitchen.mjs';
import { OFFICE } from './drawings/office.mjs';
import { PLAY } from './drawings/play.mjs';
import { SPORT } from './drawings/sport.mjs';
import { TECH } from './drawings/tech.mjs';
import { WEAR } from './drawings/wear.mjs';

/**
 * Drawing name → function from tones to SVG content on a 400 × 400 ground.
 *
 * @type {ReadonlyMap<string, (t: import('./drawings/svg.mjs').Tones) => string>}
 */
export const DRAWINGS = new Map(
  [CARE, EXTRAS, GARDEN, HOME, KITCHEN, OFFICE, PLAY, SPORT, TECH, WEAR].flatMap((room) =>
    Object.entries(room),
  ),
);
