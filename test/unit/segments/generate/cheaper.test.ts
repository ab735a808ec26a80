/** "cheaper" from every seed on the demo's catalog, the small sister of `npm run segments`. */
import { describe, expect, it } from 'vitest';
import { generateCatalog } from '../../../../scripts/demo-catalog/generate.mjs';
import { measureCheaper } from '../../../../scripts/segments/measure.mjs';
import * as tools from '../../../../scripts/segments/tools.mjs';

const { items } = tools.normalizeCandidates(generateCatalog({ seed: 1 }).items, {
  maxItems: 700,
});
const encoded = tools.encodeItems(items, tools.createTextCache());
const space = tools.generatedSpace(encoded, tools.buildLibrary(null, true));
const model = tools.learnLinearModel(tools.samplesOf(space, 1, 600));
const prices = items.map(({ price }) => price);

describe('segments toward "cheaper"', () => {
  const figures = measureCheaper(tools, space, model, prices);

  it('have rows with a lower mean price than their seed more often than not', () => {
    expect(figures.passed).toBeGreaterThan(figures.asked / 3);
    expect(figures.cheaper).toBeGreaterThan(0.7);
    expect(figures.meanRatio).toBeLessThan(0.9);
  });

  it('are none where no candidate has a price', () => {
    const none = measureCheaper(
      tools,
      space,
      model,
      prices.map(() => undefined),
    );
    expect(none.passed).toBe(0);
  });
});
