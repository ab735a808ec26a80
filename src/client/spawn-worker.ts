/**
 * Starts the worker file, also one that lies on another origin than the page, or that has to have a
 * known hash.
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

/** What of Trusted Types is used here; TypeScript's library does not know them. */
interface UrlPolicy {
  createScriptURL(url: string): string;
}

/** Made once: a second one of the same name is refused. */
let policy: UrlPolicy | undefined;

/** Under Trusted Types an address needs the blessing of a policy: ours is named `vitrine`. */
function start(url: string): Worker {
  const { trustedTypes } = globalThis as {
    trustedTypes?: { createPolicy(name: string, rules: UrlPolicy): UrlPolicy };
  };
  policy ??= trustedTypes?.createPolicy('vitrine', { createScriptURL: (own) => own });
  return new Worker(policy?.createScriptURL(url) ?? url, { type: 'module' });
}

/**
 * Starts the page's own copy of a worker file, or of what imports it. Its address is left valid: some
 * browsers read it late, and the page script has no bytes for what would wait for that.
 */
function startCopy(source: BlobPart): Worker {
  return start(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })));
}

/** Stands for a worker that is being fetched, and hands everything on to it in the same order. */
function comingWorker(coming: Promise<Worker>): Worker {
  return new Proxy({} as Worker, {
    get:
      (_, method: 'addEventListener') =>
      (first: string, heard: (event: Event) => void): void => {
        // What cannot be sent is refused now, and what can is sent as it is now.
        const sent = structuredClone(first);
        coming.then(
          (worker) => worker[method](sent, heard),
          () => sent === 'error' && heard(new Event(sent)),
        );
      },
  });
}

/**
 * Starts a module worker.
 *
 * A script on another origin cannot be a worker; a worker of the page's own origin may import it
 * when its server allows that by CORS. An address that ends in `#sha384-…` is fetched, and started
 * only if its bytes have that hash; it has to be a file without imports.
 *
 * @param url - The worker file.
 * @returns The worker; a file that is missing, or has another hash, is told by its `error` event. Of
 *   one with a hash: an object with `postMessage`, `addEventListener` and `terminate` only.
 * @throws SecurityError or TypeError where workers are forbidden (sandbox, Trusted Types without
 *   `vitrine`).
 */
export function spawnWorker(url: URL): Worker {
  const { hash, href, origin } = url;
  if (hash) {
    const copy = fetch(href, { integrity: hash.slice(1) });
    return comingWorker(copy.then((response) => response.blob()).then(startCopy));
  }
  return origin === location.origin ? start(href) : startCopy(`import ${JSON.stringify(href)}`);
}
