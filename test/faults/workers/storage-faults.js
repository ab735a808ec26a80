/**
 * In the worker, before the library's: breaks IndexedDB as the worker's address says, by
 * `?fault=NAME`. The channel `faults` is told of the first time.
 */
const fault = new URLSearchParams(self.location.search).get('fault') ?? '';
const channel = new BroadcastChannel('faults');

let struck = 0;

function strike() {
  struck += 1;
  if (struck === 1) channel.postMessage(fault);
}

/** Every third transaction fails so. */
const ERRORS = /** @type {Record<string, string>} */ ({
  unknown: 'UnknownError',
  'invalid-state': 'InvalidStateError',
});

const own = indexedDB;
let transactions = 0;

/**
 * @param {any} owner - Prototype.
 * @param {string} name - Of its method.
 * @param {(call: () => any, self: any, args: any[]) => unknown} change - What is done instead.
 */
function patch(owner, name, change) {
  const original = owner[name];
  owner[name] = function patched(/** @type {any[]} */ ...args) {
    return change(() => original.apply(this, args), this, args);
  };
}

patch(IDBFactory.prototype, 'open', (call, self) => {
  // Only the origin's own: buckets have databases, too.
  if (self !== own) return call();
  if (fault === 'open-throws') {
    strike();
    throw new DOMException('Access is denied.', 'SecurityError');
  }
  const request = call();
  if (fault === 'open-pending') {
    strike();
    for (const type of ['success', 'error', 'upgradeneeded', 'blocked']) {
      request.addEventListener(
        type,
        (/** @type {Event} */ event) => event.stopImmediatePropagation(),
        true,
      );
    }
  }
  return request;
});

patch(IDBDatabase.prototype, 'transaction', (call, _, args) => {
  const name = ERRORS[fault];
  transactions += 1;
  if (name !== undefined && transactions % 3 === 0) {
    strike();
    throw new DOMException('Connection to Indexed Database server lost.', name);
  }
  const started = call();
  if (fault === 'aborts' && args[1] === 'readwrite') {
    strike();
    queueMicrotask(() => started.abort());
  }
  return started;
});

if (fault === 'missing') {
  strike();
  Object.defineProperty(self, 'indexedDB', { value: undefined });
}
