import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { CHROMIUM_ARGS, WEBGPU_ARGS, chromiumPath } from './scripts/browser.mjs';

/** Rooms whose tests put something in the place of globals or modules: each file has its own of both. */
const ALONE = [
  'capsule',
  'client',
  'consent',
  'core',
  'event-sources',
  'kernels',
  'models',
  'store',
].map((room) => `test/unit/${room}/**/*.test.ts`);

/** What all tests in Node have in common. */
const IN_NODE = {
  environment: 'node',
  setupFiles: 'test/helpers/messages.ts',
  // A busy machine is no failure.
  testTimeout: 30_000,
} as const;

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...IN_NODE,
          name: 'unit',
          include: ['test/unit/**/*.test.ts', 'test/ranking/**/*.test.ts'],
          exclude: ALONE,
          // Loading the same modules anew for each file would take a third of the time.
          isolate: false,
        },
      },
      { test: { ...IN_NODE, name: 'unit-alone', include: ALONE } },
      {
        test: {
          name: 'package',
          environment: 'node',
          include: ['test/package/**/*.test.ts'],
          testTimeout: 120_000,
        },
      },
      {
        optimizeDeps: {
          // Found before the first run: a dependency met in the middle of a run reloads the page and fails it.
          entries: ['test/browser/**/*.test.ts', 'src/**/*.ts', 'workers/*.ts'],
        },
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          testTimeout: 30_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: {
                executablePath: chromiumPath(),
                args: [...CHROMIUM_ARGS, ...WEBGPU_ARGS],
              },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
