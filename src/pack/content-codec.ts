/**
 * What models say of items ⇄ sections of a pack's `items.bin`, of slices and of traits. Files of
 * earlier releases have none of them.
 *
 * @packageDocumentation
 */
import type { SectionData } from '../core/binary.ts';
import { VitrineError } from '../core/errors.ts';
import { MOST_SEGMENTS } from '../ranker/content-signals.ts';
import type { ItemContent } from '../ranker/types.ts';
import { dequantise, quantiseSigned } from './quantise.ts';

/** No segment, among bytes that name one. */
const NO_SEGMENT = 255;
/** Steps of a share. */
const SHARE_STEPS = 255;

/** Finds a section; undefined when it is not there. */
export type FindSection = (name: string) => SectionData | undefined;

/**
 * Encodes what there is.
 *
 * @param content - Of n items, fewer than 255 segments; undefined: nothing.
 * @returns Sections; none for empty parts.
 */
export function contentSections(content: ItemContent | undefined): [string, SectionData][] {
  const sections: [string, SectionData][] = [];
  if (content === undefined) return sections;
  const { dims, generated, numSegments, segments, shares } = content;
  if (dims > 0) {
    const { integers, scales } = quantiseSigned(generated, dims);
    sections.push(['generated', integers], ['generated.scales', scales]);
  }
  if (numSegments > 0) {
    const names = Uint8Array.from(segments, (segment) => (segment < 0 ? NO_SEGMENT : segment));
    const codes = Uint8Array.from(shares, (share) => Math.round(share * SHARE_STEPS));
    sections.push(['segments', names], ['segments.shares', codes]);
  }
  return sections;
}

/**
 * Decodes what {@link contentSections} wrote.
 *
 * @param find - Sections of a file.
 * @param count - n.
 * @returns Of n items; undefined when there is nothing.
 * @throws `PACK_FORMAT` when a section does not fit.
 */
export function readContent(find: FindSection, count: number): ItemContent | undefined {
  const bytes = <T extends Int8Array | Uint8Array | Float32Array>(
    name: string,
    type: new () => T,
    length?: number,
  ): T => {
    const data = find(name);
    if (data instanceof type && (length === undefined || data.length === length)) return data;
    throw new VitrineError('PACK_FORMAT', `${name} is missing or does not fit.`);
  };
  const hasScores = find('generated') !== undefined;
  const hasSegments = find('segments') !== undefined;
  if (count === 0 || (!hasScores && !hasSegments)) return undefined;
  const places = hasSegments ? count * MOST_SEGMENTS : 0;
  const names = hasSegments ? bytes('segments', Uint8Array, places) : new Uint8Array(0);
  const codes = hasSegments ? bytes('segments.shares', Uint8Array, places) : new Uint8Array(0);
  const integers = hasScores ? bytes('generated', Int8Array) : new Int8Array(0);
  const dims = integers.length / count;
  if (!Number.isInteger(dims)) throw new VitrineError('PACK_FORMAT', 'generated does not fit.');
  const scales = hasScores ? bytes('generated.scales', Float32Array, count) : new Float32Array(0);
  const segments = Int32Array.from(names, (name) => (name === NO_SEGMENT ? -1 : name));
  return {
    dims,
    generated: dequantise({ integers, scales }, Math.max(1, dims)),
    numSegments: segments.reduce((most, segment) => Math.max(most, segment + 1), 0),
    segments,
    shares: Float32Array.from(codes, (code) => code / SHARE_STEPS),
  };
}

/**
 * The content of some items, in the given order.
 *
 * @param parts - Of each item the content that holds it and its row there; undefined: none.
 * @param dims - G of the result; what has another number of dimensions counts as nothing.
 * @returns Of as many items.
 */
export function gatherContent(
  parts: readonly (
    | { readonly content: ItemContent | undefined; readonly row: number }
    | undefined
  )[],
  dims: number,
): ItemContent {
  const generated = new Float32Array(parts.length * dims);
  const segments = new Int32Array(parts.length * MOST_SEGMENTS).fill(-1);
  const shares = new Float32Array(parts.length * MOST_SEGMENTS);
  let numSegments = 0;
  for (const [i, part] of parts.entries()) {
    if (part?.content === undefined) continue;
    const { content, row } = part;
    if (content.dims === dims) {
      generated.set(content.generated.subarray(row * dims, (row + 1) * dims), i * dims);
    }
    if (content.numSegments === 0) continue;
    const [from, to] = [row * MOST_SEGMENTS, (row + 1) * MOST_SEGMENTS];
    segments.set(content.segments.subarray(from, to), i * MOST_SEGMENTS);
    shares.set(content.shares.subarray(from, to), i * MOST_SEGMENTS);
    numSegments = Math.max(numSegments, content.numSegments);
  }
  return { dims, generated, numSegments, segments, shares };
}
