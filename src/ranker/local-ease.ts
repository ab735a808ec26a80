/**
 * EASE with the catalog's attributes as extra rows, solved locally.
 *
 * For each target t: ridge regression of column t on its C most related items instead of on all,
 * (G_CC + λI) w = G_Ct, with G = XᵀX + β²TᵀT, X visitors × items, T attributes × items (tf-idf).
 * t is not among its own C, so the diagonal is 0 without a constraint. After Steck 2019 (EASE,
 * https://arxiv.org/abs/1905.03375) and Ning & Karypis 2011 (SLIM).
 *
 * @packageDocumentation
 */
import { coCounts, type CoCounts } from './co-counts.ts';
import { ConjugateGradient } from './conjugate-gradient.ts';
import { createTable, TABLE_WIDTH, writeTop } from './neighbour-table.ts';
import { everySteps, type OnProgress } from './progress.ts';
import { selectTop } from './select-top.ts';
import type { Attributes, NeighbourTable, Sequence } from './types.ts';

/** Settings of {@link localEase}. */
export interface EaseOptions {
  /** K, default 32. */
  readonly width?: number;
  /** C, unknowns of each regression; default 150. */
  readonly candidates?: number;
  /** λ above 0, default 100. */
  readonly ridge?: number;
  /** β, default 1; 0 leaves the attributes out. */
  readonly attributeWeight?: number;
  /** Most iterations of the solver per target, default 12. */
  readonly iterations?: number;
  /** Share of the residual at which the solver stops earlier; default 1e-4. */
  readonly tolerance?: number;
  /** Told how many items are done. */
  readonly onProgress?: OnProgress | undefined;
}

type Settings = Required<Omit<EaseOptions, 'onProgress' | 'width'>>;

/** How much more a co-visit counts than an attribute in common when the C are chosen. */
const VISIT_BONUS = 4;

/** Items by attribute: those of a lie at pointers[a] … pointers[a + 1]. */
interface Postings {
  readonly pointers: Int32Array;
  readonly items: Int32Array;
  readonly raw: Float64Array;
}

function itemsByAttribute(attributes: Attributes, scaled: Float64Array): Postings {
  const { count, index, pointers: rows } = attributes;
  const pointers = new Int32Array(count + 1);
  for (const a of index) pointers[a + 1] = (pointers[a + 1] as number) + 1;
  for (let a = 0; a < count; a++) {
    pointers[a + 1] = (pointers[a + 1] as number) + (pointers[a] as number);
  }
  const next = pointers.slice(0, count);
  const items = new Int32Array(index.length);
  const raw = new Float64Array(index.length);
  for (let i = 0; i + 1 < rows.length; i++) {
    for (let e = rows[i] as number; e < (rows[i + 1] as number); e++) {
      const at = next[index[e] as number] as number;
      items[at] = i;
      raw[at] = scaled[e] as number;
      next[index[e] as number] = at + 1;
    }
  }
  return { pointers, items, raw };
}

/** One target's regression at a time; all memory is taken once. */
class LocalRegression {
  /** [I] weights of the last solved target's candidates. */
  readonly weights: Float64Array;
  readonly #settings: Settings;
  readonly #visits: CoCounts;
  readonly #attributes: Attributes;
  /** β·raw. */
  readonly #scaled: Float64Array;
  readonly #postings: Postings;
  readonly #solver: ConjugateGradient;
  readonly #matrix: Float64Array;
  readonly #right: Float64Array;
  /** [I] G's column of the target, its part from visits, and the key for choosing the C. */
  readonly #gram: Float64Array;
  readonly #keys: Float64Array;
  /** [I] √(G_ii + λ). */
  readonly #scale: Float64Array;
  readonly #touched: Int32Array;
  /** [I] place among the candidates, -1 outside. */
  readonly #place: Int32Array;
  readonly #dense: Float64Array;

