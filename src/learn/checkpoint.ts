/**
 * What was learned ⇄ the bytes that are kept of it, sealed against damage.
 *
 * @packageDocumentation
 */
import { readSections, type SectionData, writeSections } from '../core/binary.ts';
import type { LearnedVersion } from '../core/learn.ts';
import { hash32 } from '../core/rng.ts';
import type { Tuning } from './tuning.ts';
import { GAIN_BOUNDS, MAX_WEIGHT } from './tuning.ts';

/**
 * Raised when gains, weights or features change their meaning. The model of segments came later, in
 * a section of its own: checkpoints without it stay readable, and older releases pass over it.
 */
const FORMAT = 1;

/** A fine-tuned model of segments as it is kept. */
export interface KeptSegments {
  /** Of the space that it was trained in, from `spaceKey`; means nothing in another. */
  readonly key: string;
  /** The model; whoever reads it checks it. */
  readonly model: Uint8Array;
  /** How well it did. */
  readonly figures: NonNullable<LearnedVersion['segments']>;
}

/** Contents of a checkpoint. */
export interface CheckpointBody {
  /** Of the ranker; empty where only segments were learned. */
  readonly tuning: Tuning;
  /** How well it did. */
  readonly figures: Pick<LearnedVersion, 'lists' | 'before' | 'after' | 'trust'>;
  /** Left out where only the ranker was learned. */
  readonly segments?: KeptSegments;
}

/** A checkpoint as it is kept; see `store/checkpoints.ts`. */
export interface SealedCheckpoint {
  readonly version: number;
  readonly packId: string;
  readonly time: number;
  readonly body: Uint8Array;
  readonly checksum: string;
}

/** 64 bits over the bytes and what stands beside them. */
function sealOf({ version, packId, time, body }: Omit<SealedCheckpoint, 'checksum'>): string {
  let [low, high] = [0x811c9dc5, 0x9e3779b9];
  for (const byte of body) {
    low = Math.imul(low ^ byte, 0x01000193);
    high = (Math.imul(high ^ byte, 0x85ebca6b) + 1) | 0;
  }
  const head = `${FORMAT}:${version}:${packId}:${time}:${body.length}`;
  return [low, high].map((word, k) => hash32(`${head}:${word}`, k).toString(16)).join('-');
}

/**
 * Seals contents.
 *
 * @param about - Version, pack and time.
 * @param content - Contents.
 * @returns What is to be kept.
 */
export function sealCheckpoint(
  about: Pick<SealedCheckpoint, 'version' | 'packId' | 'time'>,
  content: CheckpointBody,
): SealedCheckpoint {
  const { figures, segments } = content;
  const { gains, weights } = content.tuning;
  const text = JSON.stringify({
    format: FORMAT,
    gains: [...gains],
    weights: [...weights],
    figures,
    ...(segments && { segments: { key: segments.key, figures: segments.figures } }),
  });
  const sections = new Map<string, SectionData>([['content', new TextEncoder().encode(text)]]);
  if (segments) sections.set('segments', segments.model);
  const sealed = { ...about, body: writeSections(sections) };
  return { ...sealed, checksum: sealOf(sealed) };
}

function isShare(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= 1;
}

/** Pairs of name and number within bounds; null when anything else is there. */
function readPairs(value: unknown, least: number, most: number): Map<string, number> | null {
  if (!Array.isArray(value)) return null;
  const pairs = new Map<string, number>();
  for (const pair of value as readonly unknown[]) {
    if (!Array.isArray(pair)) return null;
    const [name, number] = pair as readonly unknown[];
    if (typeof name !== 'string' || typeof number !== 'number') return null;
    if (!(number >= least && number <= most)) return null;
    pairs.set(name, number);
  }
  return pairs;
}

function readFigures(value: unknown): CheckpointBody['figures'] | null {
  if (typeof value !== 'object' || value === null) return null;
  const { lists, before, after, trust } = value as Partial<CheckpointBody['figures']>;
  const isRight =
    Number.isSafeInteger(lists) && isShare(before?.ndcg) && isShare(after?.ndcg) && isShare(trust);
  if (!isRight) return null;
  return {
    lists: lists as number,
    before: { ndcg: before.ndcg },
    after: { ndcg: after.ndcg },
    trust,
  };
}

function isCosine(value: unknown): value is number {
  return typeof value === 'number' && value >= -1 && value <= 1;
}

/** What is not usable is left out: the ranker's part stands without it. */
function readSegments(value: unknown, model: SectionData | undefined): KeptSegments | null {
  if (typeof value !== 'object' || value === null || !(model instanceof Uint8Array)) return null;
  const { key, figures } = value as Partial<KeptSegments>;
  const { windows, before, after } = figures ?? {};
  const isRight =
    typeof key === 'string' &&
    Number.isSafeInteger(windows) &&
    isCosine(before?.cosine) &&
    isCosine(after?.cosine);
  if (!isRight) return null;
  const kept = { windows: windows as number, before: { cosine: before.cosine } };
  return { key, model, figures: { ...kept, after: { cosine: after.cosine } } };
}

function readContent(value: unknown, model: SectionData | undefined): CheckpointBody | null {
  if (typeof value !== 'object' || value === null) return null;
  const content = value as Record<string, unknown>;
  const gains = readPairs(content['gains'], GAIN_BOUNDS.least, GAIN_BOUNDS.most);
  const weights = readPairs(content['weights'], -MAX_WEIGHT, MAX_WEIGHT);
  const figures = readFigures(content['figures']);
  if (content['format'] !== FORMAT || !gains || !weights || !figures) return null;
  const segments = readSegments(content['segments'], model);
  return { tuning: { gains, weights }, figures, ...(segments && { segments }) };
}

/**
 * Opens a checkpoint.
 *
 * @param sealed - As it was found.
 * @param packId - Of the pack in use.
 * @returns Its contents; null when it is damaged, of another release or of another pack.
 */
export function openCheckpoint(sealed: SealedCheckpoint, packId: string): CheckpointBody | null {
  if (sealed.packId !== packId || sealOf(sealed) !== sealed.checksum) return null;
  try {
    const sections = readSections(sealed.body);
    const text = new TextDecoder().decode(sections.get('content'));
    return readContent(JSON.parse(text), sections.get('segments'));
  } catch {
    return null; // sealed by something that is no checkpoint of ours
  }
}
