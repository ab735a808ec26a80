/**
 * The catalog of the project's own demo shop, where the command line runs inside the project.
 *
 * @packageDocumentation
 */
import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { normalizeCandidates } from '../catalog/candidates.ts';
import { VitrineError } from '../core/errors.ts';
import type { Item } from '../core/types.ts';

const GENERATOR = 'scripts/demo-catalog/generate.mjs';

/** Of the catalog that the demo shop shows. */
const SEED = 1;

/** The module that makes the catalog. */
interface Generator {
  readonly generateCatalog: (options: { readonly seed: number }) => { readonly items: unknown[] };
}

function findGenerator(): URL | undefined {
  const folder = pathToFileURL(`${process.cwd()}/`);
  // Beside dist/, beside src/cli/, and where the command was called.
  const places = [
    ['..', import.meta.url] as const,
    ['../..', import.meta.url] as const,
    ['.', folder] as const,
  ];
  return places
    .map(([up, base]) => new URL(`${up}/${GENERATOR}`, base))
    .find((url) => existsSync(url));
}

/**
 * Makes the demo catalog.
 *
 * @returns Items in the shop's order.
 * @throws `OPTION_INVALID` outside the project's folder, where `--data` must name a catalog.
 */
export async function readDemoItems(): Promise<readonly Item[]> {
  const url = findGenerator();
  if (url === undefined) {
    throw new VitrineError(
      'OPTION_INVALID',
      '--data is missing: the demo catalog is found in the folder of the project only.',
    );
  }
  const { generateCatalog } = (await import(/* @vite-ignore */ url.href)) as Generator;
  const { items } = generateCatalog({ seed: SEED });
  return normalizeCandidates(items, { maxItems: items.length }).items;
}
