/** The examples on the package as npm packs it, instead of the repository. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeWorkplace } from '../../scripts/examples/site.mjs';
import { ROOT } from '../../scripts/run.mjs';
import { expect, test } from '../helpers/e2e.ts';
import { startStaticServer } from '../helpers/static-server.mjs';

test('React, Vue and Vite build and run on the packed package', async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-packed-'));
  execFileSync('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], {
    cwd: ROOT,
    stdio: 'pipe',
  });
  const [tarball = ''] = readdirSync(folder);
  execFileSync('tar', ['-xzf', join(folder, tarball), '-C', folder]);
  // What npm would install beside it.
  mkdirSync(join(folder, 'node_modules'));
  for (const name of ['comlink', 'idb', '@tensorflow', 'react', 'vue']) {
    symlinkSync(`${ROOT}node_modules/${name}`, join(folder, 'node_modules', name));
  }
  const workplace = makeWorkplace(join(folder, 'package'));
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  try {
    for (const name of ['react', 'vue', 'vite']) {
      const server = await startStaticServer({ root: workplace.siteOf(name) });
      await page.goto(server.url);
      const ready = name === 'vite' ? 'main[data-personalized]' : 'main[data-vitrine-rows]';
      await page.locator(ready).waitFor();
      await expect(page.locator('main li').first()).not.toBeEmpty();
      await server.close();
    }
    const integrity = join(
      workplace.folder,
      'examples',
      'react',
      'out',
      'vitrine',
      'integrity.json',
    );
    expect(Object.keys(JSON.parse(readFileSync(integrity, 'utf8')).files)).toContain('vitrine.js');
    expect(problems).toEqual([]);
  } finally {
    workplace.remove();
    rmSync(folder, { recursive: true, force: true });
  }
});
