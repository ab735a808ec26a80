/**
 * The best items of each vector, with levels and memberships, as a kernel of the WebGPU backend of
 * TensorFlow.js.
 *
 * Levels come first, where memberships are asked for: two countings and two look-ups. Then the fused
 * pass over the items, and the merge.
 *
 * @packageDocumentation
 */
import type { KernelConfig, KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import { roomFor } from './best-rows.wgsl.ts';
import { integers } from './gpu-program.ts';
import { TILE, paddedRows } from './item-tiles.ts';
import { type CosineAttributes, KernelCall } from './kernel-call.ts';
import { CELLS, LEVELS_CODE, LOCATE_CODE, TARGETS, countCode } from './levels.wgsl.ts';
import { MEMBER_WORDS, MERGED_WORDS, MERGE_LANES, mergeCode, scanCode } from './top.wgsl.ts';

/** Most workgroups of a scan: their lists are merged by one workgroup per vector. */
const MOST_GROUPS = 512;

/** Tiles of a workgroup, where that leaves enough workgroups. */
const FEW_TILES = 4;

/** What selecting is told besides. */
interface TopAttributes extends CosineAttributes {
  /** K, 1 to the number of items. */
  readonly keep: number;
  /** The first S vectors are segments; 0: no memberships. */
  readonly numSegments: number;
  /** Place in the order that a level is made of besides the third; any when S is 0. */
  readonly levelRank: number;
  /** The rule's numbers: minFit, temperature, minWeight, minLevel, nicheShare. */
  readonly rule: number[];
}

/** [S] 1 / level; one number where no segments are asked for. */
function levelsOf(job: KernelCall<TopAttributes>): TensorInfo {
  const { chunkRows, levelRank, numSegments, products, rule, width } = job.attributes;
  const levels = job.temporary(Math.max(1, numSegments), 'float32');
  if (numSegments === 0) return levels;
  const numItems = chunkRows.reduce((sum, rows) => sum + rows, 0);
  const size = numSegments * TARGETS * CELLS;
  const found = job.temporary(numSegments * TARGETS * 2, 'int32');
  const count = (isFine: number): TensorInfo => {
    const counts = job.temporary(size, 'int32', new Int32Array(size));
    for (const [chunk, rows] of chunkRows.entries()) {
      const parts = {
        ...job.layout('found'),
        key: `count ${products} ${width}`,
        code: countCode(products, width),
        size,
        lanes: TILE,
        groups: Math.ceil(rows / TILE),
        uniforms: integers({ ...job.shape(chunk), numSegments, isFine }),
        isAtomic: true,
      };
      job.run(parts, job.tensors(chunk, found), counts);
    }
    return counts;
  };
  const own = { lanes: TILE, groups: numSegments };
  const coarse = {
    ...own,
    key: 'locate',
    code: LOCATE_CODE,
    names: ['counts'],
    components: [1],
    size: numSegments * TARGETS * 2,
    uniforms: integers({ third: Math.min(3, numItems), rank: Math.min(levelRank, numItems) }),
  };
  job.run(coarse, [count(0)], found);
  const [, , , minLevel = 0, nicheShare = 0] = rule;
  const fine = {
    ...own,
    key: 'levels',
    code: LEVELS_CODE,
    names: ['counts', 'found'],
    components: [1, 1],
    size: numSegments,
    uniforms: [
      { name: 'minLevel', type: 'float32', value: minLevel },
      { name: 'nicheShare', type: 'float32', value: nicheShare },
    ] as const,
  };
  return job.run(fine, [count(1), found], levels);
}

const top: KernelFunc = (call) => {
  const job = new KernelCall<TopAttributes>(call);
  const { chunkRows, keep, numSegments, numVectors, padded, products, rule, width } =
    job.attributes;
  const levels = levelsOf(job);
  const numItems = chunkRows.reduce((sum, rows) => sum + rows, 0);
  const tiles = Math.max(FEW_TILES, Math.ceil(numItems / TILE / MOST_GROUPS));
  const groupsOf = (rows: number): number => Math.ceil(paddedRows(rows) / TILE / tiles);
  const numGroups = chunkRows.reduce((sum, rows) => sum + groupsOf(rows), 0);
  const members = numGroups * padded * keep * 2;
  const partials = job.temporary(
    members + (numSegments > 0 ? paddedRows(numItems) * MEMBER_WORDS : 0),
    'int32',
  );
  const [minFit = 0, temperature = 1, minWeight = 0] = rule;
  const code = scanCode({ keep, products, width });
  let firstRow = 0;
  let firstGroup = 0;
  for (const [chunk, rows] of chunkRows.entries()) {
    const groups = groupsOf(rows);
    const place = { keep, firstRow, firstGroup, tiles, members, numSegments };
    const parts = {
      ...job.layout('levels'),
      key: `scan ${products} ${width} ${roomFor(keep)}`,
      code,
      size: partials.shape[0] as number,
      lanes: TILE,
      groups,
      uniforms: [
        ...integers({ ...job.shape(chunk), ...place }),
        { name: 'minFit', type: 'float32', value: minFit } as const,
        { name: 'temperature', type: 'float32', value: temperature } as const,
        { name: 'minWeight', type: 'float32', value: minWeight } as const,
      ],
    };
    job.run(parts, job.tensors(chunk, levels), partials);
    firstRow += rows;
    firstGroup += groups;
  }
  const size = numVectors * keep * MERGED_WORDS + numSegments;
  const numEntries = numGroups * keep;
  const merged = job.run(
    {
      key: `merge ${roomFor(keep)}`,
      code: mergeCode(keep),
      names: ['partials', 'levels'],
      components: [1, 1],
      size,
      lanes: MERGE_LANES,
      groups: numVectors,
      uniforms: integers({ padded, keep, numEntries, numVectors, members, numSegments }),
    },
    [partials, levels],
    job.backend.makeTensorInfo([size], 'int32'),
  );
  job.end();
  return merged;
};

/** Gives one tensor of words: see `read-top.ts`. */
export const TOP_KERNEL: KernelConfig = {
  kernelName: 'VitrineTop',
  backendName: 'webgpu',
  kernelFunc: top,
};
