/** Generated segments on the built files: made, followed, kept over a reload, erased. */
import { REPEATABLE, openLibrary } from '../../helpers/e2e-feeds.ts';
import { expect, test } from '../../helpers/e2e-site.ts';

test('a generated segment has a row, survives a reload and goes with the profile', async ({
  page,
  demoItems,
}) => {
  const settings = { ...REPEATABLE, device: 'auto', consent: 'granted' } as const;
  const data = { settings, items: demoItems };
  await openLibrary(page);
  const made = await page.evaluate(async ({ settings: options, items }) => {
    const vitrine = await window.library.createVitrine(options);
    await vitrine.rerank(items);
    const seedId = 'fashion-lovers';
    const segment = await vitrine.segments.generate({ seedId, temperature: 0.5 });
    await vitrine.segments.follow(segment.id);
    const feed = await vitrine.rerank(items);
    const refused = await vitrine.segments.generate({ seedId, toward: 'more muslim' }).then(
      () => 'made',
      (error: unknown) => {
        const { code, message } = error as { code: string; message: string };
        return `${code} ${message}`;
      },
    );
    vitrine.dispose();
    return { segment, row: feed.rows[0], refused };
  }, data);
  expect(made.segment.support).toBeGreaterThanOrEqual(20);
  expect(made.row).toMatchObject({ segmentId: made.segment.id, title: made.segment.name });
  expect(made.refused).toMatch(/^SEGMENT_REFUSED .*sensitive/u);

  await page.reload();
  const later = await page.evaluate(async ({ settings: options, items }) => {
    const vitrine = await window.library.createVitrine(options);
    const feed = await vitrine.rerank(items);
    await vitrine.profile.erase();
    const left = (await vitrine.segments.list()).filter(({ origin }) => origin === 'generated');
    vitrine.dispose();
    return { row: feed.rows[0], left };
  }, data);
  expect(later.row).toMatchObject({ segmentId: made.segment.id });
  expect(later.left).toEqual([]);
});
