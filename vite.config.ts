/**
 * The builds of dist/, one per mode: `page`, `iife`, `element`, `consent`, `events`, `react`, `vue`,
 * `worker`, `whole`, `cli`. Run by scripts/build.mjs.
 *
 * Everything in dist/ refers to its neighbours by relative URLs, so the folder works as plain
 * static files from any place.
 */
import { fileURLToPath } from 'node:url';
import { minify } from 'terser';
import { leanTensorflow } from './scripts/lean-tensorflow.mjs';
import {
  type BuildEnvironmentOptions,
  type Plugin,
  type Rolldown,
  type UserConfig,
  defineConfig,
} from 'vite';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

// Named here because a Vite library build leaves the whitespace of ES modules in.
const OUTPUT = { minify: true } as const;

type ModulesOf = Parameters<Rolldown.CodeSplittingNameFunction>[1];

/** A module, all that it imports when it is loaded, and what these import. */
function reachableFrom(entry: string, modules: ModulesOf): ReadonlySet<string> {
  const ids = new Set([entry]);
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

/** What several devices or models take of TensorFlow.js stands in one file, not in ten small ones. */
const TENSORS = [
  { name: 'tensors', test: /\/tfjs-core\/dist\/(?!ops\/(?!broadcast_util))/u, minShareCount: 2 },
  { name: 'ops', test: /\/tfjs-core\/dist\/ops\//u, minShareCount: 2 },
] as const;
/** The same for what scores lists on any device. */
const SCORING = { name: 'scoring', test: /\/(?:job-input|known-answer)\.ts$/u };

/** Every known visitor's feed runs nearly all of these. */
const HOT = /^(first|place-feed)$/u;
/**
 * Compiled as a whole when it is loaded, V8 keeps all of it for the next page; function by function,
 * it keeps next to nothing. https://v8.dev/blog/explicit-compile-hints
 */
const COMPILE_WHOLE = '//# allFunctionsCalledOnLoad';

/** The file that a page starts names the first chunk, whose hash is known last. */
const NAME_FIRST: Plugin = {
  name: 'vitrine-name-first',
  generateBundle(_, bundle) {
    const chunkOf = (name: string): Rolldown.OutputChunk => {
      const found = Object.values(bundle).find((file) => file.name === name);
      if (found?.type !== 'chunk') throw new Error(`The worker's build has no chunk ${name}.`);
      return found;
    };
    const start = chunkOf('start');
    start.code = start.code.replace('MAIN', `"./${chunkOf('first').fileName}"`);
    // It would only import the first chunk.
    Reflect.deleteProperty(bundle, chunkOf('feed').fileName);
  },
};

/**
 * Pages download what is left after Terser, a thirtieth less than what the bundler's own minifier
 * leaves, at the cost of some seconds in a build.
 */
const TERSE: Plugin = {
  name: 'vitrine-terse',
  async renderChunk(code, _, { format }) {
    const made = await minify(code, {
      // Outside modules the topmost names are for others.
      module: format === 'es',
      ecma: 2020,
      compress: { passes: 2 },
      format: { comments: false },
      sourceMap: true,
    });
    return { code: made.code ?? '', map: made.map as string };
  },
};

/** The page brings its own. */
const FRAMEWORKS = ['react', 'vue'];

/** An adapter makes its instances by the page script: one copy of it, and one place for the worker. */
const BESIDE_PAGE: Plugin = {
  name: 'vitrine-beside-page',
  enforce: 'pre',
  resolveId: (id) => (id === './index.ts' ? { id: './vitrine.js', external: 'relative' } : null),
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
  // Loaded by shops that let it learn from the events that they send to their analytics.
  events: {
    lib: {
      entry: at('src/event-sources.ts'),
      formats: ['es'],
      fileName: () => 'vitrine-events.js',
    },
  },
  react: {
    lib: { entry: at('src/react.ts'), formats: ['es'], fileName: () => 'vitrine-react.js' },
    // React's servers must know that this is for the page.
    rolldownOptions: { external: FRAMEWORKS, output: { ...OUTPUT, banner: "'use client';" } },
  },
  vue: {
    lib: { entry: at('src/vue.ts'), formats: ['es'], fileName: () => 'vitrine-vue.js' },
    rolldownOptions: { external: FRAMEWORKS, output: OUTPUT },
  },
  // Loaded by who looks into a page, by `?vitrine=inspect` or a bookmarklet.
  inspect: {
    lib: { entry: at('src/inspect.ts'), formats: ['es'], fileName: () => 'vitrine-inspect.js' },
  },
  // Loaded by pages that show the drawer of the shopper's taste.
  taste: {
    lib: { entry: at('src/taste.ts'), formats: ['es'], fileName: () => 'vitrine-taste.js' },
  },
  worker: {
    lib: {
      entry: { start: at('workers/start.worker.ts'), feed: at('workers/feed.worker.ts') },
      formats: ['es'],
      fileName: (_, name) => (name === 'start' ? 'vitrine.worker.js' : `${name}.js`),
    },
    // scripts/size.mjs reads from it which chunks each device loads.
    manifest: 'manifest.json',
    rolldownOptions: {
      output: {
        ...OUTPUT,
        chunkFileNames: 'chunks/[name]-[hash].js',
        codeSplitting: { groups: [FIRST, ...TENSORS, SCORING] },
        postBanner: ({ name }) => (HOT.test(name) ? COMPILE_WHOLE : ''),
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
    plugins: [
      ...(/worker|whole/u.test(mode) ? [leanTensorflow()] : []),
      ...(mode === 'worker' ? [NAME_FIRST] : []),
      ...(mode === 'cli' ? [] : [TERSE]),
      ...(/react|vue/u.test(mode) ? [BESIDE_PAGE] : []),
    ],
    define: { 'process.env.NODE_ENV': '"production"' },
    // Node cannot import the single files of TensorFlow.js: their packages are not marked as modules.
    ssr: { noExternal: [/^@tensorflow\//, 'long'] },
    build: {
      outDir: at('dist'),
      emptyOutDir: false,
      target: 'es2022',
      sourcemap: true,
      reportCompressedSize: false,
      ...build,
      // That minifying takes most of a build is known.
      rolldownOptions: {
        output: OUTPUT,
        ...build.rolldownOptions,
        checks: { bundlerTimings: false },
      },
    },
  };
});
