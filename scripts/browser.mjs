/**
 * Where Chromium is and how the tests start it; used by the set-up and by the test configurations.
 *
 * No dependency is imported at the top: the set-up runs before there is a node_modules.
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';

/** Environment variable that names the browser; the set-up writes it, a developer may too. */
export const BROWSER_VARIABLE = 'VITRINE_CHROMIUM';

/** Flags for every run: a container's root has no sandbox, and the browser's own requests are noise. */
export const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Flags that give WebGPU without a graphics card: SwiftShader runs the kernels on the processor. */
export const WEBGPU_ARGS = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];

const SYSTEM_PATHS = [
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/**
 * Finds a Chromium: the environment variable, Playwright's own download, then the usual places.
 *
 * @returns Absolute path, or `undefined` when there is none.
 */
export function findChromium() {
  const named = process.env[BROWSER_VARIABLE];
  if (named !== undefined && named !== '') {
    if (!existsSync(named)) throw new Error(`${BROWSER_VARIABLE} names ${named}, which is no file`);
    return named;
  }
  return [playwrightChromium(), ...SYSTEM_PATHS].find(
    (path) => path !== undefined && existsSync(path),
  );
}

/**
 * The browser's path for a test configuration.
 *
 * An empty string when there is none, so that a run without browser tests still starts.
 *
 * @returns Absolute path or ''.
 */
export function chromiumPath() {
  return findChromium() ?? '';
}

/** @returns {string | undefined} Where Playwright keeps its own Chromium; the file may be missing. */
function playwrightChromium() {
  try {
    const require = createRequire(import.meta.url);
    return require('playwright').chromium.executablePath();
  } catch {
    // Not installed yet, or no build of Playwright for this system: the system's browser will do.
    return undefined;
  }
}
