/**
 * In the worker, before the library's: breaks WebGPU as the worker's address says, by
 * `?fault=NAME&at=K`: at the K-th call of what the fault lies in, from 1. Each time that it strikes,
 * the channel `faults` is told.
 */
const query = new URLSearchParams(self.location.search);
const fault = query.get('fault') ?? '';
const at = Number(query.get('at') ?? 1);
const channel = new BroadcastChannel('faults');

/** Pieces of memory that `memory` asks for at once. */
const HOARD = 16;

/** Candidates, at least. */
const ITEMS = Number(query.get('items') ?? 64);

let calls = 0;

/** @returns {boolean} Whether this call is the one. */
function isDue() {
  calls += 1;
  if (calls !== at) return false;
  channel.postMessage(fault);
  return true;
}

/** @returns {boolean} Whether this call is the one, or comes after it. */
function isOver() {
  calls += 1;
  if (calls < at) return false;
  if (calls === at) channel.postMessage(fault);
  return true;
}

/** @param {number} ms - How long the thread is held. */
function spin(ms) {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

/**
 * @param {any} owner - Prototype, or the object itself.
 * @param {string} name - Of its method.
 * @param {(call: (...args: any[]) => any, self: any, args: any[]) => unknown} change - What is done
 *   instead; `call` is the method, of `self`.
 */
function patch(owner, name, change) {
  const original = owner[name];
  owner[name] = function patched(/** @type {any[]} */ ...args) {
    return change((...others) => original.apply(this, others), this, args);
  };
}

/**
 * Sets the scores of some items to 0.
 *
 * @param {Float32Array} numbers - As many per item.
 * @param {number} count - Of items, one after the other.
 */
function fillRows(numbers, count) {
  const width = Math.max(1, Math.floor(numbers.length / ITEMS));
  const first = ((at * 7) % Math.floor(ITEMS / 64)) * 64 * width;
  numbers.fill(0, first, first + count * width);
}

/** What the numbers that were read turn into. */
const NUMBERS = /** @type {Record<string, (numbers: Float32Array) => void>} */ ({
  scaled: (numbers) => numbers.forEach((value, i) => (numbers[i] = value * 1.5)),
  'scaled-little': (numbers) => numbers.forEach((value, i) => (numbers[i] = value * 1.001)),
  zeros: (numbers) => numbers.fill(0),
  nan: (numbers) => numbers.fill(Number.NaN),
  noise: (numbers) => numbers.forEach((_, i) => (numbers[i] = Math.sin(i * 12.9898))),
  half: (numbers) => numbers.fill(0, numbers.length >> 1),
  part: (numbers) => numbers.fill(0, numbers.length >> 2, (numbers.length * 3) >> 3),
  // A workgroup that did not run: its 64 items.
  group: (numbers) => fillRows(numbers, 64),
  row: (numbers) => fillRows(numbers, 1),
  infinite: (numbers) => numbers.fill(Number.POSITIVE_INFINITY),
});

/** The numbers that the read before this one gave, for drivers that give them again. */
let before = new Float32Array(0);

/**
 * @param {Float32Array} numbers - Of a result; changed in place.
 */
function spoil(numbers) {
  if (fault === 'stale') {
    const now = numbers.slice();
    if (isOver()) numbers.set(before.subarray(0, numbers.length));
    before = now;
    return;
  }
  if (isOver()) NUMBERS[fault]?.(numbers);
}

/** @returns {Promise<never>} Never settles. */
const never = () => new Promise(() => {});

/** @param {GPUDevice} device @returns {GPUDevice} The same. */
function watched(device) {
  if (fault !== 'destroy') return device;
  patch(device.queue, 'submit', (call, _, args) => {
    call(...args);
    if (isDue()) device.destroy();
  });
  return device;
}

const ADAPTERS = /** @type {Record<string, () => Promise<GPUAdapter | null>>} */ ({
  'adapter-null': async () => null,
  'adapter-pending': never,
  'adapter-rejects': () => Promise.reject(new DOMException('refused', 'OperationError')),
});

const DEVICES = /** @type {Record<string, () => Promise<GPUDevice>>} */ ({
  'device-rejects': () => Promise.reject(new DOMException('refused', 'OperationError')),
  'device-pending': never,
});

/** What leads to a device. */
function patchOpening() {
  patch(GPU.prototype, 'requestAdapter', (call, _, args) => {
    if (fault === 'count') channel.postMessage('adapter');
    const own = ADAPTERS[fault];
    return own && isDue() ? own() : call(...args);
  });
  patch(GPUAdapter.prototype, 'requestDevice', async (call, self, [descriptor]) => {
    if (fault === 'count') channel.postMessage('device');
    const own = DEVICES[fault];
    if (own && isDue()) return own();
    const { maxBufferSize } = self.limits;
    const large = { ...descriptor, requiredLimits: { maxBufferSize } };
    return watched(await call(fault === 'memory' ? large : descriptor));
  });
}

/** What a job is made of. */
function patchJobs() {
  patch(GPUDevice.prototype, 'createShaderModule', (call, _, [descriptor]) => {
    const isBroken = fault === 'shader' && isDue();
    return call(isBroken ? { ...descriptor, code: 'fn main( broken' } : descriptor);
  });
  for (const name of ['createComputePipeline', 'createComputePipelineAsync']) {
    patch(GPUDevice.prototype, name, (call, _, args) => {
      if (fault === 'slow-pipeline' && isDue()) spin(3_000);
      return call(...args);
    });
  }
  patch(GPUDevice.prototype, 'createBuffer', (call, self, args) => {
    if (fault !== 'memory' || !isDue()) return call(...args);
    // Far more than there is, in the largest pieces that the adapter allows; the job's own last.
    const size = self.limits.maxBufferSize;
    const usage = GPUBufferUsage.STORAGE;
    const hoard = Array.from({ length: HOARD }, () => call({ size, usage }));
    const own = call(...args);
    for (const buffer of hoard) buffer.destroy();
    return own;
  });
}

/** How results are read. */
function patchReading() {
  patch(GPUBuffer.prototype, 'mapAsync', async (call, _, args) => {
    return fault === 'hang' && isDue() ? never() : call(...args);
  });
  patch(GPUBuffer.prototype, 'getMappedRange', (call, self, args) => {
    const range = call(...args);
    const isRead = (self.usage & GPUBufferUsage.MAP_READ) !== 0;
    if (isRead && (fault === 'stale' || fault in NUMBERS)) spoil(new Float32Array(range));
    return range;
  });
}

if (fault !== 'none') {
  patchOpening();
  patchJobs();
  patchReading();
} else if (Reflect.deleteProperty(Object.getPrototypeOf(navigator), 'gpu')) {
  channel.postMessage(fault);
}
