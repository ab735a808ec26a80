/** What no feed from a worker with a stored profile can do without: a module worker and a database. */
const request = indexedDB.open('empty', 1);
request.addEventListener('success', () => {
  request.result.close();
  globalThis.postMessage('open');
});