  constructor(visits: CoCounts, attributes: Attributes, settings: Settings) {
    const numItems = visits.pointers.length - 1;
    const size = Math.min(settings.candidates, numItems);
    this.#settings = settings;
    this.#visits = visits;
    this.#attributes = attributes;
    this.#scaled = Float64Array.from(attributes.raw, (raw) => raw * settings.attributeWeight);
    this.#postings = itemsByAttribute(attributes, this.#scaled);
    this.#solver = new ConjugateGradient(size, settings.tolerance);
    this.#matrix = new Float64Array(size * size);
    this.#right = new Float64Array(size);
    this.#gram = new Float64Array(numItems);
    this.#keys = new Float64Array(numItems);
    this.weights = new Float64Array(numItems);
    this.#touched = new Int32Array(numItems);
    this.#place = new Int32Array(numItems).fill(-1);
    this.#dense = new Float64Array(attributes.count);
    this.#scale = this.#diagonal(numItems).map((g) => Math.sqrt(g + settings.ridge));
  }

  #diagonal(numItems: number): Float64Array {
    const { pointers, index, count } = this.#visits;
    const diagonal = new Float64Array(numItems);
    for (let i = 0; i < numItems; i++) {
      let sum = 0;
      const attributesEnd = this.#attributes.pointers[i + 1] as number;
      for (let e = this.#attributes.pointers[i] as number; e < attributesEnd; e++) {
        sum += (this.#scaled[e] as number) ** 2;
      }
      for (let e = pointers[i] as number; e < (pointers[i + 1] as number); e++) {
        if (index[e] === i) sum += count[e] as number;
      }
      diagonal[i] = sum;
    }
    return diagonal;
  }

  /**
   * Solves one target.
   *
   * @param target - Item row.
   * @returns The candidates, valid until the next call; their weights are in `weights`.
   */
  solve(target: number): Int32Array {
    const met = this.#gather(target);
    const chosen = this.#touched.subarray(0, this.#choose(met, target));
    const n = chosen.length;
    for (let i = 0; i < n; i++) {
      const item = chosen[i] as number;
      this.#place[item] = i;
      this.#right[i] = this.#gram[item] as number;
    }
    this.#fillMatrix(chosen);
    const solution = this.#solver.solve(this.#matrix, this.#right, n, this.#settings.iterations);
    for (let i = 0; i < n; i++) {
      this.weights[chosen[i] as number] = solution[i] as number;
      this.#place[chosen[i] as number] = -1;
    }
    for (let k = 0; k < met; k++) {
      this.#gram[this.#touched[k] as number] = 0;
      this.#keys[this.#touched[k] as number] = 0;
    }
    return chosen;
  }

