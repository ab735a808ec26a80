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

/** Steps of a share. */
const SHARE_STEPS = 255;
/** Steps of a number in a row of unit length. */
const UNIT_STEPS = 127;

/** Finds a section; undefined when it is not there. */
export type FindSection = (name: string) => SectionData | undefined;

/**
 * Encodes what there is.
 *
 * @param content - Of n items, at most 256 segments; undefined: nothing.
 * @returns Sections; none for empty parts.
 */
export function contentSections(content: ItemContent | undefined): [string, SectionData][] {
  const sections: [string, SectionData][] = [];
  if (content === undefined) return sections;
  const { dims, generated, numSegments, segments, shares } = content;
  if (dims > 0) {
    const integers = Int8Array.from(generated, (value) => Math.round(value * UNIT_STEPS));
    sections.push(['generated', integers]);
  }
  if (numSegments > 0) {
    const isUsed = (_: number, place: number): boolean => (segments[place] as number) >= 0;
    const lengths = new Uint8Array(segments.length / MOST_SEGMENTS);
    for (const [place, segment] of segments.entries()) {
      const item = Math.floor(place / MOST_SEGMENTS);
      if (segment >= 0) lengths[item] = (lengths[item] as number) + 1;
    }
    const codes = shares.filter(isUsed).map((share) => Math.round(share * SHARE_STEPS));
    sections.push(
      ['segments.lengths', lengths],
      ['segments', Uint8Array.from(segments.filter(isUsed))],
      ['segments.shares', Uint8Array.from(codes)],
    );
  }
  return sections;
}

function refuse(name: string): never {
  throw new VitrineError('PACK_FORMAT', `${name} is missing or does not fit.`);
}

function bytesOf(find: FindSection, name: string, length: number): Uint8Array {
  const data = find(name);
  return data instanceof Uint8Array && data.length === length ? data : refuse(name);
}

type Scores = Pick<ItemContent, 'dims' | 'generated'>;

/** Rows are brought back to unit length, so that what was rounded is a direction. */
function readScores(find: FindSection, count: number): Scores {
  const integers = find('generated');
  if (integers === undefined) return { dims: 0, generated: new Float32Array(0) };
  const dims = integers.length / count;
  if (!(integers instanceof Int8Array) || !Number.isInteger(dims)) return refuse('generated');
  const generated = Float32Array.from(integers);
  for (let start = 0; start < generated.length; start += dims) {
    const row = generated.subarray(start, start + dims);
    const length = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0));
    if (length > 0) row.set(row.map((value) => value / length));
  }
  return { dims, generated };
}

type Segments = Pick<ItemContent, 'numSegments' | 'segments' | 'shares'>;

function readSegments(find: FindSection, count: number): Segments {
  const places = find('segments.lengths') === undefined ? 0 : count * MOST_SEGMENTS;
  const segments = new Int32Array(places).fill(-1);
  const shares = new Float32Array(places);
  if (places === 0) return { numSegments: 0, segments, shares };
  const lengths = bytesOf(find, 'segments.lengths', count);
  if (lengths.some((length) => length > MOST_SEGMENTS)) refuse('segments.lengths');
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const names = bytesOf(find, 'segments', total);
  const codes = bytesOf(find, 'segments.shares', total);
  let at = 0;
  for (const [item, length] of lengths.entries()) {
    for (let k = 0; k < length; k++, at++) {
      segments[item * MOST_SEGMENTS + k] = names[at] as number;
      shares[item * MOST_SEGMENTS + k] = (codes[at] as number) / SHARE_STEPS;
    }
  }
  return {
    numSegments: names.reduce((most, name) => Math.max(most, name + 1), 0),
    segments,
    shares,
  };
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
  if (count === 0) return undefined;
  const content = { ...readScores(find, count), ...readSegments(find, count) };
  const isEmpty = content.dims === 0 && content.segments.length === 0;
  return isEmpty ? undefined : content;
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
