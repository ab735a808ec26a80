import { defineConfig } from '@playwright/test';
import { CHROMIUM_ARGS, WEBGPU_ARGS, chromiumPath } from './scripts/browser.mjs';

/**
 * What the browser does without. Its address bar keeps two pages ready for every window, with
 * processes of their own: a third of what opening a window costs. Of two such flags Chromium takes
 * the last, so Playwright's own choices stand here too.
 */
const FEATURES_OFF = [
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'AimEnabled',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
  'ThirdPartyStoragePartitioning',
];

const launch = (args: readonly string[]) => ({
  launchOptions: {
    executablePath: chromiumPath(),
    args: [...args, `--disable-features=${FEATURES_OFF.join(',')}`],
  },
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
    // What needs WebGPU says so by `@webgpu`. What does not depend on the device is tested once,
    // without it: whole rooms by this list, single tests by `@plain`.
    {
      name: 'webgpu',
      testIgnore: [
        'analytics',
        'bad-input',
        'blocked-storage',
        'consent',
        'faults',
        'generated-segments',
        'laboratory',
        'main-thread',
        'pictures',
        'privacy',
        'shopper-journey',
        'static-pages',
        'storefront',
        'telemetry',
        'without-javascript',
      ].map((room) => `**/${room}/**`),
      grepInvert: /@plain/u,
      use: launch([...CHROMIUM_ARGS, ...WEBGPU_ARGS]),
    },
    { name: 'plain', grepInvert: /@webgpu/u, use: launch(CHROMIUM_ARGS) },
  ],
});
