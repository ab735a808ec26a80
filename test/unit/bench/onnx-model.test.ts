/** The hand-written ONNX file does what the other implementations do. */
import { InferenceSession, Tensor, env } from 'onnxruntime-web';
import { expect, test } from 'vitest';
import { createData } from '../../../scripts/bench/data.mjs';
import { onnxModel } from '../../../scripts/bench/implementations/onnx-model.mjs';
import { openPlain } from '../../../scripts/bench/implementations/plain.mjs';
import { transposed } from '../../../scripts/bench/transposed.mjs';

test('the model finds the rows that plain loops find', async () => {
  env.wasm.numThreads = 1;
  const size = { n: 300, d: 8, s: 3, top: 20 };
  const { items, vectors } = createData(size);
  const session = await InferenceSession.create(onnxModel(transposed(items, size.d), size));
  const { rows } = await session.run({ vectors: new Tensor('float32', vectors, [3, 8]) });
  const plain = await openPlain(items, size);
  expect(rows?.dims).toEqual([3, 20]);
  expect(Array.from(rows?.data as BigInt64Array, Number)).toEqual([...(await plain.top(vectors))]);
});
