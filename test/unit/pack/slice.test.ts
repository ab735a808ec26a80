import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { isVitrineError } from '../../../src/core/errors.ts';
import { hash32 } from '../../../src/core/rng.ts';
import { decodePack, type RankerPack } from '../../../src/pack/pack-codec.ts';
import { decodeSlice, encodeSlice, type PackSlice } from '../../../src/pack/slice-codec.ts';
import { localPack, type MetItem, traitsOf } from '../../../src/pack/slice-model.ts';
import { SIGNALS, createSignalEngine } from '../../../src/ranker/signals.ts';
import { failureOf } from '../cli/data-folder.ts';
import { encodedPack } from './pack-fixtures.ts';

let pack: RankerPack;
let candidates: readonly string[];
let file: Uint8Array;
let slice: PackSlice;

/** Items outside the slice, as a visitor may have met them on other pages. */
const HISTORY = [2, 20, 21, 5];

beforeAll(async () => {
  const whole = await decodePack(await encodedPack());
  // What a slice leaves out.
  pack = { ...whole, model: { ...whole.model, attributeLift: new Float32Array(0) } };
  candidates = pack.ids.slice(0, 12);
  file = await encodeSlice(pack, 'abc', candidates);
  slice = await decodeSlice(file);
});

function signalsOf(
  { model, ids }: RankerPack,
  history: readonly string[],
): Map<string, Float32Array> {
  const rowOf = new Map(ids.map((id, row) => [id, row]));
  const rows = (list: readonly string[]): Int32Array =>
    Int32Array.from(list, (id) => rowOf.get(id) as number);
  const list = { items: rows(history), step: Int32Array.from(history.keys()) };
  const out = createSignalEngine(model)({ ...list, candidates: rows(candidates) });
  return new Map(
    candidates.map((id, c) => [id, out.subarray(c * SIGNALS.length, (c + 1) * SIGNALS.length)]),
  );
}

const historyIds = (): string[] => HISTORY.map((row) => pack.ids[row] as string);
const met = (traits: (id: string) => string | undefined): MetItem[] =>
  historyIds().map((id) => ({ id, traits: traits(id) }));

describe('a slice', () => {
  it('gives the signals of the whole pack, up to rounding', () => {
    const whole = signalsOf(pack, historyIds());
    const local = localPack(
      slice,
      candidates,
      met((id) => traitsOf(pack, 'abc', id)),
    );
    const cut = signalsOf(local, historyIds());
    for (const id of candidates) {
      for (const [j, { name }] of SIGNALS.entries()) {
        const expected = whole.get(id)?.[j] as number;
        const distance = Math.abs((cut.get(id)?.[j] as number) - expected);
        expect(distance, `${name} of ${id}`).toBeLessThan(0.03 * Math.max(1, Math.abs(expected)));
      }
    }
  });

  it('still knows the neighbours of an item of which nothing was kept', () => {
    const local = localPack(
      slice,
      candidates,
      met(() => undefined),
    );
    const without = signalsOf(local, historyIds());
    const whole = signalsOf(pack, historyIds());
    const column = SIGNALS.findIndex(({ name }) => name === 'together.sum');
    for (const id of candidates) {
      expect(without.get(id)?.[column]).toBeCloseTo(whole.get(id)?.[column] as number, 1);
    }
  });

  it.each([
    ['of another pack', (id: string) => traitsOf(pack, 'other', id)],
    ['that are damaged', (id: string) => traitsOf(pack, 'abc', id)?.slice(0, 300)],
    ['that are no base64', () => '§§§'],
  ])('takes traits %s for none', (_, traits) => {
    const strange = signalsOf(localPack(slice, candidates, met(traits)), historyIds());
    const none = signalsOf(
      localPack(
        slice,
        candidates,
        met(() => undefined),
      ),
      historyIds(),
    );
    expect(strange).toEqual(none);
  });

  it('holds each known candidate once and leaves out the others', async () => {
    const ids = [pack.ids[3] as string, 'nobody', pack.ids[3] as string];
    const { hashes } = await decodeSlice(await encodeSlice(pack, 'abc', ids));
    expect([...hashes]).toEqual([hash32(pack.ids[3] as string) | 0]);
  });

  it('grows with the neighbours that it keeps', async () => {
    const few = await encodeSlice(pack, 'abc', candidates, { neighbours: 2 });
    expect(few.length).toBeLessThan(file.length);
    const { pointers } = await decodeSlice(few);
    expect(pointers.at(-1)).toBeLessThanOrEqual(2 * candidates.length);
  });

  it('works with no candidate at all', async () => {
    const empty = await decodeSlice(await encodeSlice(pack, 'abc', []));
    expect(empty.hashes).toHaveLength(0);
    expect(localPack(empty, [], []).model.numItems).toBe(0);
  });

  it('is refused when a byte is another', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(file.length - 1),
        fc.integer({ min: 1, max: 255 }),
        async (at, by) => {
          const bad = Uint8Array.from(file);
          bad[at] = (bad[at] as number) ^ by;
          const { code } = await failureOf(() => decodeSlice(bad));
          expect(['PACK_INTEGRITY', 'PACK_FORMAT', 'PACK_VERSION']).toContain(code);
        },
      ),
    );
  });

  it('is refused when its functions hold no finite numbers', async () => {
    const { ranker } = pack;
    const values = ranker.values.map((list) => list.slice().fill(Number.NaN));
    const broken = await encodeSlice({ ...pack, ranker: { ...ranker, values } }, 'abc', candidates);
    expect((await failureOf(() => decodeSlice(broken))).code).toBe('PACK_FORMAT');
  });

  it('fails with a code of ours on any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        const error = await decodeSlice(bytes).then(
          () => undefined,
          (reason: unknown) => reason,
        );
        expect(isVitrineError(error)).toBe(true);
      }),
    );
  });
});
