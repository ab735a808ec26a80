/**
 * A trained segment VAE ⇄ bytes: a byte per weight, a scale per unit. 128 dimensions take 44.6 kB.
 *
 * @packageDocumentation
 */
import { readSections, type SectionData, writeSections } from '../../core/binary.ts';
import {
  partShapes,
  type TrainedVae,
  VAE_PARTS,
  vaeModel,
  type VaePart,
  type VaeShape,
  type VaeWeights,
} from './vae-model.ts';

/** Raised when parts change their meaning. */
const FORMAT = 1;

/** A larger network is none of ours. */
const MAX_SIZE = 4_096;

/** Steps of a weight either side of 0. */
const STEPS = 127;

/** Biases are few and are kept as they are. */
const isBias = (part: VaePart): boolean => part.endsWith('Bias');

/** A byte per weight, the largest of each column at full scale. */
function quantise(
  values: Float32Array,
  columns: number,
): { bytes: Int8Array; scale: Float32Array } {
  const scale = new Float32Array(columns);
  for (const [i, value] of values.entries()) {
    const c = i % columns;
    scale[c] = Math.max(scale[c] as number, Math.abs(value) / STEPS);
  }
  const bytes = Int8Array.from(values, (value, i) => {
    const step = scale[i % columns] as number;
    return step > 0 ? Math.round(value / step) : 0;
  });
  return { bytes, scale };
}

/**
 * Packs a model.
 *
 * @param model - Trained.
 * @returns Its bytes.
 */
export function packVae(model: TrainedVae): Uint8Array<ArrayBuffer> {
  const { shape, spread, weights } = model;
  const shapes = partShapes(shape);
  const { dims, hidden, latent } = shape;
  const sections = new Map<string, SectionData>([
    ['shape', Int32Array.of(FORMAT, dims, hidden, latent)],
    ['spread', Float32Array.from(spread)],
  ]);
  for (const part of VAE_PARTS) {
    if (isBias(part)) sections.set(part, weights[part]);
    else {
      const { bytes, scale } = quantise(weights[part], shapes[part][1]);
      sections.set(part, bytes).set(`${part}.scale`, scale);
    }
  }
  return writeSections(sections);
}

type Sections = ReadonlyMap<string, SectionData>;

/** Finite floats of one length; null for anything else. */
function floats(sections: Sections, name: string, length: number): Float32Array | null {
  const found = sections.get(name);
  const isRight = found instanceof Float32Array && found.length === length;
  return isRight && found.every(Number.isFinite) ? found : null;
}

function readPart(sections: Sections, part: VaePart, shape: VaeShape): Float32Array | null {
  const [rows, columns] = partShapes(shape)[part];
  if (isBias(part)) return floats(sections, part, columns);
  const bytes = sections.get(part);
  const scale = floats(sections, `${part}.scale`, columns);
  if (!(bytes instanceof Int8Array) || bytes.length !== rows * columns || !scale) return null;
  return Float32Array.from(bytes, (byte, i) => byte * (scale[i % columns] as number));
}

function readShape(sections: Sections): VaeShape | null {
  const numbers = sections.get('shape');
  if (!(numbers instanceof Int32Array) || numbers.length !== 4 || numbers[0] !== FORMAT)
    return null;
  const [, dims, hidden, latent] = numbers as unknown as [number, number, number, number];
  const isRight = [dims, hidden, latent].every((size) => size > 0 && size <= MAX_SIZE);
  return isRight ? { dims, hidden, latent } : null;
}

/**
 * Opens what {@link packVae} packed.
 *
 * @param bytes - Anything.
 * @param dims - D of the space that it shall be used in.
 * @returns The model, with weights off by at most 1/254 of the largest of their unit; null for
 *   bytes of another kind, damaged ones, and a model of another size.
 */
export function unpackVae(bytes: Uint8Array, dims: number): TrainedVae | null {
  try {
    const sections = readSections(bytes);
    const shape = readShape(sections);
    if (shape?.dims !== dims) return null;
    const spread = floats(sections, 'spread', shape.latent);
    const parts = VAE_PARTS.map((part) => [part, readPart(sections, part, shape)] as const);
    const isWhole = parts.every(([, values]) => values !== null);
    if (!spread?.every((value) => value > 0) || !isWhole) return null;
    const weights = Object.fromEntries(parts) as VaeWeights;
    return vaeModel(weights, Float64Array.from(spread));
  } catch {
    return null; // cut off, or no file of ours
  }
}
