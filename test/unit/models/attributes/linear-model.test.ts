import { describe, expect, it } from 'vitest';
import { fitLinear, predictLinear } from '../../../../src/models/attributes/linear-model.ts';
import { pruneLinear } from '../../../../src/models/attributes/prune-linear.ts';
import { minimise } from '../../../../src/models/attributes/lbfgs.ts';
import { wideLogits } from '../../../../src/models/attributes/wide-part.ts';

const COLOURS = ['red', 'blue', 'green'];
const THINGS = ['shoe', 'hat', 'scarf', 'coat', 'sock'];
const TEXTS = COLOURS.flatMap((colour) => THINGS.map((thing) => `${colour} ${thing}`));
const LABELS = Int32Array.from(TEXTS, (_, n) => Math.floor(n / THINGS.length));

describe('minimise', () => {
  it('finds the least value of a stretched bowl', () => {
    const at = Float32Array.of(5, -3, 2);
    const scales = [1, 100, 0.1];
    minimise(
      (point, gradient) => {
        let value = 0;
        for (const [k, scale] of scales.entries()) {
          const off = (point[k] as number) - k;
          value += scale * off * off;
          gradient[k] = 2 * scale * off;
        }
        return value;
      },
      at,
      { iterations: 100, tolerance: 1e-12 },
    );
    for (const [k, value] of at.entries()) expect(value).toBeCloseTo(k, 2);
  });
});

describe('tf-idf with softmax regression', () => {
  const model = fitLinear(TEXTS, LABELS, { classes: 3 });

  it('learns which word decides', () => {
    expect([...predictLinear(model, ['red thing', 'a blue thing', 'green'])]).toEqual([0, 1, 2]);
  });

  it('has smaller weights when the penalty counts for more', () => {
    const weak = fitLinear(TEXTS, LABELS, { classes: 3, c: 0.1 });
    const norm = (weights: Float32Array): number => Math.hypot(...weights);
    expect(norm(model.weights)).toBeGreaterThan(norm(weak.weights));
  });

  it('gives the same logits as a wide part when nothing is pruned', () => {
    const part = pruneLinear(model, 1e6);
    expect(part.keys.length).toBe(model.counts.length);
    for (const text of TEXTS) {
      const logits = wideLogits(part, text);
      const best = logits.indexOf(Math.max(...logits));
      expect(best).toBe(predictLinear(model, [text])[0]);
    }
  });

  it('keeps the words that decide when it is pruned', () => {
    const part = pruneLinear(model, 60);
    expect(part.keys.length).toBeLessThan(model.counts.length);
    const logits = wideLogits(part, 'blue hat');
    expect(logits.indexOf(Math.max(...logits))).toBe(1);
  });
});
