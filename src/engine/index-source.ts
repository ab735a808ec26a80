/**
 * Indexes, as far as every feed has to know of them; what searches is loaded when candidates are one.
 *
 * @packageDocumentation
 */
import type { VitrineErrorCode } from '../core/errors.ts';
import type { Item, Row, Warning } from '../core/types.ts';
import type { IndexKeeper } from './index-keeper.ts';
import type { IndexVisitor } from './index-queries.ts';
import type { ProfileKeeper } from './profile-keeper.ts';
import type { ReadCandidates } from './read-candidates.ts';

/** Candidates, whether they were sent or found. */
export interface SourcedCandidates extends Omit<ReadCandidates, 'items' | 'warnings'> {
  /** Valid items. */
  readonly items: readonly Item[];
  /** What was mended, left out or done without. */
  readonly warnings: readonly Warning[];
  /** Why the server's order stands. */
  readonly code?: VitrineErrorCode;
  /** Adds to rows what the page does not know of their items. */
  readonly show?: (rows: readonly Row[]) => readonly Row[];
}

/** On whose behalf an index is searched. */
export interface IndexCustomer {
  /** Log, items met before, settings and consent. */
  readonly profile: Pick<ProfileKeeper, 'consent' | 'items' | 'log' | 'settings'>;
  /** In force. */
  readonly segments: IndexVisitor['segments'];
  /** Milliseconds. */
  readonly now: number;
}

/** Finds candidates in the index that they name. */
export class IndexSource {
  readonly #load: (() => Promise<IndexKeeper>) | undefined;
  #keeper: Promise<IndexKeeper> | undefined;

  /** @param load - Loads what searches; left out: the head of an index is all that there is. */
  constructor(load: (() => Promise<IndexKeeper>) | undefined) {
    this.#load = load;
  }

  /**
   * Adds what the visitor may like.
   *
   * @param sent - As they were read.
   * @param base - Absolute URL that an index's files are relative to.
   * @param visitor - Whom items are looked for.
   * @returns The same when they are no index.
   */
  async candidates(
    sent: ReadCandidates,
    base: string,
    visitor: IndexCustomer,
  ): Promise<SourcedCandidates> {
    if (sent.index === undefined || !this.#load) return sent;
    try {
      this.#keeper ??= this.#load();
      return await (await this.#keeper).candidates(sent, base, visitor);
    } catch {
      // The chunk did not come; the next feed tries again.
      this.#keeper = undefined;
      return { ...sent, code: 'INDEX_FETCH' };
    }
  }
}
