/** The parts of `npm run newcomer` that need no clone. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { inWords, keptBy, namedIn } from '../../scripts/newcomer/npm-cache.mjs';
import { isPersonal } from '../../scripts/newcomer/shopper.mjs';
import { partsOf, startShop } from '../../scripts/newcomer/start-shop.mjs';
import { docsOf, tableOf } from '../../scripts/newcomer/table.mjs';

const KETTLES = { title: 'More in Kettles', kind: 'inferred', share: 1 };
const OTHERS = { title: 'Something new', kind: 'explore', share: 0 };
const SEEN = {
  kind: 'Kettles',
  looked: ['kettle-01'],
  before: { feed: 'shop', reason: 'COLD_START', rows: [] },
  after: { feed: 'visitor', reason: 'PERSONALIZED', rows: [OTHERS, KETTLES] },
};
const RUN = {
  commit: 'abc1234',
  machine: 'a machine',
  npmCache: 'cold (0 of 2 packages)',
  steps: [
    { name: '`git clone`', seconds: 1.25 },
    { name: 'the first page', seconds: 2 },
  ],
  seen: SEEN,
  personal: true,
};

test('tells the parts of a start by the time that the build tells', () => {
  // Without npm’s own lines, as where it is told to be silent.
  const lines = [
    { text: 'Set-up: installing the dependencies (npm ci) …', ms: 1_200 },
    { text: 'Built dist/ in 8.5 s', ms: 20_000 },
    { text: 'The demo shop is open at http://127.0.0.1:1 (Ctrl+C closes it)', ms: 20_500 },
  ];
  expect(partsOf(1_000, lines).map(({ seconds }) => seconds)).toEqual([10.5, 8.5, 0.5]);
  // Where nothing was built, its time is not lost.
  const [whole, ...others] = partsOf(1_000, lines.toSpliced(1, 1));
  expect([whole?.seconds, others]).toEqual([19.5, []]);
});

test('fails when npm start ends without a shop', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-newcomer-test-'));
  try {
    const scripts = { start: 'echo Set-up: failed' };
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'broken', scripts }));
    await expect(startShop(folder, {})).rejects.toThrow('ended before the shop was open');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('knows how warm npm’s cache is', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-newcomer-test-'));
  try {
    const [there, missing] = ['sha512-q83v', 'sha512-AAEC'];
    const lock = { packages: { '': {}, a: { integrity: there }, b: { integrity: missing } } };
    writeFileSync(join(folder, 'lock.json'), JSON.stringify(lock));
    // As npm names it: the hash in hexadecimal, in folders by its first digits.
    const file = join(folder, '_cacache', 'content-v2', 'sha512', 'ab', 'cd', 'ef');
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, '');
    const hashes = namedIn(join(folder, 'lock.json'));
    expect(hashes).toEqual([there, missing]);
    const kept = keptBy(folder, hashes);
    expect([...kept]).toEqual([there]);
    expect(inWords(kept, hashes)).toBe('partly warm (1 of 2 packages)');
    expect(inWords(kept, ['sha512-q83v'])).toBe('warm (1 of 1 packages)');
    expect(inWords(new Set(), hashes)).toBe('cold (0 of 2 packages)');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('calls rows personal only when a row of the visitor’s own has mostly what was looked at', () => {
  const { after, before } = SEEN;
  expect(isPersonal(SEEN)).toBe(true);
  expect(isPersonal({ ...SEEN, before: { ...before, feed: 'visitor' } })).toBe(false);
  for (const change of [
    { feed: 'shop' },
    { reason: 'LOW_CONFIDENCE' },
    { rows: [] },
    { rows: [{ ...KETTLES, kind: '' }] },
    { rows: [{ ...KETTLES, share: 0.5 }] },
  ]) {
    expect(isPersonal({ ...SEEN, after: { ...after, ...change } })).toBe(false);
  }
});

test('adds the steps up, for the terminal and for the docs', () => {
  expect(tableOf(RUN)).toContain('3.3 s  together');
  expect(tableOf({ ...RUN, personal: false })).toContain('not personal');
  expect(docsOf(RUN)).toContain('| **together** | 3.3 |');
  expect(docsOf(RUN)).toContain('the row “More in Kettles” came of it');
});
