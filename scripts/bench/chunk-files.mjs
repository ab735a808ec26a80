/** Which files a chunk of the bench's build needs. */

/**
 * @typedef {Record<string, { file: string, imports?: string[], dynamicImports?: string[],
 *   assets?: string[] }>} Manifest
 *   What Vite wrote about the chunks.
 */

/** The chunk that all implementations share with the bench. */
const ENTRY = 'scripts/bench/worker.mjs';

/**
 * The files that a chunk needs and the bench itself does not.
 *
 * @param {Manifest} manifest
 * @param {string} start - Key of the chunk.
 * @returns {string[]} Each once.
 */
export function filesOf(manifest, start) {
  const shared = new Set([ENTRY, ...(manifest[ENTRY]?.imports ?? [])]);
  // A set visits what is added while it is walked.
  const keys = new Set([start]);
  for (const key of keys) {
    const { dynamicImports = [], imports = [] } = manifest[key] ?? {};
    for (const other of [...imports, ...dynamicImports]) if (!shared.has(other)) keys.add(other);
  }
  const files = [...keys].flatMap((key) => {
    const { assets = [], file } = manifest[key] ?? {};
    return file === undefined ? [] : [file, ...assets];
  });
  return [...new Set(files)];
}
