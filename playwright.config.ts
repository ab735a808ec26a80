import { defineConfig } from '@playwright/test';
import { CHROMIUM_ARGS, WEBGPU_ARGS, chromiumPath } from './scripts/browser.mjs';

const launch = (args: readonly string[]) => ({
  launchOptions: { executablePath: chromiumPath(), args: [...args] },
});

export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  workers: 2,
  fullyParallel: true,
  forbidOnly: true,
  // A test that passes at the second try is a broken test.
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: { headless: true, trace: 'off', screenshot: 'off', video: 'off' },
  projects: [
    // A test that needs one of the two says so: test.skip(testInfo.project.name !== 'webgpu').
    // What does not depend on the device is tested once: whole rooms here, single tests by `@plain`.
    {
      name: 'webgpu',
      testIgnore: [
        'bad-input',
        'consent',
        'laboratory',
        'pictures',
        'shopper-journey',
        'static-pages',
      ].map((room) => `**/${room}/**`),
      grepInvert: /@plain/u,
      use: launch([...CHROMIUM_ARGS, ...WEBGPU_ARGS]),
    },
    { name: 'plain', use: launch(CHROMIUM_ARGS) },
  ],
});
