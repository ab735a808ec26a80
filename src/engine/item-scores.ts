/**
 * Synthetic scores of candidates that came without: made by the pack's attribute model when there
 * is nothing else to do, kept by the content of an item, part of the next feed.
 *
 * @packageDocumentation
 */
import type { GeneratedFeatures } from '../core/generated-features.ts';
import { hash32 } from '../core/rng.ts';
import type { Item } from '../core/types.ts';
import type { ItemScorer } from '../models/attributes/open-scorer.ts';
import type { OpenPack } from './pack-keeper.ts';
import { areSameItems } from './read-candidates.ts';

/** What was scored, by content key. */
export type ScoreTable = Map<string, GeneratedFeatures>;

/** What scoring needs. */
export interface ItemScoresPorts {
  /** Opens a model's file; null for one without scores. Rejects for a damaged one. */
  readonly openScorer: (file: Uint8Array<ArrayBuffer>) => Promise<ItemScorer | null>;
  /** Reads what an earlier page kept, and of which model; null without any. Never rejects. */
  readonly readKept: () => Promise<{ readonly modelId: string; readonly entries: unknown } | null>;
  /** Keeps scores where the visitor's consent allows it. Never rejects. */
  readonly keep: (modelId: string, scores: ScoreTable) => Promise<void>;
  /** Runs a job when nothing else is to do. */
  readonly whenIdle: (job: () => void) => void;
  /** Whether a feed is under way: slices wait for it. */
  readonly isBusy: () => boolean;
  /** Resolves after so many milliseconds. */
  readonly pause: (ms: number) => Promise<void>;
  /** Reads kept scores, as the disk is no friend: known fields in fresh objects. */
  readonly read: (value: unknown) => GeneratedFeatures | undefined;
}

/** Name of the model's file in a pack. */
const MODEL_FILE = 'attributes.bin';

/** Items per slice: a feed that comes meanwhile waits for no more. */
const SLICE = 8;

/** Slices after which what was scored is kept. */
const KEEP_EVERY = 25;

/** Most items whose scores are remembered; past it the oldest half goes. */
const MAX_KNOWN = 20_000;

/** Words per score when somebody asks why. */
const EVIDENCE = 3;

const SECOND_SEED = 0x5bd1_e995;

/**
 * Names the content that the model reads of an item.
 *
 * @param item - Any item.
 * @returns 14 characters or fewer; two 32-bit hashes.
 */
export function contentKey(item: Item): string {
  const {
    brand = '',
    categoryPath = [],
    description = '',
    price = '',
    tags = [],
    title = '',
  } = item;
  const text = [title, description, brand, ...categoryPath, ' ', ...tags, price].join('\u0001');
  return hash32(text).toString(36) + hash32(text, SECOND_SEED).toString(36);
}

/** What a list got. */
interface Applied {
  readonly items: readonly Item[];
  readonly told: ReadonlyMap<string, GeneratedFeatures>;
  readonly scores: readonly (GeneratedFeatures | undefined)[];
}

/** Makes and keeps scores. */
export class ItemScores {
  readonly #ports: ItemScoresPorts;
  #packId: string | null = null;
  #scorer: Promise<ItemScorer | null> = Promise.resolve(null);
  #modelId: string | null = null;
  readonly #known: ScoreTable = new Map();
  /** What feeds get: whole lists, since each change costs a feed the encoding of its candidates. */
  #told: ReadonlyMap<string, GeneratedFeatures> = new Map();
  /** What the last list got of it: the next feed mostly asks for the same. */
  #last: Applied | null = null;
  #isAtWork = false;
  /** Nothing is kept on this page any more. */
  #isErased = false;

  /** @param ports - See {@link ItemScoresPorts}. */
  constructor(ports: ItemScoresPorts) {
    this.#ports = ports;
  }

  /** Name of the model in use; null while there is none. */
  get modelId(): string | null {
    return this.#modelId;
  }

