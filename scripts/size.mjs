/**
 * `npm run size`: what a page downloads, from the built files. `--json FILE` writes the figures,
 * `--check` fails past a limit, `--readme` rewrites the table in README.md.
 */
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { writeBetween } from './files.mjs';
import { ROOT } from './run.mjs';

/**
 * @typedef {{ name: string, brotli: number, gzip: number, limit: number }} Entry
 *   Bytes of all files of an entry, each compressed by itself as a server sends them.
 * @typedef {Record<string, { file: string, name?: string, src?: string, isEntry?: boolean, imports?: string[], dynamicImports?: string[] }>} Manifest
 *   What Vite wrote about the worker's chunks.
 */

const DIST = `${ROOT}dist/`;
/** Committed; made by scripts/default-pack.mjs. Its limit holds without compression too. */
const PACK = `${ROOT}packs/default/`;
/** Which chunk imports which; scripts/build.mjs puts it there. */
const MANIFEST = `${ROOT}temp/build/manifest.json`;
const README = `${ROOT}README.md`;

/** Largest sizes in bytes after brotli. Tighten to what was measured + 2 %, never loosen in silence. */
const LIMITS = {
  page: 5000,
  iife: 6000,
  element: 5000,
  consent: 1800,
  events: 2900,
  react: 2700,
  vue: 2700,
  taste: 8_600,
  worker: 65_500,
  'wasm-rank': 74_500,
  'webgpu-rank': 95_000,
  webgpu: 195_500,
  wasm: 175_500,
  pictures: 5_000,
  index: 13_000,
  telemetry: 1_200,
  inspect: 14_000,
  pack: 300_000,
};

const WORDS = {
  page: '`vitrine.js`, all that a page loads before its first feed besides the worker',
  iife: '`vitrine.iife.js`, the same for a plain script tag',
  element: '`vitrine-feed.js`, only on pages with `<vitrine-feed>` or options in the script tag',
  consent: '`vitrine-consent.js`, only where a shop passes on what its consent banner says',
  events: '`vitrine-events.js`, only where a shop lets it learn from events sent to its analytics',
  react: '`vitrine-react.js`, beside `vitrine.js`, for applications in React',
  vue: '`vitrine-vue.js`, beside `vitrine.js`, for applications in Vue',
  taste: '`vitrine-taste.js`, only on pages with `<vitrine-taste>`, the drawer of what is known',
  worker: '`vitrine.worker.js`, which makes the first feed without TensorFlow.js',
  'wasm-rank': 'the same with our WebAssembly kernels, for long lists',
  'webgpu-rank': 'the same with TensorFlow.js and our WebGPU kernel, for huge lists',
  webgpu: 'all JavaScript of the worker on WebGPU: packs, learning and generative models too',
  wasm: 'the same on WebAssembly (+ one .wasm file)',
  pictures: 'what looks at pictures, only where the shop sets `pictures: true`',
  index: 'what searches a large catalog, only where candidates are an index',
  telemetry: 'what tells the shop in noise, only where it sets `telemetry`',
  inspect: '`vitrine-inspect.js` and what answers it, only where somebody opens the inspector',
  pack: '`packs/default`, what the ranker of the demo shop learned',
};

/** A chunk that only one device loads is named so by the module that opens it or has its kernels. */
const DEVICE_MODULE =
  /\/(?:open|encoder-kernels|matrix-kernels|similarity)-(?<device>cpu|wasm|webgpu)\.ts$/u;

/** What the first feed of a visitor who is known loads besides. */
const ROWS_MODULE = /\/feed\/place-feed\.ts$/u;

/**
 * @param {Manifest[string]} [chunk]
 * @returns {boolean} Also of what the entry imports by a name that vite.config.ts puts in.
 */
const isStart = (chunk) => chunk?.isEntry === true || chunk?.name === 'first';

/** What ranking long lists loads besides: our kernels, and the device of TensorFlow.js for those on WebGPU. */
const RANKING_MODULES = {
  'wasm-rank': /\/models\/kernel-similarity\.ts$/u,
  'webgpu-rank': /\/models\/(?:similarity|open)-webgpu\.ts$/u,
};

/** What only pages load that ask for it. */
const OPTIONAL_MODULES = {
  pictures: /\/engine\/picture-[a-z]+\.ts$/u,
  index: /\/engine\/index-ports\.ts$/u,
  telemetry: /\/engine\/telling-ports\.ts$/u,
  inspect: /\/engine\/inspect\.ts$/u,
};

/**
 * The worker's files that a device downloads.
 *
 * @param {Manifest} manifest - Vite's manifest of the worker build.
 * @param {string} [device] - Follows the dynamic imports too, except the other devices'; without it only the worker before TensorFlow.js counts.
 * @returns {string[]} Paths under dist/.
 */
function workerFiles(manifest, device) {
  const isOthers = (/** @type {string} */ key) => {
    const source = manifest[key]?.src ?? '';
    if (Object.values(OPTIONAL_MODULES).some((module) => module.test(source))) return true;
    const owner = DEVICE_MODULE.exec(source)?.groups?.['device'];
    return owner !== undefined && owner !== device;
  };
  // A set visits what is added while it is walked.
  const keys = new Set(Object.keys(manifest).filter((key) => isStart(manifest[key])));
  for (const key of keys) {
    const { imports = [], dynamicImports = [] } = manifest[key] ?? {};
    const rows = dynamicImports.filter((other) => ROWS_MODULE.test(manifest[other]?.src ?? ''));
    const next = [...imports, ...(device === undefined ? rows : dynamicImports)];
    for (const other of next) if (!isOthers(other)) keys.add(other);
  }
  const files = [...keys].flatMap((key) => manifest[key]?.file ?? []);
  if (device !== undefined && !files.some((file) => file.includes(`open-${device}`))) {
    throw new Error(`The manifest names no chunk for ${device}.`);
  }
  return files;
}

