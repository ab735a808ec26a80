import { expect, test } from 'vitest';
import { measureSegmentVae } from '../../../src/cli/measure-segments.ts';
import { shopOf } from '../engine/generated-shop.ts';

test(
  'sets the autoencoder of a catalog’s segments beside its rival',
  { timeout: 60_000 },
  async () => {
    const {
      fromBehaviour = 0,
      items,
      linear,
      reconstruction = 0,
      steps,
    } = await measureSegmentVae(shopOf(), 1);
    expect({ items, steps }).toEqual({ items: 320, steps: 400 });
    for (const value of [fromBehaviour, reconstruction, linear?.fromBehaviour ?? 0]) {
      expect(value).toBeGreaterThan(0.3);
      expect(value).toBeLessThanOrEqual(1);
    }
  },
);

test('says that a catalog is too small', async () => {
  const figures = await measureSegmentVae(shopOf().slice(0, 20), 1);
  expect(figures).toEqual({ items: 20, steps: 0, seconds: 0, note: '20 items; 100 are needed' });
});
