/**
 * In the worker, before the library's: once a page has said so on the channel `crash`, the worker
 * throws as soon as it gets a call of `rerank`. A worker that is started later is sound again.
 */
let isArmed = false;

const channel = new BroadcastChannel('crash');
channel.addEventListener('message', () => {
  isArmed = true;
  channel.postMessage('armed');
});

self.addEventListener('message', ({ data }) => {
  if (isArmed && JSON.stringify(data).includes('rerank')) throw new Error('crash on purpose');
});
