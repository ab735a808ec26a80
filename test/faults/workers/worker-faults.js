/**
 * In the worker, before the library's: breaks the worker itself as its address says, by
 * `?fault=NAME&at=K`: at the K-th feed that it is asked for. The channel `faults` is told.
 */
const query = new URLSearchParams(self.location.search);
const fault = query.get('fault');
const at = Number(query.get('at') ?? 1);
const channel = new BroadcastChannel('faults');

let feeds = 0;

/** Never ends: nothing in this thread can stop it. */
function spin() {
  let turns = 0;
  while (turns < Infinity) turns += 1;
}

self.addEventListener('message', ({ data, isTrusted }) => {
  // What came before the library was there is dispatched once more, by workers/start.worker.ts.
  if (!isTrusted || data?.path?.[0] !== 'rerank') return;
  feeds += 1;
  if (feeds !== at) return;
  channel.postMessage(fault);
  if (fault === 'throw') throw new Error('broken on purpose');
  if (fault === 'loop') spin();
});

if (fault === 'boot-throw') throw new Error('broken on purpose');
if (fault === 'boot-loop') spin();
