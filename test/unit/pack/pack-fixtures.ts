/** A small trained pack for the tests of the codec and of packs on disk. */
import { createRandom } from '../../../src/core/rng.ts';
import { encodePack, type RankerPack } from '../../../src/pack/pack-codec.ts';
import {
  packIdOf,
  type PackFiles,
  type PackTraining,
  sha256,
} from '../../../src/pack/pack-format.ts';
import { buildAttributes, learnLogPrices } from '../../../src/ranker/attributes.ts';
import { learnSignalModel } from '../../../src/ranker/learn-model.ts';
import { SIGNALS } from '../../../src/ranker/signals.ts';
import type { ItemContent } from '../../../src/ranker/types.ts';
import { sequenceOf } from '../ranker/list-fixtures.ts';

const NUM_ITEMS = 24;

/** What the packs of these tests say of their training. */
export const TRAINING: PackTraining = { protocol: 'all', seed: 1, visitors: 40, interactions: 240 };

/** Scores of unit length, every sixth item without; up to two segments each, every fourth without. */
function contentOf(seed: number): ItemContent {
  const random = createRandom(seed, 'content');
  const rows = Array.from({ length: NUM_ITEMS }, (_, i) => {
    const row = Array.from({ length: 4 }, () => random() - 0.5);
    return i % 6 === 5 ? row.map(() => 0) : row.map((value) => value / Math.hypot(...row));
  });
  const kinds = [
    { names: [0, -1, -1], parts: [1, 0, 0] },
    { names: [1, 2, -1], parts: [0.75, 0.25, 0] },
    { names: [2, 0, 1], parts: [0.5, 0.3, 0.2] },
    { names: [-1, -1, -1], parts: [0, 0, 0] },
  ] as const;
  const kindOf = (i: number): (typeof kinds)[number] => kinds[i % 4] as (typeof kinds)[number];
  return {
    dims: 4,
    generated: Float32Array.from(rows.flat()),
    numSegments: 3,
    segments: Int32Array.from(rows.flatMap((_, i) => kindOf(i).names)),
    shares: Float32Array.from(rows.flatMap((_, i) => kindOf(i).parts)),
  };
}

/** Trains a pack; the same seed gives the same one. */
export function trainedPack(seed = 1): RankerPack {
  const catalog = Array.from({ length: NUM_ITEMS }, (_, i) => ({
    id: `item ${i} ü`,
    tags: [`t${i % 3}`, `u${i % 4}`],
    ...(i % 5 > 0 && { price: 1 + i }),
  }));
  const random = createRandom(seed);
  const sequences = Array.from({ length: 40 }, () => {
    let at = Math.floor(random() * NUM_ITEMS);
    return sequenceOf(
      Array.from({ length: 6 }, () => (at = (at + 1 + Math.floor(random() * 3)) % NUM_ITEMS)),
    );
  });
  const { model } = learnSignalModel({
    sequences,
    attributes: buildAttributes(catalog),
    content: contentOf(seed),
    logPrice: learnLogPrices(catalog),
    numItems: NUM_ITEMS,
    seed,
    epochs: 1,
    width: 5,
  });
  // Functions of 1 to 4 knots, so that lengths matter.
  const knots = SIGNALS.map((_, j) => Float32Array.from({ length: 1 + (j % 4) }, (_k, k) => k + j));
  return {
    ids: catalog.map(({ id }) => id),
    model,
    ranker: {
      names: SIGNALS.map(({ name }) => name),
      knots,
      values: knots.map((list) => list.map(() => random() - 0.5)),
    },
  };
}

/** The same pack with other contents of one file, as its author would sign it. */
export async function withFile(
  pack: PackFiles,
  name: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<PackFiles> {
  const hash = await sha256(bytes);
  const files = pack.manifest.files.map((file) =>
    file.name === name ? { name, bytes: bytes.length, sha256: hash } : file,
  );
  return withManifest({ ...pack, files: new Map(pack.files).set(name, bytes) }, { files });
}

/** The same pack with other fields in its manifest, as its author would sign it. */
export async function withManifest(pack: PackFiles, changes: object): Promise<PackFiles> {
  const manifest = { ...pack.manifest, ...changes };
  return { ...pack, manifest: { ...manifest, packId: await packIdOf(manifest) } };
}

/** Trains and encodes. */
export function encodedPack(seed = 1): Promise<PackFiles> {
  return encodePack(trainedPack(seed), TRAINING);
}
