import { defineConfig } from '@playwright/test';
import base from './playwright.config.ts';

/** `npm run test:examples`: examples that need more time, or more than this repository. */
export default defineConfig({
  ...base,
  testDir: 'test/examples',
  timeout: 90_000,
  projects: (base.projects ?? []).filter(({ name }) => name === 'plain'),
});
