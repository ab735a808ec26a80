import { afterEach, describe, expect, it, vi } from 'vitest';
import { compileKernels } from '../../../src/kernels/compile-kernels.ts';
import { KernelInstance } from '../../../src/kernels/kernel-instance.ts';
import { openScorer } from '../../../src/kernels/open-scorer.ts';
import { expectedScores, plainSet } from './helpers.ts';

const items = plainSet([
  [1, 0],
  [0, 1],
]);
const vectors = plainSet([[0.6, 0.8]]);

afterEach(() => vi.unstubAllGlobals());

describe('openScorer', () => {
  it.each(['wasm', 'wasm-int8'] as const)('opens %s without a reason', async (kernel) => {
    const { reason, scorer } = await openScorer(kernel);
    expect(scorer.kernel).toBe(kernel);
    expect(reason).toBeNull();
  });

  it('falls back to JavaScript without WebAssembly', async () => {
    vi.stubGlobal('WebAssembly', undefined);
    const { reason, scorer } = await openScorer('wasm');
    expect(reason).toBe('DEVICE_UNAVAILABLE');
    expect(scorer.kernel).toBe('js');
    scorer.load(items);
    expect(scorer.scores(vectors)).toEqual(expectedScores(items, vectors));
  });

  it('falls back to JavaScript where compiling is refused', async () => {
    const refused = new WebAssembly.CompileError('violates the Content Security Policy');
    const compile = vi.spyOn(WebAssembly, 'compile').mockRejectedValueOnce(refused);
    const { reason, scorer } = await openScorer('wasm-int8');
    compile.mockRestore();
    expect(reason).toBe('DEVICE_UNAVAILABLE');
    expect(scorer.kernel).toBe('js');
  });

  it('falls back to JavaScript when the module cannot be started', async () => {
    const empty = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0);
    const { reason, scorer } = await openScorer('wasm', () => WebAssembly.compile(empty));
    expect(reason).toBe('DEVICE_UNAVAILABLE');
    expect(scorer.kernel).toBe('js');
  });

  it('uses a module that was compiled before', async () => {
    const module = await compileKernels();
    const compile = vi.spyOn(WebAssembly, 'compile');
    const scorers = await Promise.all(
      (['wasm', 'wasm-int8'] as const).map((kernel) => openScorer(kernel, async () => module)),
    );
    expect(compile).not.toHaveBeenCalled();
    compile.mockRestore();
    expect(scorers.map(({ scorer }) => scorer.kernel)).toEqual(['wasm', 'wasm-int8']);
  });
});

describe('compileKernels', () => {
  it('is DEVICE_UNAVAILABLE for what is no module', async () => {
    for (const digits of ['0123', '§§', '']) {
      await expect(compileKernels(digits)).rejects.toMatchObject({ code: 'DEVICE_UNAVAILABLE' });
    }
  });

  it('needs nothing from outside', async () => {
    expect(WebAssembly.Module.imports(await compileKernels())).toEqual([]);
  });
});

describe('KernelInstance', () => {
  it('is DEVICE_LOST past the end of its address space, and works on', async () => {
    const instance = new KernelInstance(await compileKernels());
    expect(() => instance.reserve(2 ** 33)).toThrow(
      expect.objectContaining({ code: 'DEVICE_LOST' }),
    );
    instance.reserve(200_000);
    expect(instance.bytes).toBeGreaterThanOrEqual(200_000);
    expect(instance.floats.byteLength).toBe(instance.bytes);
  });
});
