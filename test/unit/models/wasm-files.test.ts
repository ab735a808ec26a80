import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { WASM_FILES } from '../../../src/models/wasm-files.ts';

const { resolve } = createRequire(import.meta.url);

it.each(WASM_FILES)('knows the hash of %s as it is installed', (name, integrity) => {
  const bytes = readFileSync(resolve(`@tensorflow/tfjs-backend-wasm/dist/${name}`));
  expect(integrity).toBe(`sha256-${createHash('sha256').update(bytes).digest('base64')}`);
});
