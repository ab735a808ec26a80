/** How fast this machine reads and computes, measured beside the implementations. */
import { MACS_PER_TURN, READ_BYTES } from './rates-module.mjs';

/** Some 3 ms. */
const TURNS = 1_000_000;

const WARM_UPS = 4;

/**
 * @typedef {{ bandwidthGBs: number[], gigaMacsPerS: number[] }} Rates
 *   10^9 bytes and 10^9 multiply-adds per second, one of each per {@link openRates} call.
 */

/**
 * @param {BufferSource} bytes - Of the module in rates-module.mjs.
 * @returns {Promise<{ measure: () => void, rates: Rates }>} `measure` adds one of each.
 */
export async function openRates(bytes) {
  const { instance } = await WebAssembly.instantiate(bytes);
  const { compute, memory, read } = /** @type {any} */ (instance.exports);
  // Pages that nobody wrote are all the same zeros in the cache.
  new Uint8Array(memory.buffer).fill(1);
  // The first calls run what was compiled in haste.
  for (let n = 0; n < WARM_UPS; n++) {
    read();
    compute(TURNS);
  }
  /** @type {Rates} */
  const rates = { bandwidthGBs: [], gigaMacsPerS: [] };
  const measure = () => {
    const start = performance.now();
    read();
    const between = performance.now();
    compute(TURNS);
    const end = performance.now();
    rates.bandwidthGBs.push(READ_BYTES / 1e6 / (between - start));
    rates.gigaMacsPerS.push((TURNS * MACS_PER_TURN) / 1e6 / (end - between));
  };
  return { measure, rates };
}
