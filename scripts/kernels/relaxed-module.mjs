/**
 * The kernels that need relaxed SIMD, as a second module, for browsers that have it: it works in the
 * memory of the first and puts its tiles into the first one's table. Those on 32-bit floats, which
 * multiply and add in one instruction where the processor has it, take the places of the plain ones.
 */
import { FORMATS } from './number-formats.mjs';
import { narrowTiles } from './narrow-tile.mjs';
import { PACK_NARROW } from './pack-narrow.mjs';
import { tileFunction } from './tile.mjs';
import { MAX_WIDTH, TILE_PARAMS } from './wat.mjs';

/** @typedef {import('./number-formats.mjs').NumberFormat} NumberFormat */

/** @type {NumberFormat} */
const FUSED = {
  .../** @type {NumberFormat} */ (FORMATS[0]),
  accumulate: (sum, items, vector) => `(f32x4.relaxed_madd ${items} ${vector} ${sum})`,
};

/** @returns {string} WAT; see src/kernels/relaxed-kernels.ts. */
export function relaxedModuleText() {
  const narrow = narrowTiles(MAX_WIDTH);
  const fused = Array.from({ length: MAX_WIDTH }, (_, w) => w + 1);
  return `(module
(type $tile (func ${TILE_PARAMS}))
(import "kernels" "memory" (memory 1))
(import "kernels" "table" (table ${3 * MAX_WIDTH} funcref))
(import "kernels" "mixed" (func $mixed (param i32 i32 i32 i32)))
(import "kernels" "largest" (func $largest (param i32 i32) (result i32)))
(elem (i32.const 0) ${fused.map((width) => `$tile${FUSED.name}${width}`).join(' ')})
(elem (i32.const ${2 * MAX_WIDTH}) ${narrow.names.join(' ')})
${fused.map((width) => tileFunction(FUSED, width)).join('\n')}
${narrow.text}
${PACK_NARROW}
)
`;
}
