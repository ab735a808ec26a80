/**
 * The pack that the shop named: opened once, waited for within bounds.
 *
 * @packageDocumentation
 */
import { toVitrineError, type VitrineErrorCode } from '../core/errors.ts';
import type { FeedReason, Warning } from '../core/types.ts';
import type { PackRanker } from './pack-ranker.ts';

/** An opened pack. */
export interface OpenPack {
  /** Content hash. */
  readonly packId: string;
  /** The shop has switched personalisation off. */
  readonly isKilled: boolean;
  /** Null when the pack holds no ranker. */
  readonly ranker: PackRanker | null;
}

/** What a keeper needs. */
export interface PackPorts {
  /** Fetches, verifies and decodes; rejects with a `PACK_…` code. */
  readonly open: (url: string) => Promise<OpenPack>;
  /** Resolves after so many milliseconds. */
  readonly pause: (ms: number) => Promise<void>;
}

/** What a feed gets. */
export interface PackState {
  /** Undefined without a pack, and while there is none. */
  readonly pack?: OpenPack;
  /** Why there is none; undefined when none is wanted. */
  readonly code?: VitrineErrorCode;
}

/** A feed waits so long for the pack, in milliseconds; a later feed has it. */
const WAIT_MS = 1_500;

/** What the network did not bring is done without, and told. */
const BEARABLE: ReadonlySet<string> = new Set(['PACK_FETCH', 'PACK_TIMEOUT']);

/**
 * What a feed says about its pack.
 *
 * @param state - Of the pack.
 * @returns One warning when the feed had to do without it.
 */
export function packWarnings(state: PackState): Warning[] {
  const { code } = state;
  return code !== undefined && BEARABLE.has(code) ? [{ code, count: 1, first: 'pack' }] : [];
}

/**
 * A damaged pack and the shop's kill switch leave the server's order standing.
 *
 * @param state - Of the pack.
 * @returns Why the server's order stands; undefined when the pack does not hold the feed back.
 */
export function heldByPack(state: PackState): FeedReason | undefined {
  const { code, pack } = state;
  if (pack?.isKilled === true) return 'KILL_SWITCH';
  return code !== undefined && !BEARABLE.has(code) ? code : undefined;
}

/** Keeps the pack. */
export class PackKeeper {
  readonly #url: string | undefined;
  readonly #ports: PackPorts;
  #state: Promise<PackState> | undefined;

  /**
   * Starts to open the pack.
   *
   * @param url - Of its folder; undefined: none is wanted.
   * @param ports - See {@link PackPorts}.
   */
  constructor(url: string | undefined, ports: PackPorts) {
    this.#url = url;
    this.#ports = ports;
    void this.#open();
  }

  /** The pack, or why there is none; never rejects and takes 1.5 s at most. */
  async get(): Promise<PackState> {
    if (this.#url === undefined) return {};
    const late = this.#ports.pause(WAIT_MS).then((): PackState => ({ code: 'PACK_TIMEOUT' }));
    const state = await Promise.race([this.#state ?? this.#open(), late]);
    // What the network failed to bring may come next time; a damaged pack stays damaged.
    if (state.code === 'PACK_FETCH') this.#state = undefined;
    return state;
  }

  #open(): Promise<PackState> {
    const url = this.#url;
    this.#state =
      url === undefined
        ? Promise.resolve({})
        : this.#ports.open(url).then(
            (pack): PackState => ({ pack }),
            (error: unknown): PackState => ({ code: toVitrineError(error, 'PACK_FORMAT').code }),
          );
    return this.#state;
  }
}
