/**
 * A model in the ONNX format: MatMul with the items, then TopK. Written by hand, since the format is
 * Protocol Buffers with few fields: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
 */

/** Values of `TensorProto.DataType`. */
const TYPES = { float: 1, int64: 7 };

/** Every runtime of today knows these. */
const VERSIONS = { ir: 8, operators: 13 };

/** Wire types. */
const NUMBER = 0;
const BYTES = 2;

/** @typedef {Uint8Array | Message} Bytes */
/** @typedef {Bytes[]} Message */

/** @param {number} value - 0 or more. @returns {Uint8Array} As a varint. */
function varint(value) {
  const bytes = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  return Uint8Array.of(...bytes, rest);
}

/** @param {Bytes} bytes @returns {number} */
function lengthOf(bytes) {
  if (bytes instanceof Uint8Array) return bytes.length;
  return bytes.reduce((sum, part) => sum + lengthOf(part), 0);
}

/**
 * @param {number} field - Its number.
 * @param {number | string | Bytes} value
 * @returns {Message} With its key.
 */
function write(field, value) {
  if (typeof value === 'number') return [varint(field * 8 + NUMBER), varint(value)];
  const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : value;
  return [varint(field * 8 + BYTES), varint(lengthOf(bytes)), bytes];
}

/**
 * @param {string} name
 * @param {number} type - Of its elements.
 * @param {readonly number[]} shape
 * @returns {Message} ValueInfoProto.
 */
function valueInfo(name, type, shape) {
  const dims = shape.map((size) => write(1, write(1, size)));
  return [write(1, name), write(2, write(1, [write(1, type), write(2, dims)]))];
}

/**
 * @param {string} name
 * @param {ArrayBufferView} data
 * @param {{ type: number, shape: readonly number[] }} of
 * @returns {Message} TensorProto.
 */
function tensor(name, data, { shape, type }) {
  const raw = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return [shape.map((size) => write(1, size)), write(2, type), write(8, name), write(9, raw)];
}

/**
 * @param {string} operator
 * @param {readonly string[]} inputs
 * @param {readonly string[]} outputs
 * @returns {Message} NodeProto.
 */
function node(operator, inputs, outputs) {
  return [
    inputs.map((name) => write(1, name)),
    outputs.map((name) => write(2, name)),
    write(4, operator),
  ];
}

/**
 * @param {Bytes} bytes
 * @param {Uint8Array} to
 * @param {number} at
 * @returns {number} Behind what was written.
 */
function copy(bytes, to, at) {
  if (bytes instanceof Uint8Array) {
    to.set(bytes, at);
    return at + bytes.length;
  }
  let end = at;
  for (const part of bytes) end = copy(part, to, end);
  return end;
}

/**
 * Writes the model: input `vectors` [S, D], outputs `values` and `rows` [S, K].
 *
 * @param {Float32Array} turned - [D, N] items.
 * @param {import('../implementations.mjs').Size} size
 * @returns {Uint8Array} An .onnx file.
 */
export function onnxModel(turned, { d, n, s, top }) {
  const count = Math.min(top, n);
  const graph = [
    write(1, node('MatMul', ['vectors', 'items'], ['scores'])),
    write(1, node('TopK', ['scores', 'count'], ['values', 'rows'])),
    write(2, 'cosines'),
    write(5, tensor('items', turned, { type: TYPES.float, shape: [d, n] })),
    write(5, tensor('count', BigInt64Array.of(BigInt(count)), { type: TYPES.int64, shape: [1] })),
    write(11, valueInfo('vectors', TYPES.float, [s, d])),
    write(12, valueInfo('values', TYPES.float, [s, count])),
    write(12, valueInfo('rows', TYPES.int64, [s, count])),
  ];
  const model = [write(1, VERSIONS.ir), write(7, graph), write(8, write(2, VERSIONS.operators))];
  const bytes = new Uint8Array(lengthOf(model));
  copy(model, bytes, 0);
  return bytes;
}
