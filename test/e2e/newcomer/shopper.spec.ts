/** The visit that `npm run newcomer` times, in the demo shop on the built files. */
import { isPersonal, lookAtFive } from '../../../scripts/newcomer/shopper.mjs';
import { expect, test } from '../../helpers/e2e-site.ts';

test('five clicks on products of one kind bring rows of that kind @plain', async ({
  page,
  shop,
}) => {
  test.slow();
  const { seen, steps } = await lookAtFive(page, shop.url);
  expect(new Set(seen.looked).size).toBe(5);
  const kinds = seen.looked.map((id) => shop.items.find((item) => item.id === id)?.categoryPath);
  expect(kinds.map((path) => path?.at(-1))).toEqual(Array.from({ length: 5 }, () => seen.kind));
  expect(steps).toHaveLength(3);
  expect(isPersonal(seen), JSON.stringify(seen)).toBe(true);
});
