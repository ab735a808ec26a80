/**
 * What a page reaches that gets slices instead of the whole pack, and what they weigh.
 *
 * @packageDocumentation
 */
import { brotliCompressSync } from 'node:zlib';
import { createRandom } from '../core/rng.ts';
import type { RankerPack } from '../pack/pack-codec.ts';
import { decodeSlice, encodeSlice } from '../pack/slice-codec.ts';
import { localPack, traitsOf } from '../pack/slice-model.ts';
import { createListRanker } from '../ranker/list-ranker.ts';
import type { RankList } from '../ranker/types.ts';
import { type Figures, rounded } from './measure-pack.ts';
import { createMeter } from '../ranker/meter.ts';
import { startStage } from './progress.ts';

/** Figures of slices. */
export interface SliceFigures {
  /** Lists that were ranked by slices, evenly spaced among all. */
  readonly lists: number;
  /** By slices. */
  readonly metrics: Figures;
  /** Of the whole pack on the same lists. */
  readonly whole: Figures;
  /** A slice of 200 candidates drawn from the catalog. */
  readonly bytes200: number;
  /** The same after brotli. */
  readonly brotli200: number;
}

const MOST_LISTS = 2_000;
const PAGE = 200;

/**
 * Ranks lists with a slice of their candidates each, as a page does whose visitor met every item of
 * the history on pages with slices.
 *
 * @param pack - Decoded.
 * @param lists - Lists of a protocol.
 * @param seed - Of the 200 candidates.
 * @returns Figures.
 */
export async function measureSlices(
  pack: RankerPack,
  lists: readonly RankList[],
  seed: number,
): Promise<SliceFigures> {
  const { model, ids } = pack;
  const catalog = { numItems: model.numItems, attributes: model.attributes };
  const [cut, whole] = [createMeter(catalog), createMeter(catalog)];
  const { rank } = createListRanker(model, pack.ranker);
  const stride = Math.max(1, Math.ceil(lists.length / MOST_LISTS));
  const some = lists.filter((_, index) => index % stride === 0);
  const traits = new Map<number, string | undefined>();
  const keptOf = (row: number): string | undefined => {
    if (!traits.has(row)) traits.set(row, traitsOf(pack, 'pack', ids[row] as string));
    return traits.get(row);
  };
  const report = startStage('Ranking by slices');
  for (const [index, list] of some.entries()) {
    const idOf = (row: number): string => ids[row] as string;
    const candidates = Array.from(list.candidates, idOf);
    const slice = await decodeSlice(await encodeSlice(pack, 'pack', candidates));
    const met = [...new Set(list.items)].map((row) => ({ id: idOf(row), traits: keptOf(row) }));
    const local = localPack(slice, candidates, met);
    const rowOf = new Map(local.ids.map((id, row) => [id, row]));
    const toLocal = (row: number): number => rowOf.get(idOf(row)) as number;
    const { scores } = createListRanker(local.model, local.ranker).rank({
      items: list.items.map(toLocal),
      step: list.step,
      candidates: list.candidates.map(toLocal),
    });
    cut.add(list, scores);
    whole.add(list, rank(list).scores);
    report(index + 1, some.length);
  }
  const random = createRandom(seed, 'slice');
  const page = Array.from({ length: PAGE }, () => ids[Math.floor(random() * ids.length)] as string);
  const file = await encodeSlice(pack, 'pack', page);
  return {
    lists: some.length,
    metrics: rounded(cut.result()),
    whole: rounded(whole.result()),
    bytes200: file.length,
    brotli200: brotliCompressSync(file).length,
  };
}
