/**
 * The builds of dist/, one per mode: `page`, `iife`, `element`, `consent`, `worker`, `whole`, `cli`. Run
 * by scripts/build.mjs.
 *
 * Everything in dist/ refers to its neighbours by relative URLs, so the folder works as plain
 * static files from any place.
 */
import { fileURLToPath } from 'node:url';
import { leanTensorflow } from './scripts/lean-tensorflow.mjs';
import { type BuildEnvironmentOptions, type Rolldown, type UserConfig, defineConfig } from 'vite';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

// Named here because a Vite library build leaves the whitespace of ES modules in.
const OUTPUT = { minify: true } as const;

type ModulesOf = Parameters<Rolldown.CodeSplittingNameFunction>[1];

/** All that a module imports when it is loaded, and what these import; without itself. */
function reachableFrom(entry: string, modules: ModulesOf): ReadonlySet<string> {
  const ids = new Set(modules.getModuleInfo(entry)?.importedIds);
  // A set visits what is added while it is walked.
  for (const id of ids) {
    for (const other of modules.getModuleInfo(id)?.importedIds ?? []) ids.add(other);
  }
  return ids;
}

let firstModules: ReadonlySet<string> | undefined;

/**
 * What the worker needs from the start stands in one file, or a page would ask for twenty, some of
 * them only after others came.
 */
const FIRST = {
  name: (id: string, modules: ModulesOf): string | null => {
    firstModules ??= reachableFrom(at('workers/feed.worker.ts'), modules);
    return firstModules.has(id) ? 'first' : null;
  },
};

const BUILDS: Readonly<Record<string, BuildEnvironmentOptions>> = {
  page: {
    lib: { entry: at('src/index.ts'), formats: ['es'], fileName: () => 'vitrine.js' },
    // Marks of what is pure are for bundlers that leave parts out; this file has side effects.
    rolldownOptions: { output: { ...OUTPUT, comments: { annotation: false } } },
  },
  iife: {
    lib: {
      entry: at('src/iife.ts'),
      formats: ['iife'],
      name: 'Vitrine',
      fileName: () => 'vitrine.iife.js',
    },
  },
  // Loaded by the page script, only on pages that use the element or the tag's options.
  element: {
    lib: {
      entry: at('src/client/vitrine-feed.ts'),
      formats: ['es'],
      fileName: () => 'vitrine-feed.js',
    },
    rolldownOptions: { output: { ...OUTPUT, chunkFileNames: 'chunks/[name]-[hash].js' } },
  },
  // Loaded by shops that have what the banner says passed on.
  consent: {
    lib: { entry: at('src/consent.ts'), formats: ['es'], fileName: () => 'vitrine-consent.js' },
  },
  worker: {
    lib: {
      entry: at('workers/feed.worker.ts'),
      formats: ['es'],
      fileName: () => 'vitrine.worker.js',
    },
    // scripts/size.mjs reads from it which chunks each device loads.
    manifest: 'manifest.json',
    rolldownOptions: {
      output: {
        ...OUTPUT,
        chunkFileNames: 'chunks/[name]-[hash].js',
        codeSplitting: { groups: [FIRST] },
      },
    },
  },
  // The worker in one file, for shops that load it from elsewhere by its hash: a hash covers one file.
  whole: {
    lib: {
      entry: at('workers/feed.worker.ts'),
      formats: ['es'],
      fileName: () => 'vitrine.whole.worker.js',
    },
    rolldownOptions: { output: { ...OUTPUT, codeSplitting: false } },
  },
  // For Node: node:* stays outside. One file, since it looks for its WASM beside itself.
  cli: {
    ssr: at('src/cli/main.ts'),
    target: 'node20',
    rolldownOptions: {
      output: {
        ...OUTPUT,
        codeSplitting: false,
        entryFileNames: 'vitrine.cli.js',
        banner: '#!/usr/bin/env node',
      },
    },
  },
};

export default defineConfig(({ mode }): UserConfig => {
  const build = BUILDS[mode];
  if (build === undefined) {
    throw new Error(`vite --mode ${mode}: expected one of ${Object.keys(BUILDS).join(', ')}`);
  }
  return {
    base: './',
    publicDir: false,
    logLevel: 'warn',
    plugins: /worker|whole/u.test(mode) ? [leanTensorflow()] : [],
    define: { 'process.env.NODE_ENV': '"production"' },
    // Node cannot import the single files of TensorFlow.js: their packages are not marked as modules.
    ssr: { noExternal: [/^@tensorflow\//, 'long'] },
    build: {
      outDir: at('dist'),
      emptyOutDir: false,
      target: 'es2022',
      sourcemap: true,
      reportCompressedSize: false,
      rolldownOptions: { output: OUTPUT },
      ...build,
    },
  };
});
