import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { normalizeCandidates } from '../../../src/catalog/candidates.ts';
import { enrich } from '../../../src/cli/enrich.ts';
import { inspectPack } from '../../../src/cli/inspect-pack.ts';
import { judgeScores } from '../../../src/cli/judge-scores.ts';
import { openNodeTrainer } from '../../../src/cli/node-trainer.ts';
import { readPackFolder } from '../../../src/cli/pack-folder.ts';
import { shrinkModel } from '../../../src/cli/shrink-model.ts';
import { train as trainPack } from '../../../src/cli/train.ts';
import { type TrainedAttributes, trainAttributes } from '../../../src/cli/train-attributes.ts';
import { createRandom } from '../../../src/core/rng.ts';
import type { Item } from '../../../src/core/types.ts';
import type { AttributeModel } from '../../../src/models/attributes/model.ts';
import { DEFAULT_ATTRIBUTES } from '../../../src/models/attributes/default-attributes.ts';
import { readModel, writeModel } from '../../../src/models/attributes/model-file.ts';
import { termKey } from '../../../src/models/attributes/wide-part.ts';
import { decodePack } from '../../../src/pack/pack-codec.ts';
import { drawnModel } from '../../helpers/attribute-models.ts';
import { testFolder, writeData } from './data-folder.ts';
import { sequenceOf } from '../ranker/list-fixtures.ts';

const SOFT: readonly string[] = ['soft', 'cosy', 'plush'];

/** Blankets are often said to be soft, tools never; half of the blankets do not say it. */
const ITEMS: readonly Item[] = Array.from({ length: 260 }, (_, i) => {
  const random = createRandom(i, 'texts');
  const pick = (...words: readonly string[]): string =>
    words[Math.floor(random() * words.length)] as string;
  const isBlanket = i % 2 === 0;
  const words = isBlanket
    ? [pick('fleece', 'wool', 'cotton'), pick('blanket', 'pillow', 'throw')]
    : [pick('steel', 'iron', 'copper'), pick('hammer', 'wrench', 'pliers')];
  const said = isBlanket && random() < 0.5 ? ` ${pick(...SOFT)}` : '';
  return {
    id: `item ${i}`,
    title: `${pick('grey', 'blue', 'red')} ${words.join(' ')}`,
    description: `${pick('for', 'with')} ${pick('home', 'travel', 'work')}${said}`,
    price: 5 + (i % 40),
  };
});

const SEQUENCES = Array.from({ length: 40 }, (_, v) =>
  sequenceOf(Array.from({ length: 6 }, (_step, k) => (6 * v + 2 * k + (v % 2)) % ITEMS.length)),
);

const train = (items: readonly Item[], maxBytes?: number): Promise<TrainedAttributes> =>
  trainAttributes(
    { items, sequences: SEQUENCES, attributes: DEFAULT_ATTRIBUTES },
    { seed: 1, maxBytes },
  );

const quiet = () => vi.spyOn(process.stderr, 'write').mockReturnValue(true);
let trained: TrainedAttributes;

beforeAll(async () => {
  const silence = quiet();
  trained = await train(ITEMS);
  silence.mockRestore();
}, 60_000);

beforeEach(() => {
  const silence = quiet();
  return () => silence.mockRestore();
});

afterAll(() => vi.restoreAllMocks());

