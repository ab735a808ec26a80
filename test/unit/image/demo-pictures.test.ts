/** The demo shop's pictures, 1,600 drawings in 38 colours: SVG through the build-time decoder. */
import { describe, expect, test } from 'vitest';
import { drawItem } from '../../../scripts/demo-catalog/draw.mjs';
import { generateCatalog } from '../../../scripts/demo-catalog/generate.mjs';
import { TYPICAL_PICTURE } from '../../../src/catalog/image-block.ts';
import { openDecoder } from '../../../src/cli/picture-decoder.ts';
import { toOklab } from '../../../src/image/shrink.ts';
import { judgeColours } from './compare-pictures.ts';

/** Every fourth item. */
const STEP = 4;

/** Family of a colour: black, grey, white, or an eighth of the colour circle. */
function familyOf(hex: string): string {
  const value = Number.parseInt(hex.slice(1), 16);
  const channel = (shift: number): number => ((value >> shift) & 255) / 255;
  const [light, a, b] = toOklab(channel(16), channel(8), channel(0));
  if (Math.hypot(a, b) < 0.04) return light < 0.45 ? 'black' : light > 0.85 ? 'white' : 'grey';
  const degrees = (Math.atan2(b, a) * 180) / Math.PI;
  return String(Math.floor(((degrees - 29 + 22.5 + 720) % 360) / 45));
}

const { items, looks } = generateCatalog({ seed: 1 });
const decode = await openDecoder();
const shown = items
  .filter((_, i) => i % STEP === 0)
  .flatMap((item) => {
    const look = looks[item.id];
    return look ? [{ item, look }] : [];
  });
const vectors = await Promise.all(
  shown.map(async ({ item, look }) => (await decode(Buffer.from(drawItem(item, look)))) ?? []),
);

describe('pictures of the demo shop', () => {
  test('of one colour family are nearer than those of another', () => {
    const labels = shown.map(({ look }) => ({
      colour: familyOf(look.colour),
      thing: look.drawing,
    }));
    const judged = judgeColours(vectors, labels);
    expect(shown.length).toBeGreaterThanOrEqual(200);
    expect(judged.sameMean).toBeGreaterThan(judged.otherMean + 0.3);
    expect(judged.chance).toBeLessThan(0.2);
    expect(judged.sameNearest).toBeGreaterThan(0.7);
  });

  test('are on the whole as the typical picture says', () => {
    for (const [i, typical] of TYPICAL_PICTURE.entries()) {
      const mean = vectors.reduce((sum, vector) => sum + (vector[i] as number), 0) / vectors.length;
      expect(Math.abs(mean - typical)).toBeLessThan(0.05);
    }
  });
});