  /** Writes G's column of the target; returns how many of its entries are not 0. */
  #gather(target: number): number {
    const { pointers, index, count } = this.#visits;
    let met = 0;
    for (let e = pointers[target] as number; e < (pointers[target + 1] as number); e++) {
      const item = index[e] as number;
      this.#touched[met++] = item;
      this.#gram[item] = count[e] as number;
      this.#keys[item] = VISIT_BONUS * (count[e] as number);
    }
    const end = this.#attributes.pointers[target + 1] as number;
    for (let e = this.#attributes.pointers[target] as number; e < end; e++) {
      met = this.#addHolders(this.#attributes.index[e] as number, this.#scaled[e] as number, met);
    }
    return met;
  }

  /** Adds an attribute's items, weighted. */
  #addHolders(attribute: number, weight: number, before: number): number {
    const { pointers, items, raw } = this.#postings;
    const gram = this.#gram;
    let met = before;
    if (weight === 0) return met;
    const end = pointers[attribute + 1] as number;
    for (let e = pointers[attribute] as number; e < end; e++) {
      const item = items[e] as number;
      const sum = gram[item] as number;
      if (sum === 0) this.#touched[met++] = item;
      gram[item] = sum + weight * (raw[e] as number);
    }
    return met;
  }

  /** Brings the C most related items to the front of the touched ones; the target goes last. */
  #choose(met: number, target: number): number {
    const touched = this.#touched;
    let others = met;
    for (let k = 0; k < others; k++) {
      const item = touched[k] as number;
      if (item === target) {
        touched[k--] = touched[--others] as number;
        touched[others] = target;
        continue;
      }
      const related = (this.#gram[item] as number) + (this.#keys[item] as number);
      this.#keys[item] = related / (this.#scale[item] as number);
    }
    return selectTop(touched.subarray(0, others), this.#settings.candidates, this.#keys);
  }

  /** Writes G_CC + λI. */
  #fillMatrix(chosen: Int32Array): void {
    const n = chosen.length;
    this.#matrix.fill(0, 0, n * n);
    for (let i = 0; i < n; i++) {
      this.#addVisits(chosen[i] as number, i * n);
      this.#matrix[i * n + i] = (this.#matrix[i * n + i] as number) + this.#settings.ridge;
    }
    for (let i = 0; i < n; i++) this.#addAttributes(chosen, i);
  }

  #addVisits(item: number, row: number): void {
    const { pointers, index, count } = this.#visits;
    const matrix = this.#matrix;
    const place = this.#place;
    const end = pointers[item + 1] as number;
    for (let e = pointers[item] as number; e < end; e++) {
      const j = place[index[e] as number] as number;
      if (j >= 0) matrix[row + j] = count[e] as number;
    }
  }

  /** Adds row i's products of attributes, and the mirrored column. */
  #addAttributes(chosen: Int32Array, i: number): void {
    const { pointers, index } = this.#attributes;
    const n = chosen.length;
    const matrix = this.#matrix;
    const scaled = this.#scaled;
    const dense = this.#dense;
    const from = pointers[chosen[i] as number] as number;
    const to = pointers[(chosen[i] as number) + 1] as number;
    if (from === to) return;
    for (let e = from; e < to; e++) dense[index[e] as number] = scaled[e] as number;
    for (let j = 0; j <= i; j++) {
      const end = pointers[(chosen[j] as number) + 1] as number;
      let sum = 0;
      for (let e = pointers[chosen[j] as number] as number; e < end; e++) {
        sum += (dense[index[e] as number] as number) * (scaled[e] as number);
      }
      if (sum === 0) continue;
      matrix[i * n + j] = (matrix[i * n + j] as number) + sum;
      if (j < i) matrix[j * n + i] = (matrix[j * n + i] as number) + sum;
    }
    for (let e = from; e < to; e++) dense[index[e] as number] = 0;
  }
}

/**
 * Learns which items in a history raise an item.
 *
 * Cost: O(I·C²·iterations) and the co-counts; memory O(C² + I·K + pairs that occur).
 *
 * @param sequences - One per visitor; only what may be learned from.
 * @param attributes - Of the I items; may be empty.
 * @param numItems - I.
 * @param options - Settings.
 * @returns Table by target; weights above 0 only. An item that nobody met and that shares no
 *   attribute has no neighbours.
 */
export function localEase(
  sequences: readonly Sequence[],
  attributes: Attributes,
  numItems: number,
  options: EaseOptions = {},
): NeighbourTable {
  const { width = TABLE_WIDTH, candidates = 150, ridge = 100, attributeWeight = 1 } = options;
  const { iterations = 12, tolerance = 1e-4 } = options;
  const settings = { candidates, ridge, attributeWeight, iterations, tolerance };
  const regression = new LocalRegression(coCounts(sequences, numItems), attributes, settings);
  const table = createTable(numItems, width);
  const progress = everySteps(options.onProgress, numItems);
  for (let target = 0; target < numItems; target++) {
    writeTop(table, target, regression.solve(target), regression.weights);
    progress(target + 1);
  }
  return table;
}
