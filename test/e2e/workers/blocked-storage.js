/**
 * In the worker, before the library's: storage as browsers block it. `?how=throws`: the getter
 * throws SecurityError, as with all cookies blocked; `?how=missing`: there is none.
 */
const how = new URL(import.meta.url).searchParams.get('how');

Object.defineProperty(self, 'indexedDB', {
  get() {
    if (how === 'throws') throw new DOMException('Access is denied.', 'SecurityError');
    return undefined;
  },
});
