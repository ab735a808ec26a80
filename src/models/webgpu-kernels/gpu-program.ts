/**
 * A shader of ours as the WebGPU backend of TensorFlow.js takes it.
 *
 * @packageDocumentation
 */
import type { WebGPUProgram } from '@tensorflow/tfjs-backend-webgpu/dist/webgpu_program.js';

/** A number that a shader reads as `uniforms.<name>`. */
export interface GpuUniform {
  /** Its name. */
  readonly name: string;
  /** Its type in the shader. */
  readonly type: 'int32' | 'float32';
  /** Its value. */
  readonly value: number;
}

/** What a program is made of. */
export interface GpuProgramParts {
  /** Tells shaders apart: the same key, the same code. */
  readonly key: string;
  /** WGSL with a function `main(index : i32)`. */
  readonly code: string;
  /** Names of its inputs, in the order of their bindings. */
  readonly names: readonly string[];
  /** Words of an element of each input, 1, 2 or 4. */
  readonly components: readonly number[];
  /** Length of `result`. */
  readonly size: number;
  /** Lanes of a workgroup. */
  readonly lanes: number;
  /** Number of workgroups. */
  readonly groups: number;
  /** Numbers that it reads. */
  readonly uniforms: readonly GpuUniform[];
  /** Whether `result` is an array of atomic integers. */
  readonly isAtomic?: boolean;
}

const WGSL_TYPES = { int32: 'i32', float32: 'f32' } as const;

/**
 * Makes uniforms of numbers that are integers in the shader.
 *
 * @param values - By name.
 * @returns One each, in their order.
 */
export function integers(values: Readonly<Record<string, number>>): GpuUniform[] {
  return Object.entries(values).map(([name, value]) => ({ name, type: 'int32', value }));
}

/**
 * Makes a program for `runWebGPUProgram`. Inputs and `result` are flat arrays.
 *
 * @param parts - See {@link GpuProgramParts}.
 * @returns The program, and its uniforms in the order in which it declares them.
 */
export function gpuProgram(parts: GpuProgramParts): {
  readonly program: WebGPUProgram;
  readonly uniforms: { type: string; data: number[] }[];
} {
  const { code, components, groups, isAtomic = false, key, lanes, names, size, uniforms } = parts;
  return {
    program: {
      atomic: isAtomic,
      dispatch: [groups, 1, 1],
      dispatchLayout: { x: [0] },
      outputShape: [size],
      shaderKey: `vitrine ${key}`,
      uniforms: uniforms.map(({ name, type }) => `${name} : ${WGSL_TYPES[type]}, `).join(''),
      variableComponents: [...components],
      variableNames: [...names],
      workgroupSize: [lanes, 1, 1],
      getUserCode: () => code,
    },
    uniforms: uniforms.map(({ type, value }) => ({ type, data: [value] })),
  };
}