describe('trainAttributes', () => {
  it('learns the attributes that the texts speak of, and finds them in texts that do not', () => {
    expect(trained.figures.names).toEqual(['comfort']);
    expect(trained.figures.bytes).toBe(trained.file?.length);
    expect(trained.figures.parameters).toBeGreaterThan(0);
    const silent = trained.items.filter(
      ({ description }) => !/soft|cosy|plush/u.test(description!),
    );
    const scoresOf = (material: RegExp): number[] =>
      silent
        .filter(({ title }) => material.test(title!))
        .map(({ generated }) => generated!.scores['comfort']!);
    const mean = (scores: readonly number[]): number =>
      scores.reduce((sum, score) => sum + score, 0) / scores.length;
    expect(mean(scoresOf(/wool|cotton/u))).toBeGreaterThan(0.15 + mean(scoresOf(/steel|iron/u)));
  });

  it('is measured on items that it has not learned from, never below its linear path', () => {
    const { baseline, heldOut } = trained.figures;
    expect(heldOut['comfort']).toBeGreaterThan(0.6);
    expect(heldOut['comfort']!).toBeGreaterThanOrEqual(baseline['comfort']!);
  });

  it('says of every item what a page would say', () => {
    const { trust } = readModel(trained.file!).scores!;
    expect(trust).toHaveLength(1);
    for (const { generated } of trained.items) {
      expect(generated!.scores['comfort']).toBeGreaterThanOrEqual(0);
      expect(generated!.latent).toHaveLength(16);
      expect(generated!.evidence).toEqual([]);
    }
    expect(new Set(trained.items.map(({ generated }) => generated!.modelId)).size).toBe(1);
  });

  it('gives the same model again', { timeout: 60_000 }, async () => {
    const again = await train(ITEMS);
    expect(again.file).toEqual(trained.file);
    expect(again.items).toEqual(trained.items);
  });

  it('fits in the bytes that it may have', { timeout: 60_000 }, async () => {
    const small = await train(ITEMS, 30_000);
    expect(small.file!.length).toBeLessThanOrEqual(30_000);
    expect(readModel(small.file!).scores!.names).toEqual(['comfort']);
    const none = await train(ITEMS, 1_000);
    expect(none.file).toBeUndefined();
    expect(none.figures.note).toContain('1000 bytes are too few');
  });

  it('leaves out what too few texts speak of, and says so', async () => {
    const few = await train(ITEMS.slice(0, 199));
    expect(few.file).toBeUndefined();
    expect(few.items).toEqual(ITEMS.slice(0, 199));
    expect(few.figures).toMatchObject({ parameters: 0, bytes: 0, names: [] });
    expect(few.figures.note).toContain('199 items have a title or a description');
    const silent = await train(ITEMS.map((item) => ({ ...item, description: 'plain' })));
    expect(silent.file).toBeUndefined();
    expect(silent.figures.note).toContain('no attribute is said of 20 items');
  });
});

describe('shrinkModel', () => {
  const drawn = drawnModel(1);
  const terms = Array.from({ length: 60 }, (_, at) => at);
  /** Term 0 says most, each further one less. */
  const model: AttributeModel = {
    ...drawn,
    scores: {
      ...drawn.scores!,
      wide: {
        keys: Int32Array.from(terms),
        idf: Float32Array.from(terms, () => 2),
        offsets: Int32Array.from([...terms, 60], (at) => 2 * at),
        classes: Uint8Array.from(terms.flatMap(() => [0, 1])),
        values: Float32Array.from(terms.flatMap((at) => [60 - at, at - 60])),
        bias: Float32Array.of(0.1, -0.1),
      },
    },
  };
  const whole = writeModel(model).length;

  it('keeps a model that is small enough', () => {
    expect(shrinkModel(model, whole)).toEqual(model);
  });

  it('gives up the linear terms that say least, and no more of them than it must', () => {
    const small = shrinkModel(model, whole - 100)!;
    const bytes = writeModel(small).length;
    expect(bytes).toBeLessThanOrEqual(whole - 100);
    const { keys, offsets, values } = small.scores!.wide;
    expect(keys.length).toBeGreaterThan(40);
    expect([...keys]).toEqual(terms.slice(0, keys.length));
    expect([...values]).toEqual(terms.slice(0, keys.length).flatMap((at) => [60 - at, at - 60]));
    expect(offsets.at(-1)).toBe(2 * keys.length);
    expect(small.scores!.wide.bias).toEqual(model.scores!.wide.bias);
  });

  it('weighs a term by how many texts it stands in', () => {
    const idf = Float32Array.from(terms, (at) => (at === 59 ? 1 : 12));
    const rare = { ...model, scores: { ...model.scores!, wide: { ...model.scores!.wide, idf } } };
    const values = rare.scores.wide.values.map((value, e) => (e < 118 ? Math.sign(value) : value));
    rare.scores.wide = { ...rare.scores.wide, values };
    const kept = shrinkModel(rare, writeModel(rare).length - 300)!.scores!.wide.keys;
    expect(kept.length).toBeLessThan(40);
    expect([...kept]).toContain(59);
  });

  it('gives up altogether when the encoder alone is too large', () => {
    expect(shrinkModel(model, 500)).toBeUndefined();
  });
});

