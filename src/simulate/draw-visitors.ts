/**
 * Who comes to the shop.
 *
 * @packageDocumentation
 */
import { createRandom, type Random } from '../core/rng.ts';
import { drawIndex, drawWeighted } from './draw.ts';
import type { PopulationOptions, SimulatedVisitor, VisitorKind } from './types.ts';

/** Kinds and their usual shares in percent. */
const KIND_SHARES: Readonly<Record<VisitorKind, number>> = {
  single: 40,
  mixed: 25,
  drifting: 20,
  gift: 12,
  bot: 3,
};

/** Visits that a visitor is expected to make unless said otherwise. */
const DEFAULT_VISITS = 30;

const KINDS = Object.keys(KIND_SHARES) as VisitorKind[];

/** The larger share of a mixed visitor's two tastes. */
const MAIN_SHARE = 0.7;

/** A taste other than the first; the same where there is only one. */
function drawOther(first: number, numTastes: number, random: Random): number {
  if (numTastes < 2) return first;
  return (first + 1 + drawIndex(random, numTastes - 1)) % numTastes;
}

/** Drifts in the middle third; a gift is bought on any visit but the first two. */
function drawOtherVisit(kind: 'drifting' | 'gift', visits: number, random: Random): number {
  const third = Math.max(1, Math.floor(visits / 3));
  if (kind === 'drifting') return third + drawIndex(random, third);
  return 2 + drawIndex(random, Math.max(1, visits - 2));
}

function drawVisitor(
  index: number,
  kind: VisitorKind,
  numTastes: number,
  options: PopulationOptions,
): SimulatedVisitor {
  const random = createRandom(options.seed, `visitor ${index}`);
  const base = { index, id: `v${index}`, kind };
  if (kind === 'bot') return { ...base, tastes: [] };
  const taste = drawIndex(random, numTastes);
  if (kind === 'single') return { ...base, tastes: [{ taste, share: 1 }] };
  const otherTaste = drawOther(taste, numTastes, random);
  if (kind === 'mixed') {
    const other = { taste: otherTaste, share: 1 - MAIN_SHARE };
    return { ...base, tastes: [{ taste, share: MAIN_SHARE }, other] };
  }
  const otherVisit = drawOtherVisit(kind, options.visits ?? DEFAULT_VISITS, random);
  return { ...base, tastes: [{ taste, share: 1 }], otherTaste, otherVisit };
}

/**
 * Draws visitors. Each has a stream of its own: more visitors do not change the first ones.
 *
 * @param numTastes - How many tastes there are to have, at least 1.
 * @param options - Number, shares of the kinds, seed.
 * @returns Visitors of mixed kinds.
 */
export function drawVisitors(numTastes: number, options: PopulationOptions): SimulatedVisitor[] {
  const shares = options.kinds ?? KIND_SHARES;
  const weights = KINDS.map((kind) => shares[kind] ?? 0);
  return Array.from({ length: options.visitors }, (_, index) => {
    const random = createRandom(options.seed, `kind ${index}`);
    const kind = KINDS[drawWeighted(random, weights)] ?? 'single';
    return drawVisitor(index, kind, numTastes, options);
  });
}