/**
 * The worker's files where lists are ranked on a device.
 *
 * @param {Manifest} manifest - Vite's manifest of the worker build.
 * @param {keyof typeof RANKING_MODULES} name - Which one.
 * @returns {string[]} Paths under dist/.
 */
function rankingFiles(manifest, name) {
  const own = Object.keys(manifest).filter((key) =>
    RANKING_MODULES[name].test(manifest[key]?.src ?? ''),
  );
  if (own.length === 0) throw new Error(`The manifest names no chunk for ${name}.`);
  const keys = new Set(own);
  for (const key of keys) for (const other of manifest[key]?.imports ?? []) keys.add(other);
  const files = [...keys].flatMap((key) => manifest[key]?.file ?? []);
  return [...new Set([...workerFiles(manifest), ...files])];
}

/**
 * The worker's files that something adds which few shops ask for.
 *
 * @param {Manifest} manifest - Vite's manifest of the worker build.
 * @param {keyof typeof OPTIONAL_MODULES} name - Of what.
 * @returns {string[]} Paths under dist/.
 * @throws {Error} When the manifest has no such chunk.
 */
function optionalFiles(manifest, name) {
  const own = Object.keys(manifest).filter((key) => OPTIONAL_MODULES[name].test(key));
  if (own.length === 0) throw new Error(`The manifest names no chunk for ${name}.`);
  const keys = new Set(own);
  for (const key of keys) for (const other of manifest[key]?.imports ?? []) keys.add(other);
  const others = new Set(workerFiles(manifest));
  return [...keys].flatMap((key) => manifest[key]?.file ?? []).filter((file) => !others.has(file));
}

/**
 * Measures the built files.
 *
 * @returns {Entry[]} One per limit, in the order of the table.
 * @throws {Error} When dist/ was not built.
 */
function measure() {
  if (!existsSync(MANIFEST) || !existsSync(DIST)) {
    throw new Error('No dist/: run `npm run build` first.');
  }
  const manifest = JSON.parse(readFileSync(MANIFEST, 'utf8'));
  const files = {
    page: ['vitrine.js'],
    iife: ['vitrine.iife.js'],
    element: ['vitrine-feed.js'],
    consent: ['vitrine-consent.js'],
    events: ['vitrine-events.js'],
    react: ['vitrine-react.js'],
    vue: ['vitrine-vue.js'],
    taste: ['vitrine-taste.js'],
    worker: workerFiles(manifest),
    'wasm-rank': rankingFiles(manifest, 'wasm-rank'),
    'webgpu-rank': rankingFiles(manifest, 'webgpu-rank'),
    webgpu: workerFiles(manifest, 'webgpu'),
    wasm: workerFiles(manifest, 'wasm'),
    pictures: optionalFiles(manifest, 'pictures'),
    index: optionalFiles(manifest, 'index'),
    telemetry: optionalFiles(manifest, 'telemetry'),
    inspect: ['vitrine-inspect.js', ...optionalFiles(manifest, 'inspect')],
    pack: readdirSync(PACK),
  };
  return Object.entries(files).map(([name, paths]) => {
    const folder = name === 'pack' ? PACK : DIST;
    const contents = paths.map((path) => readFileSync(folder + path));
    const sum = (/** @type {(content: Buffer) => Buffer} */ compress) =>
      contents.reduce((total, content) => total + compress(content).length, 0);
    const limit = LIMITS[/** @type {keyof typeof LIMITS} */ (name)];
    return { name, brotli: sum(brotliCompressSync), gzip: sum(gzipSync), limit };
  });
}

/**
 * @param {number} bytes - Any count.
 * @returns {string} `4.2 kB`, thousands as in the limits.
 */
const kB = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;

/**
 * @param {readonly Entry[]} entries - From {@link measure}.
 * @returns {string} A Markdown table.
 */
function readmeTable(entries) {
  const rows = entries.map(({ name, brotli, gzip, limit }) => {
    const words = WORDS[/** @type {keyof typeof WORDS} */ (name)];
    return `| ${name} | ${words} | ${kB(brotli)} | ${kB(gzip)} | ${kB(limit)} |`;
  });
  return ['| | what | brotli | gzip | limit |', '|---|---|---:|---:|---:|', ...rows].join('\n');
}

/** @param {readonly Entry[]} entries - From {@link measure}. */
function writeReadme(entries) {
  writeBetween(README, 'size', `\n${readmeTable(entries)}\n`);
}

/** @returns {void} */
function main() {
  const { values } = parseArgs({
    options: {
      json: { type: 'string' },
      check: { type: 'boolean', default: false },
      readme: { type: 'boolean', default: false },
    },
  });
  const entries = measure();
  for (const { name, brotli, gzip, limit } of entries) {
    const verdict = brotli > limit ? 'TOO LARGE' : 'ok';
    console.log(
      `${name.padEnd(11)} ${kB(brotli).padStart(9)} brotli  ${kB(gzip).padStart(9)} gzip  limit ${kB(limit).padStart(9)}  ${verdict}`,
    );
  }
  if (values.json !== undefined) {
    mkdirSync(dirname(values.json), { recursive: true });
    writeFileSync(values.json, `${JSON.stringify({ entries }, null, 2)}\n`);
  }
  if (values.readme) writeReadme(entries);
  if (values.check && entries.some(({ brotli, limit }) => brotli > limit)) process.exitCode = 1;
}

try {
  main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