describe('judgeScores', { timeout: 60_000 }, () => {
  /** What is soft is of wool; steel is not. */
  const items: readonly Item[] = Array.from({ length: 40 }, (_, i) => ({
    id: String(i),
    title: i % 2 === 0 ? `soft wool socks ${i}` : `steel bottle ${i}`,
  }));

  /** A linear path that says comfort of wool, and an encoder that says the same of everything. */
  function modelOf(woolComfort: number): AttributeModel {
    const drawn = drawnModel(1);
    const head = drawn.weights.get('head')!;
    const flat = { ...head, values: new Float32Array(head.values.length) };
    return {
      ...drawn,
      weights: new Map(drawn.weights).set('head', flat),
      scores: {
        ...drawn.scores!,
        trust: Float32Array.of(0.6, 0.6),
        wide: {
          keys: Int32Array.of(termKey('wool')),
          idf: Float32Array.of(2),
          offsets: Int32Array.of(0, 1),
          classes: Uint8Array.of(0),
          values: Float32Array.of(woolComfort),
          bias: Float32Array.of(0, 0),
        },
      },
    };
  }

  it('takes the encoder out of the scores where it does not beat the linear path', async () => {
    const judged = await judgeScores(await openNodeTrainer(), modelOf(3), items);
    expect(judged.baseline).toEqual({ comfort: 1, durability: null });
    expect(judged.heldOut).toEqual(judged.baseline);
    expect(judged.note).toContain('does not beat the linear path');
    expect([...judged.model.scores!.trust]).toEqual([0, 0]);
  });

  it('keeps the encoder where it does, and only then', async () => {
    const run = await openNodeTrainer();
    const drawn = drawnModel(1);
    const head = drawn.weights.get('head')!;
    // Of a drawn direction and its opposite, one ranks the texts better than chance.
    const judged = await Promise.all(
      [1, -1].map((sign) => {
        const turned = { ...head, values: head.values.map((value) => sign * value) };
        const weights = new Map(drawn.weights).set('head', turned);
        return judgeScores(run, { ...drawn, weights, scores: modelOf(0).scores }, items);
      }),
    );
    judged.sort((a, b) => a.heldOut['comfort']! - b.heldOut['comfort']!);
    const [worse, better] = judged;
    expect([worse!.baseline, better!.baseline]).toEqual(
      [1, 2].map(() => ({ comfort: 0.5, durability: null })),
    );
    expect(worse!.heldOut['comfort']).toBe(0.5);
    expect([...worse!.model.scores!.trust]).toEqual([0, 0]);
    expect(better!.heldOut['comfort']).toBeGreaterThan(0.5);
    expect([...better!.model.scores!.trust]).toEqual([...Float32Array.of(0.6, 0.6)]);
    expect(better!.note).toBeUndefined();
  });

  it('makes probabilities of the logits', async () => {
    const { model } = await judgeScores(await openNodeTrainer(), modelOf(3), items);
    const { base, shift, slope } = model.scores!;
    // Half of the texts say yes, with weight 1 against a half of the others.
    expect(base[0]).toBeGreaterThan(0.4);
    expect(base[0]).toBeLessThan(0.75);
    expect(slope[0]).toBeGreaterThan(0);
    expect(Number.isFinite(shift[0])).toBe(true);
  });
});

describe('vitrine train and enrich', { timeout: 120_000 }, () => {
  it('carry a shop’s own attribute from its texts to its items and its ranker', async () => {
    const dir = testFolder();
    const interactions = Array.from({ length: 300 }, (_, e) => ({
      visitorId: `v${e % 50}`,
      // Each visitor keeps to blankets or to tools.
      itemId: ITEMS[(2 * ((e * 7) % 130) + (e % 2)) % ITEMS.length]!.id,
      type: 'view_item',
      time: 1_000_000 + e,
    }));
    const data = writeData(join(dir, 'data'), { catalog: ITEMS, interactions });
    const attributes = join(dir, 'own.json');
    writeFileSync(attributes, JSON.stringify([{ name: 'plushness', positive: SOFT }]));
    const [out, json] = [join(dir, 'pack'), join(dir, 'figures.json')];
    await trainPack({ data, out, json, attributes, protocol: 'leave-one-out', seed: 1 });
    const { models } = JSON.parse(readFileSync(json, 'utf8')) as {
      models: { attributes: { names: string[]; bytes: number } };
    };
    const { attributeFile, model, ranker } = await decodePack(readPackFolder(out));
    expect(models.attributes).toMatchObject({
      names: ['plushness'],
      bytes: attributeFile!.length,
    });
    expect(model.content!.dims).toBe(1 + 16);
    const isOn = (name: string): boolean => ranker.knots[ranker.names.indexOf(name)]!.length > 1;
    expect(['generated.long', 'generated.last'].map(isOn)).toEqual([true, true]);
    expect(await inspectPack(out)).toContain('attribute model: plushness');
    await enrich({ data, pack: out, out: join(dir, 'enriched') });
    const [line] = readFileSync(join(dir, 'enriched', 'catalog.ndjson'), 'utf8').split('\n');
    const { generated } = JSON.parse(line!) as Item;
    expect(Object.keys(generated!.scores)).toEqual(['plushness']);
    const [item] = normalizeCandidates([JSON.parse(line!)], { maxItems: 1 }).items;
    expect(item!.generated).toEqual(generated);
  });
});
