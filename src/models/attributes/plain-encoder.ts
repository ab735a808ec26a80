/**
 * The encoder in plain loops: for Node, where no device needs to be started, and for texts so few
 * that starting one is not worth it. Same numbers as `network.ts` within rounding.
 *
 * @packageDocumentation
 */
import { encoderShapes, GELU_SLOPE, NORM_EPSILON } from './encoder-shapes.ts';
import type { AttributeModel } from './model.ts';
import type { TokenRows } from './text-tokens.ts';

/** What the encoder makes of one text. */
export interface EncodedText {
  /** [T, W] One state per token. */
  readonly states: Float32Array;
  /** [W] Their mean; zeros without tokens. */
  readonly pooled: Float32Array;
}

type Of = (name: string) => Float32Array;

/** out[T, O] = x[T, I] · weight[I, O] + bias[O] */
function affine(x: Float32Array, weight: Float32Array, bias: Float32Array): Float32Array {
  const outs = bias.length;
  const ins = weight.length / outs;
  const rows = x.length / ins;
  const result = new Float32Array(rows * outs);
  for (let t = 0; t < rows; t++) {
    const to = t * outs;
    for (let o = 0; o < outs; o++) result[to + o] = bias[o] as number;
    for (let i = 0; i < ins; i++) {
      const value = x[t * ins + i] as number;
      const from = i * outs;
      for (let o = 0; o < outs; o++) {
        result[to + o] = (result[to + o] as number) + value * (weight[from + o] as number);
      }
    }
  }
  return result;
}

function norm(x: Float32Array, parameters: Float32Array): Float32Array {
  const width = parameters.length / 2;
  const result = new Float32Array(x.length);
  for (let from = 0; from < x.length; from += width) {
    let mean = 0;
    for (let w = 0; w < width; w++) mean += (x[from + w] as number) / width;
    let variance = 0;
    for (let w = 0; w < width; w++) variance += ((x[from + w] as number) - mean) ** 2 / width;
    const scale = 1 / Math.sqrt(variance + NORM_EPSILON);
    for (let w = 0; w < width; w++) {
      const centred = ((x[from + w] as number) - mean) * scale;
      result[from + w] = centred * (parameters[w] as number) + (parameters[width + w] as number);
    }
  }
  return result;
}

/** Scores → weights that sum to 1, in place. */
function softmax(row: Float32Array): void {
  let top = -Infinity;
  for (const value of row) top = Math.max(top, value);
  let sum = 0;
  for (let k = 0; k < row.length; k++) sum += row[k] = Math.exp((row[k] as number) - top);
  for (let k = 0; k < row.length; k++) row[k] = (row[k] as number) / sum;
}

/** Mixes the values of one head for one token; `joint` holds query, key, value side by side. */
function attend(
  joint: Float32Array,
  {
    offset,
    size,
    width,
  }: { readonly offset: number; readonly size: number; readonly width: number },
  query: number,
  mixed: Float32Array,
): void {
  const stride = 3 * width;
  const tokens = joint.length / stride;
  const weights = new Float32Array(tokens);
  for (let key = 0; key < tokens; key++) {
    let dot = 0;
    for (let k = offset; k < offset + size; k++) {
      dot += (joint[query * stride + k] as number) * (joint[key * stride + width + k] as number);
    }
    weights[key] = dot / Math.sqrt(size);
  }
  softmax(weights);
  for (let key = 0; key < tokens; key++) {
    const weight = weights[key] as number;
    const from = key * stride + 2 * width;
    for (let k = offset; k < offset + size; k++) {
      const at = query * width + k;
      mixed[at] = (mixed[at] as number) + weight * (joint[from + k] as number);
    }
  }
}

function attention(x: Float32Array, of: Of, width: number, heads: number): Float32Array {
  const joint = affine(x, of('qkv'), of('qkvBias'));
  const tokens = x.length / width;
  const size = width / heads;
  const mixed = new Float32Array(tokens * width);
  for (let head = 0; head < heads; head++) {
    const part = { offset: head * size, size, width };
    for (let query = 0; query < tokens; query++) attend(joint, part, query, mixed);
  }
  return affine(mixed, of('out'), of('outBias'));
}

function feedForward(x: Float32Array, of: Of): Float32Array {
  const up = affine(x, of('up'), of('upBias'));
  for (let k = 0; k < up.length; k++) {
    const value = up[k] as number;
    up[k] = value / (1 + Math.exp(-GELU_SLOPE * value));
  }
  return affine(up, of('down'), of('downBias'));
}

function addTo(x: Float32Array, change: Float32Array): void {
  for (let k = 0; k < x.length; k++) x[k] = (x[k] as number) + (change[k] as number);
}

/** Sums of table rows, [T, W]. */
function tokensOf(text: readonly TokenRows[], table: Float32Array, width: number): Float32Array {
  const x = new Float32Array(text.length * width);
  for (const [t, { rows, weights }] of text.entries()) {
    for (let k = 0; k < rows.length; k++) {
      const from = (rows[k] as number) * width;
      const weight = weights[k] as number;
      for (let w = 0; w < width; w++) {
        const at = t * width + w;
        x[at] = (x[at] as number) + weight * (table[from + w] as number);
      }
    }
  }
  return x;
}

/**
 * Runs the encoder on one text.
 *
 * @param model - Its weights must be those of its shape.
 * @param text - Tokens, T of them.
 * @returns See {@link EncodedText}; cost is about 40,000 × T products at width 48.
 */
export function encodePlain(model: AttributeModel, text: readonly TokenRows[]): EncodedText {
  const { heads, layers, width } = model.shape;
  const names = encoderShapes(model.shape);
  const of = (name: string): Float32Array => {
    const block = names.has(name) ? model.weights.get(name) : undefined;
    return block?.values ?? new Float32Array(0);
  };
  const x = tokensOf(text, model.table, width);
  for (let layer = 0; layer < layers; layer++) {
    const part: Of = (name) => of(`${layer}.${name}`);
    addTo(x, attention(norm(x, part('norm1')), part, width, heads));
    addTo(x, feedForward(norm(x, part('norm2')), part));
  }
  const states = norm(x, of('norm'));
  const pooled = new Float32Array(width);
  for (let k = 0; k < states.length; k++) {
    const w = k % width;
    pooled[w] = (pooled[w] as number) + (states[k] as number) / text.length;
  }
  return { states, pooled };
}
