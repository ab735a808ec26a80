/**
 * In the worker, before the library's: the GPU tells names that are found wherever they get to. The
 * channel `faults` is told when one is asked for.
 */
const channel = new BroadcastChannel('faults');

for (const name of ['vendor', 'architecture', 'device', 'description']) {
  Object.defineProperty(GPUAdapterInfo.prototype, name, {
    get() {
      channel.postMessage(name);
      return `canary-${name}`;
    },
  });
}
