/** The design of on-device learning on every device of the browser, beside plain loops. */
import { engine } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/core/rng.ts';
import { type DesignMatrix, type MatrixDevice, plainMatrix } from '../../../src/learn/matrix.ts';
import { openMatrix } from '../../../src/models/ranker-tuning/open-matrix.ts';
import { openTfSimilarity } from '../../../src/models/tf-similarity.ts';
import { openWebgpuSimilarity } from '../../../src/models/similarity-webgpu.ts';
import { OPTIONS, largestDifference } from './jobs.ts';

const rest = async (): Promise<void> => undefined;

function randomMatrix(rows: number, params: number): DesignMatrix {
  const random = createRandom(1, `matrix ${rows} ${params}`);
  const data = Float32Array.from({ length: rows * params }, () =>
    random() < 0.3 ? 2 * random() - 1 : 0,
  );
  return { data, rows, params };
}

function numbers(count: number): Float32Array {
  const random = createRandom(2, 'numbers');
  return Float32Array.from({ length: count }, () => 2 * random() - 1);
}

async function products(device: MatrixDevice, { rows, params }: DesignMatrix) {
  const [theta, errors] = [numbers(params * 6), numbers(rows * 6)];
  const times = await device.times(theta, 6);
  return { times, transposed: await device.transposedTimes(errors, 6) };
}

describe.each(['wasm', 'cpu', 'webgpu'] as const)('a design on %s', (name) => {
  // One slice, several with a rest, one row, one parameter.
  it.each([
    [100, 40],
    [1300, 170],
    [4200, 12],
    [1, 3],
    [513, 1],
  ])('of %i × %i is multiplied as by plain loops, and leaves no tensor', async (rows, params) => {
    const matrix = randomMatrix(rows, params);
    const before = engine().state.numTensors;
    const device = await openMatrix(matrix, { ...OPTIONS, devices: [name], rest });
    expect(device.device).toBe(name);
    const got = await products(device, matrix);
    const expected = await products(plainMatrix(matrix, rest), matrix);
    expect(largestDifference(got.times, expected.times)).toBeLessThan(1e-4);
    expect(largestDifference(got.transposed, expected.transposed)).toBeLessThan(1e-3);
    device.dispose();
    device.dispose();
    expect(engine().state.numTensors).toBe(before);
  });

  it('shares its backend with similarities that are open', async () => {
    const similarity =
      name === 'webgpu'
        ? await openWebgpuSimilarity(OPTIONS)
        : await openTfSimilarity(name, OPTIONS);
    const matrix = randomMatrix(100, 40);
    const device = await openMatrix(matrix, { ...OPTIONS, devices: [name], rest });
    device.dispose();
    const again = await openMatrix(matrix, { ...OPTIONS, devices: [name], rest });
    expect((await again.times(numbers(40), 1)).length).toBe(100);
    again.dispose();
    similarity.dispose();
  });
});

describe('a design without a device', () => {
  it('says so', async () => {
    const matrix = randomMatrix(4, 4);
    const opening = openMatrix(matrix, { ...OPTIONS, devices: [], rest });
    await expect(opening).rejects.toMatchObject({ code: 'DEVICE_UNAVAILABLE' });
  });

  it('goes on to the next when one cannot be opened', async () => {
    const device = await openMatrix(randomMatrix(4, 4), {
      ...OPTIONS,
      wasmBaseUrl: '/nowhere/',
      devices: ['wasm', 'cpu'],
      rest,
    });
    expect(device.device).toBe('cpu');
    device.dispose();
  });

  it('ends when its rest does, and leaves no tensor', async () => {
    const before = engine().state.numTensors;
    const end = (): Promise<void> => Promise.reject(new Error('the end'));
    const opening = openMatrix(randomMatrix(8, 8), { ...OPTIONS, devices: ['wasm'], rest: end });
    await expect(opening).rejects.toThrow('the end');
    expect(engine().state.numTensors).toBe(before);
  });
});