  /**
   * Counts items with scores, told to feeds or not yet.
   *
   * @param items - Candidates.
   * @returns How many were sent with scores or have been scored here.
   */
  count(items: readonly Item[]): number {
    return items.filter((item) => item.generated ?? this.#known.get(contentKey(item))).length;
  }

  /**
   * Gives items the scores that are known of them since a list was scored to its end. Those that
   * came with the items stay.
   *
   * @param items - Candidates.
   * @returns The same list where nothing is known.
   */
  apply(items: readonly Item[]): readonly Item[] {
    if (this.#told.size === 0) return items;
    const { scores } = this.#applied(items);
    return items.map((item, i) => {
      const generated = scores[i];
      return generated ? { ...item, generated } : item;
    });
  }

  #applied(items: readonly Item[]): Applied {
    const told = this.#told;
    const last = this.#last;
    if (last?.told === told && areSameItems(last.items, items)) return last;
    const scores = items.map((item) => (item.generated ? undefined : told.get(contentKey(item))));
    this.#last = { items, told, scores };
    return this.#last;
  }

  /** Takes up what an earlier page kept; a first feed has it then. Call once, first. */
  async recall(): Promise<void> {
    const kept = await this.#ports.readKept();
    if (kept === null || !Array.isArray(kept.entries)) return;
    this.#modelId = kept.modelId;
    for (const entry of kept.entries.slice(0, MAX_KNOWN) as unknown[]) {
      if (!Array.isArray(entry) || typeof entry[0] !== 'string') continue;
      const generated = this.#ports.read(entry[1]);
      if (generated?.modelId === kept.modelId) this.#known.set(entry[0], generated);
    }
    this.#told = new Map(this.#known);
  }

  /**
   * Scores what is not known yet, when idle. A list that comes while another is scored waits for
   * the next feed.
   *
   * @param items - Candidates.
   * @param pack - Whose model is used.
   * @returns Resolves when it is done or given up.
   */
  async schedule(items: readonly Item[], pack: OpenPack): Promise<void> {
    if (this.#isAtWork) return;
    this.#isAtWork = true;
    await new Promise<void>((resolve) => this.#ports.whenIdle(resolve));
    try {
      await this.#work(items, pack);
    } catch {
      // A model that cannot be had is done without: candidates are ranked by what else is known.
    } finally {
      this.#isAtWork = false;
    }
  }

  /**
   * What the model says of an item, with the words that it goes by.
   *
   * @param item - A candidate.
   * @returns Null when nothing is known of it; scores that the server sent come as they were sent.
   */
  async explain(item: Item): Promise<GeneratedFeatures | null> {
    const generated = item.generated ?? this.#known.get(contentKey(item));
    if (generated === undefined) return null;
    if (generated.evidence.length > 0 || generated.modelId !== this.#modelId) return generated;
    const scorer = await this.#scorer.catch(() => null);
    const [explained] = (await scorer?.score([item], EVIDENCE).catch(() => [])) ?? [];
    return explained ? { ...generated, evidence: explained.evidence } : generated;
  }

  /** Forgets all scores, and keeps none from now on; those on the disk are the caller's. */
  clear(): void {
    this.#isErased = true;
    this.#known.clear();
    this.#told = new Map();
    this.#last = null;
  }

  #open(pack: OpenPack): Promise<ItemScorer | null> {
    if (this.#packId === pack.packId) return this.#scorer;
    void this.#scorer.then((before) => before?.rest()).catch(() => undefined);
    this.#packId = pack.packId;
    this.#scorer = pack.openFile(MODEL_FILE).then(async (file) => {
      if (file === null) return null;
      return this.#ports.openScorer(Uint8Array.from(file));
    });
    return this.#scorer;
  }

  async #work(items: readonly Item[], pack: OpenPack): Promise<void> {
    const scorer = await this.#open(pack);
    if (scorer === null) return;
    if (this.#modelId !== scorer.modelId) {
      this.#known.clear();
      this.#told = new Map();
      this.#modelId = scorer.modelId;
    }
    const missing = items.filter((item) => !item.generated && !this.#known.has(contentKey(item)));
    for (let start = 0; start < missing.length; start += SLICE) {
      await this.#quiet();
      const slice = missing.slice(start, start + SLICE);
      const scores = await scorer.score(slice, 0);
      for (const [i, item] of slice.entries()) {
        this.#remember(contentKey(item), scores[i] as GeneratedFeatures);
      }
      // A visitor who moves on must not start over.
      if ((start / SLICE) % KEEP_EVERY === KEEP_EVERY - 1) {
        await this.#keep(scorer.modelId);
      }
    }
    if (missing.length === 0) return;
    this.#told = new Map(this.#known);
    scorer.rest();
    await this.#keep(scorer.modelId);
  }

  async #keep(modelId: string): Promise<void> {
    if (!this.#isErased) await this.#ports.keep(modelId, this.#known);
  }

  /** Gives the thread away until no feed is under way. */
  async #quiet(): Promise<void> {
    do await this.#ports.pause(0);
    while (this.#ports.isBusy());
  }

  #remember(key: string, generated: GeneratedFeatures): void {
    if (this.#known.size >= MAX_KNOWN) {
      let drop = MAX_KNOWN >> 1;
      for (const old of this.#known.keys()) {
        if (drop-- <= 0) break;
        this.#known.delete(old);
      }
    }
    this.#known.set(key, generated);
  }
}
