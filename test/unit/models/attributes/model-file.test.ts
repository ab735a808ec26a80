import { describe, expect, it } from 'vitest';
import { isVitrineError } from '../../../../src/core/errors.ts';
import { fitLinear } from '../../../../src/models/attributes/linear-model.ts';
import { pruneLinear } from '../../../../src/models/attributes/prune-linear.ts';
import type { AttributeModel } from '../../../../src/models/attributes/model.ts';
import { readModel, writeModel } from '../../../../src/models/attributes/model-file.ts';
import { scoreItems } from '../../../../src/models/attributes/score-items.ts';
import { drawnModel, TITLES } from '../../../helpers/attribute-models.ts';

const ITEMS = TITLES.map((title, n) => ({ id: String(n), title }));

function codeOf(bytes: Uint8Array): string {
  try {
    readModel(bytes);
    return 'read';
  } catch (error) {
    return isVitrineError(error) ? error.code : 'another error';
  }
}

function classModel(): AttributeModel {
  const linear = fitLinear(
    ['red shoe', 'red hat', 'blue shoe', 'blue hat'],
    Int32Array.of(0, 0, 1, 1),
    { classes: 2 },
  );
  const classes = {
    names: ['warm', 'cold'],
    trust: 0.5,
    common: Uint8Array.of(1, 1),
    shift: Float32Array.of(0, 0.25),
    wide: pruneLinear(linear, 10_000),
  };
  return { ...drawnModel(3), scores: null, classes };
}

describe('a model file', () => {
  it('gives back a model that scores within the error of 8 bits', async () => {
    const model = drawnModel(1);
    const before = await scoreItems(model, ITEMS);
    const after = await scoreItems(readModel(writeModel(model)), ITEMS);
    for (const [n, { scores }] of before.entries()) {
      for (const [o, score] of scores.entries()) {
        expect(Math.abs(score - (after[n]?.scores[o] ?? 9))).toBeLessThan(0.05);
      }
    }
  });

  it('keeps every number within half a step of its row', () => {
    const model = drawnModel(2);
    const { table } = readModel(writeModel(model));
    for (let from = 0; from < table.length; from += 12) {
      const row = model.table.subarray(from, from + 12);
      const step = Math.max(...row.map(Math.abs)) / 127;
      for (const [k, value] of row.entries()) {
        expect(Math.abs(value - (table[from + k] as number))).toBeLessThanOrEqual(step * 0.501);
      }
    }
  });

  it('is the same, byte by byte, when it is written again', () => {
    const bytes = writeModel(drawnModel(4));
    expect(writeModel(readModel(bytes))).toEqual(bytes);
  });

  it('holds the classes and the linear path of a label', () => {
    const { classes } = readModel(writeModel(classModel()));
    const { classes: before } = classModel();
    expect(classes?.names).toEqual(['warm', 'cold']);
    expect(classes?.trust).toBe(0.5);
    expect(classes?.wide.keys).toEqual(before?.wide.keys);
    expect(classes?.wide.offsets).toEqual(before?.wide.offsets);
  });

  it('is refused wherever a byte of it is damaged', () => {
    const bytes = writeModel(drawnModel(5));
    const codes = new Set<string>();
    for (let at = 0; at < bytes.length; at += 7) {
      const damaged = bytes.slice();
      damaged[at] = (damaged[at] as number) ^ 0x55;
      codes.add(codeOf(damaged));
    }
    // Bytes that only fill up to the next multiple of 8 may change.
    codes.delete('read');
    expect([...codes].every((code) => code.startsWith('PACK_'))).toBe(true);
    expect(codes).toContain('PACK_INTEGRITY');
  });

  it.each([0, 1, 40, 400, 1000])('is refused when it is cut off at %i bytes', (length) => {
    expect(codeOf(writeModel(drawnModel(6)).slice(0, length))).toBe('PACK_FORMAT');
  });
});
