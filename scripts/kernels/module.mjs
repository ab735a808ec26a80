/** The WebAssembly module of the scoring kernels that every browser can run, as text. */
import { FORMATS } from './number-formats.mjs';
import { PACK } from './pack.mjs';
import { SCAN } from './scan.mjs';
import { SELECT } from './select.mjs';
import { tileFunctions } from './tile.mjs';
import { MAX_WIDTH, TILE_PARAMS } from './wat.mjs';

/**
 * @returns {string} WAT; its functions are called by src/kernels/wasm-scorer.ts and its parts.
 *   The last third of its table is for relaxed-module.mjs.
 */
export function moduleText() {
  const tiles = tileFunctions(FORMATS, MAX_WIDTH);
  return `(module
(type $tile (func ${TILE_PARAMS}))
(memory (export "memory") 1)
(table (export "table") ${3 * MAX_WIDTH} funcref)
(elem (i32.const 0) ${tiles.names.join(' ')})
${tiles.text}
${SELECT}
${SCAN}
${PACK}
)
`;
}
