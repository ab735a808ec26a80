/**
 * Our kernels for the WebGPU backend of TensorFlow.js: they run on its device, its buffers and its
 * queue, and read and write its tensors.
 *
 * Nothing here waits: programs are only recorded, so that reading the result of the last one sends
 * all of them in one submission.
 *
 * @packageDocumentation
 */
import type { KernelConfig, KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu/dist/backend_webgpu.js';
import { roomFor } from './best-rows.wgsl.ts';
import { COSINE_INPUTS, type Products } from './cosines.wgsl.ts';
import { type GpuProgramParts, gpuProgram, integers } from './gpu-program.ts';
import { TILE } from './item-tiles.ts';
import { CELLS, LEVELS_CODE, LOCATE_CODE, TARGETS, countCode } from './levels.wgsl.ts';
import { scoresCode } from './scores.wgsl.ts';
import { MEMBER_WORDS, MERGED_WORDS, MERGE_LANES, mergeCode, scanCode } from './top.wgsl.ts';

/** All cosines: one tensor [rows, V] per chunk of items. */
export const SCORES_KERNEL = 'VitrineScores';

/** The best items of each vector, with levels and memberships: one tensor of words. */
export const TOP_KERNEL = 'VitrineTop';

/** Most workgroups of a scan: their lists are merged by one workgroup per vector. */
const MOST_GROUPS = 512;

/** Tiles of a workgroup, where that leaves enough workgroups. */
const FEW_TILES = 4;

/** What both kernels are told. */
export interface CosineAttributes {
  /** Format of the items. */
  readonly products: Products;
  /** Vectors at once. */
  readonly width: number;
  /** Vectors with padding. */
  readonly padded: number;
  /** ⌈D / 4⌉. */
  readonly steps: number;
  /** V. */
  readonly numVectors: number;
  /** Items of each chunk. */
  readonly chunkRows: number[];
}

/** What selecting is told besides. */
export interface TopAttributes extends CosineAttributes {
  /** K, 1 to the number of items. */
  readonly keep: number;
  /** The first S vectors are segments; 0: no memberships. */
  readonly numSegments: number;
  /** Place in the order that a level is made of besides the third; any when S is 0. */
  readonly levelRank: number;
  /** The rule's numbers: minFit, temperature, minWeight, minLevel, nicheShare. */
  readonly rule: number[];
}

type Inputs = Parameters<KernelFunc>[0]['inputs'];

/** One call of a kernel. */
class Call<A extends CosineAttributes> {
  readonly backend: WebGPUBackend;
  readonly attributes: A;
  readonly #inputs: Inputs;
  readonly #temporary: TensorInfo[] = [];

  constructor({ attrs, backend, inputs }: Parameters<KernelFunc>[0]) {
    this.backend = backend as WebGPUBackend;
    this.attributes = attrs as unknown as A;
    this.#inputs = inputs;
  }

  /** Numbers that every program with cosines reads. */
  shape(chunk: number): Record<string, number> {
    const { chunkRows, padded, steps } = this.attributes;
    return { steps, padded, numItems: chunkRows[chunk] as number };
  }

  /** Names and components of a program's inputs: those of cosines, then others of one word each. */
  layout(...others: string[]): Pick<GpuProgramParts, 'names' | 'components'> {
    const { names, components } =
      COSINE_INPUTS[this.attributes.products === 'f32' ? 'f32' : 'int8'];
    return {
      names: [...names, ...others],
      components: [...components, ...others.map(() => 1)],
    };
  }

  /** The tensors of {@link Call.layout}. */
  tensors(chunk: number, ...others: TensorInfo[]): TensorInfo[] {
    const names = [`items${chunk}`, `scales${chunk}`, `classes${chunk}`, 'vectors', 'factors'];
    return [...names.map((name) => this.#inputs[name] as TensorInfo), ...others];
  }

  /** A tensor that goes when the call is over. */
  temporary(size: number, type: 'int32' | 'float32', values?: Int32Array): TensorInfo {
    const tensor = this.backend.makeTensorInfo([size], type, values);
    this.#temporary.push(tensor);
    return tensor;
  }

  /** Records a program. */
  run(parts: GpuProgramParts, inputs: TensorInfo[], result: TensorInfo): TensorInfo {
    const { program, uniforms } = gpuProgram(parts);
    return this.backend.runWebGPUProgram(program, inputs, result.dtype, uniforms, result);
  }

  /** Gives temporary tensors back; the backend keeps them until their programs were sent. */
  end(): void {
    for (const { dataId } of this.#temporary) this.backend.disposeData(dataId);
  }
}

const scores: KernelFunc = (call) => {
  const job = new Call(call);
  const { numVectors, products, width } = job.attributes;
  return job.attributes.chunkRows.map((rows, chunk) => {
    const size = Math.ceil(rows / TILE) * TILE * numVectors;
    return job.run(
      {
        ...job.layout(),
        key: `scores ${products} ${width}`,
        code: scoresCode(products, width),
        size,
        lanes: TILE,
        groups: Math.ceil(rows / TILE),
        uniforms: integers({ ...job.shape(chunk), numVectors }),
      },
      job.tensors(chunk),
      job.backend.makeTensorInfo([size], 'float32'),
    );
  });
};

/** [S] 1 / level; one number where no segments are asked for. */
function levelsOf(job: Call<TopAttributes>): TensorInfo {
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
  const job = new Call<TopAttributes>(call);
  const { chunkRows, keep, numSegments, numVectors, padded, products, rule, width } =
    job.attributes;
  const levels = levelsOf(job);
  const numItems = chunkRows.reduce((sum, rows) => sum + rows, 0);
  const tiles = Math.max(FEW_TILES, Math.ceil(numItems / TILE / MOST_GROUPS));
  const groupsOf = (rows: number): number => Math.ceil(rows / TILE / tiles);
  const numGroups = chunkRows.reduce((sum, rows) => sum + groupsOf(rows), 0);
  const members = numGroups * padded * keep * 2;
  const partials = job.temporary(
    members + (numSegments > 0 ? numItems * MEMBER_WORDS : 0),
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

/** Both kernels. */
export const VITRINE_KERNELS: readonly KernelConfig[] = [
  { kernelName: SCORES_KERNEL, backendName: 'webgpu', kernelFunc: scores },
  { kernelName: TOP_KERNEL, backendName: 'webgpu', kernelFunc: top },
];
