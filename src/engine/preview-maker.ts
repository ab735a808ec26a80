/**
 * Pages as somebody else would see them. Loaded when the first is asked for.
 *
 * It has a maker of feeds of its own and is handed no profile: nothing of the visitor who is there
 * can be read or written here.
 *
 * @packageDocumentation
 */
import type { Feed } from '../core/types.ts';
import type { RerankRequest, WorkerOptions } from '../protocol.ts';
import { emptyFeed } from './empty-feed.ts';
import { FeedMaker, type FeedMakerPorts } from './feed-maker.ts';
import { feedOptions, MAX_CANDIDATES } from './feed-options.ts';
import { encodeLibrary, type Library } from './library.ts';
import { type PackKeeper, packWarnings } from './pack-keeper.ts';
import { personaLog, readPersona } from './preview-persona.ts';
import { type FetchText, isUrl, readCandidates } from './read-candidates.ts';
import type { RuleKeeper } from './rule-keeper.ts';
import type { Scoring } from './scoring.ts';

/** What previews share with the feeds of the visitor who is there. */
export interface PreviewParts {
  /** Segments in force. */
  readonly library: () => Library;
  /** Trained packs. */
  readonly packs: PackKeeper;
  /** Synthetic scores and pictures of candidates. */
  readonly scoring: Scoring;
  /** The shop's rules. */
  readonly rules: RuleKeeper;
}

/** Seed of previews where the shop names none: the same page for everybody who looks at it. */
const SEED = 1;

/** Makes previews. */
export class PreviewMaker {
  readonly #ports: FeedMakerPorts & { readonly fetchText: FetchText };
  readonly #options: WorkerOptions;
  readonly #parts: PreviewParts;
  readonly #maker: FeedMaker;

  /**
   * @param ports - Devices, clock and network.
   * @param options - Of the instance.
   * @param parts - See {@link PreviewParts}.
   */
  constructor(
    ports: FeedMakerPorts & { readonly fetchText: FetchText },
    options: WorkerOptions,
    parts: PreviewParts,
  ) {
    this.#ports = ports;
    this.#options = options;
    this.#parts = parts;
    this.#maker = new FeedMaker(parts.library, ports);
  }

  /**
   * Makes a page as for the visitor of `request.preview`. No one is held out of a preview.
   *
   * @param candidates - As for `rerank`.
   * @param request - With `preview`.
   * @param now - Milliseconds.
   * @returns A feed with `isPreview`.
   * @throws `OPTION_INVALID`, `SEGMENT_UNKNOWN` or `ITEM_UNKNOWN` for a visitor who cannot be made.
   */
  async feed(candidates: unknown, request: RerankRequest, now: number): Promise<Feed> {
    const { preview, ...rest } = request;
    const persona = readPersona(preview as NonNullable<typeof preview>);
    const { clock, fetchText } = this.#ports;
    const start = clock();
    const { library, packs, scoring, rules: keeper } = this.#parts;
    const inForce = library();
    const { packId, segments } = inForce;
    const { maxCandidates = MAX_CANDIDATES, seed = SEED } = this.#options;
    const [read] = await Promise.all([
      readCandidates(candidates, maxCandidates, fetchText),
      scoring.ready(),
    ]);
    const { items, overflow, slice, warnings } = read;
    if (items.length === 0) {
      const nothing = emptyFeed({ seed, library: inForce, warnings, total: clock() - start });
      return { ...nothing, isPreview: true };
    }
    const encoded = this.#maker.encode(scoring.apply(items));
    const packState = await packs.get(slice, isUrl(candidates) ? candidates : undefined);
    const { rules, warnings: faults } = await keeper.at(now);
    const settings = { seed, followed: [], blocked: [] };
    const nobody = { settings, consent: 'granted', isObserving: true } as const;
    const shop = { ...this.#options, holdout: 0 };
    const options = feedOptions(shop, { ...rest, rules }, nobody, packState);
    const vectors = encodeLibrary(segments, encoded.model);
    const ids = segments.map(({ id }) => id);
    const log = personaLog(persona, encoded, { ids, vectors }, now);
    const pack = packState.pack?.ranker ?? null;
    const profile = { log, items: new Map(), settings };
    const source = { encoded, profile, options, now, pack };
    const { composed, device } = await this.#maker.make(source);
    return {
      rows: composed.rows,
      order: [...composed.order, ...overflow],
      personalized: composed.personalized,
      reason: composed.reason,
      isPreview: true,
      seed,
      packId: packState.pack?.packId ?? packId,
      device,
      timings: { total: clock() - start },
      warnings: [...inForce.warnings, ...faults, ...packWarnings(packState), ...warnings],
    };
  }
}
