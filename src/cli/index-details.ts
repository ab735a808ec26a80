/**
 * What cards show of the items: spooled to a file as the catalog goes by, read back in the index's
 * order and compressed block by block.
 *
 * @packageDocumentation
 */
import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import { BLOCK_ITEMS } from '../catalog-index/index-format.ts';
import type { Item } from '../core/types.ts';

/** Written at once. */
const PIECE_BYTES = 1_000_000;

/** Items in a file, in the order in which they came. */
export class DetailSpool {
  readonly #path: string;
  readonly #file: number;
  /** [N + 1] where each item begins. */
  readonly #starts: Float64Array;
  #waiting: Buffer[] = [];
  #waitingBytes = 0;
  #count = 0;

  /**
   * @param path - A file that is not there yet.
   * @param numItems - N.
   */
  constructor(path: string, numItems: number) {
    this.#path = path;
    this.#file = openSync(path, 'wx+');
    this.#starts = new Float64Array(numItems + 1);
  }

  /**
   * Adds an item; its place in the shop's order is its number.
   *
   * @param item - As cards need it.
   */
  add(item: Item): void {
    const bytes = Buffer.from(JSON.stringify([this.#count, item]));
    this.#starts[this.#count + 1] = (this.#starts[this.#count] as number) + bytes.length;
    this.#count++;
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.length;
    if (this.#waitingBytes >= PIECE_BYTES) this.#flush();
  }

  /**
   * Reads items back.
   *
   * @param order - [N] their numbers in the index's order.
   * @yields Compressed JSON (zlib) of 32 items each: `[[place, item], …]`.
   */
  *blocks(order: Int32Array): Generator<Uint8Array> {
    this.#flush();
    for (let start = 0; start < order.length; start += BLOCK_ITEMS) {
      const items = [...order.subarray(start, start + BLOCK_ITEMS)].map((item) => this.#read(item));
      yield deflateSync(`[${items.join(',')}]`, { level: 9 });
    }
  }

  /** Removes the file. */
  close(): void {
    closeSync(this.#file);
    rmSync(this.#path, { force: true });
  }

  #flush(): void {
    const bytes = Buffer.concat(this.#waiting);
    // A write may stop short of the end, on a disk that is nearly full.
    for (let at = 0; at < bytes.length; at += writeSync(this.#file, bytes, at));
    this.#waiting = [];
    this.#waitingBytes = 0;
  }

  #read(item: number): string {
    const start = this.#starts[item] as number;
    const bytes = Buffer.alloc((this.#starts[item + 1] as number) - start);
    readSync(this.#file, bytes, 0, bytes.length, start);
    return bytes.toString('utf8');
  }
}
