/**
 * L-BFGS with backtracking (Nocedal and Wright, Numerical Optimization, algorithm 7.4): minimises a
 * smooth convex function.
 *
 * @packageDocumentation
 */

/** Writes the gradient at `at` into `gradient`, returns the value. */
export type Objective = (at: Float32Array, gradient: Float32Array) => number;

/** When to stop. */
export interface MinimiseOptions {
  /** Most iterations. */
  readonly iterations: number;
  /** Relative decrease of the value below which it stops. Default 1e-5. */
  readonly tolerance?: number;
  /** Told after each iteration; the last call has both equal. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** Pairs of steps and changes of the gradient that are remembered. */
const MEMORY = 6;

/** Sufficient decrease (Armijo), and how far a step may shrink. */
const DECREASE = 1e-4;
const HALVINGS = 20;

interface Pair {
  readonly step: Float32Array;
  readonly change: Float32Array;
  readonly rho: number;
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

/** a += factor · b */
function add(a: Float32Array, b: Float32Array, factor: number): void {
  for (let i = 0; i < a.length; i++) a[i] = (a[i] as number) + factor * (b[i] as number);
}

/** The two-loop recursion: minus the inverse Hessian times the gradient. */
function direction(gradient: Float32Array, pairs: readonly Pair[]): Float32Array {
  const result = gradient.slice();
  const alphas: number[] = [];
  for (const { change, rho, step } of pairs.toReversed()) {
    const alpha = rho * dot(step, result);
    alphas.unshift(alpha);
    add(result, change, -alpha);
  }
  const last = pairs.at(-1);
  const scale =
    last === undefined
      ? 1 / Math.max(1e-12, Math.sqrt(dot(gradient, gradient)))
      : 1 / (last.rho * dot(last.change, last.change));
  for (let i = 0; i < result.length; i++) result[i] = (result[i] as number) * scale;
  for (const [at, { change, rho, step }] of pairs.entries()) {
    add(result, step, (alphas[at] as number) - rho * dot(change, result));
  }
  for (let i = 0; i < result.length; i++) result[i] = -(result[i] as number);
  return result;
}

/**
 * Minimises a function in place.
 *
 * @param objective - Value and gradient.
 * @param at - Start; holds the best point afterwards.
 * @param options - See {@link MinimiseOptions}.
 * @returns The value there.
 */
export function minimise(objective: Objective, at: Float32Array, options: MinimiseOptions): number {
  const { iterations, onProgress, tolerance = 1e-5 } = options;
  let gradient = new Float32Array(at.length);
  let value = objective(at, gradient);
  const pairs: Pair[] = [];
  for (let done = 0; done < iterations; done++) {
    const way = direction(gradient, pairs);
    const next = new Float32Array(at.length);
    const nextGradient = new Float32Array(at.length);
    const slope = dot(way, gradient);
    let length = 1;
    let nextValue = Infinity;
    for (let tries = 0; tries < HALVINGS; tries++, length /= 2) {
      next.set(at);
      add(next, way, length);
      nextValue = objective(next, nextGradient);
      if (nextValue <= value + DECREASE * length * slope) break;
    }
    // Neither NaN nor a point that is no better is taken.
    if (!(nextValue < value)) break;
    remember(pairs, { at, next, gradient, nextGradient });
    const gain = (value - nextValue) / Math.max(1, Math.abs(value));
    at.set(next);
    value = nextValue;
    gradient = nextGradient;
    if (gain < tolerance) break;
    onProgress?.(done + 1, iterations);
  }
  onProgress?.(iterations, iterations);
  return value;
}

interface Move {
  readonly at: Float32Array;
  readonly next: Float32Array;
  readonly gradient: Float32Array;
  readonly nextGradient: Float32Array;
}

function remember(pairs: Pair[], { at, gradient, next, nextGradient }: Move): void {
  const step = next.slice();
  add(step, at, -1);
  const change = nextGradient.slice();
  add(change, gradient, -1);
  const product = dot(step, change);
  // Only a positive curvature keeps the direction one of descent.
  if (product <= 1e-12) return;
  pairs.push({ step, change, rho: 1 / product });
  if (pairs.length > MEMORY) pairs.shift();
}
