/** A small shop of the demo's catalog, for runs in which the candidates are not what is hostile. */
import { generateCatalog } from '../../scripts/demo-catalog/generate.mjs';
import type { Item } from '../../src/core/types.ts';

/** All items; the default pack knows them. */
export const CATALOG = generateCatalog({ seed: 1 }).items as readonly Item[];

/** Some of several departments. */
export const ITEMS: readonly Item[] = CATALOG.filter((_, place) => place % 100 === 0);
