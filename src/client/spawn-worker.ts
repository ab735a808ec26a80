/**
 * Starts the worker file, also one that lies on another origin than the page.
 *
 * @packageDocumentation
 */

let scriptUrl: string | undefined;

/**
 * Says where the page script was loaded from; the entries call it once.
 *
 * @param url - `import.meta.url`, or `document.currentScript.src` in the classic build.
 */
export function setScriptUrl(url: string | undefined): void {
  scriptUrl = url;
}

/**
 * Finds a file that was published beside the page script.
 *
 * @param name - File name.
 * @returns Its URL; beside the document when the script's own address is not known.
 */
export function besideScript(name: string): URL {
  return new URL(name, scriptUrl || document.baseURI);
}

/**
 * Finds the worker file.
 *
 * @param workerUrl - The shop's own choice, absolute or relative to the document.
 * @returns That, else `vitrine.worker.js` beside the script.
 * @throws TypeError when `workerUrl` is no URL.
 */
export function findWorker(workerUrl?: string | URL): URL {
  return workerUrl === undefined
    ? besideScript('vitrine.worker.js')
    : new URL(workerUrl, document.baseURI);
}

/**
 * Starts a module worker.
 *
 * A script on another origin cannot be a worker; a worker of the page's own origin may import it
 * when its server allows that by CORS.
 *
 * @param url - The worker file.
 * @returns The worker; a file that is missing is told by its `error` event.
 * @throws SecurityError or TypeError where workers are forbidden (sandbox, Trusted Types).
 */
export function spawnWorker(url: URL): Worker {
  if (url.origin === location.origin) return new Worker(url, { type: 'module' });
  const blob = new Blob([`import ${JSON.stringify(url.href)}`], { type: 'text/javascript' });
  const shim = URL.createObjectURL(blob);
  const worker = new Worker(shim, { type: 'module' });
  // Some browsers read the blob late; its first answer says that the worker has it.
  worker.addEventListener('message', () => URL.revokeObjectURL(shim), { once: true });
  return worker;
}
