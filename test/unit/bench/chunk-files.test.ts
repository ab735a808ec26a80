/** Which files count as a library's download. */
import { expect, test } from 'vitest';
import { filesOf } from '../../../scripts/bench/chunk-files.mjs';

const MANIFEST = {
  'scripts/bench/worker.mjs': { file: 'worker.js', imports: ['_shared'] },
  _shared: { file: 'shared.js' },
  peer: { file: 'peer.js', imports: ['_shared', '_core'], dynamicImports: ['late'] },
  _core: { file: 'core.js', imports: ['peer'], assets: ['core.wasm'] },
  late: { file: 'late.js', assets: ['core.wasm'] },
};

test('a library is its chunk and all that this loads, but not the bench', () => {
  expect(filesOf(MANIFEST, 'peer')).toEqual(['peer.js', 'core.js', 'core.wasm', 'late.js']);
});
