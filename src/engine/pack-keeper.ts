/**
 * The pack that the shop named: opened once, waited for within bounds.
 *
 * @packageDocumentation
 */
import { toVitrineError, type VitrineErrorCode } from '../core/errors.ts';
import type { FeedReason, Warning } from '../core/types.ts';
import type { WorkerOptions } from '../protocol.ts';
import type { PackRanker } from './pack-ranker.ts';

/** An opened pack. */
export interface OpenPack {
  /** Content hash. */
  readonly packId: string;
  /** The shop has switched personalisation off. */
  readonly isKilled: boolean;
  /** Null when the pack holds no ranker. */
  readonly ranker: PackRanker | null;
  /**
   * Fetches a file that does not come with the ranker.
   *
   * @param name - As in the manifest, such as `attributes.bin`.
   * @returns Verified bytes; null when there is no such file, and for every slice.
   * @throws `PACK_FETCH` or `PACK_INTEGRITY`.
   */
  readonly openFile: (name: string) => Promise<Uint8Array | null>;
}

/** What a keeper needs. */
export interface PackPorts {
  /** Fetches, verifies and decodes a pack; rejects with a `PACK_…` code. */
  readonly open: (url: string) => Promise<OpenPack>;
  /** The same for a slice. */
  readonly openSlice: (url: string) => Promise<OpenPack>;
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

/** Absolute address; undefined when there is none to be made. */
function resolve(url: string, base: string): string | undefined {
  try {
    return new URL(url, base).href;
  } catch {
    return undefined;
  }
}

/** Keeps what was opened; a page goes back and forth between a few lists. */
const MAX_OPEN = 8;

/** Keeps the pack, and the slices that came with candidates. */
export class PackKeeper {
  readonly #ports: PackPorts;
  readonly #pack: string | undefined;
  readonly #opened = new Map<string, Promise<PackState>>();
  readonly #pageUrl: string;

  /**
   * Starts to open the pack.
   *
   * @param options - `pack`: URL of its folder; undefined: none is wanted. Relative to `pageUrl`.
   * @param ports - See {@link PackPorts}.
   */
  constructor(options: Pick<WorkerOptions, 'pack' | 'pageUrl'>, ports: PackPorts) {
    this.#ports = ports;
    this.#pageUrl = options.pageUrl;
    this.#pack = options.pack;
    if (options.pack !== undefined) void this.get();
  }

  /**
   * The slice, else the pack, or why there is none; never rejects and takes 1.5 s at most.
   *
   * @param slice - URL of the slice that came with the candidates, if one did.
   * @param from - Absolute URL of these candidates; undefined when the page had them.
   * @returns What the feed is ranked with.
   */
  async get(slice?: string, from?: string): Promise<PackState> {
    const wanted = slice ?? this.#pack;
    if (wanted === undefined) return {};
    const base = slice === undefined ? this.#pageUrl : (from ?? this.#pageUrl);
    const url = resolve(wanted, base);
    if (url === undefined) return { code: 'PACK_FETCH' };
    const { open, openSlice, pause } = this.#ports;
    const late = pause(WAIT_MS).then((): PackState => ({ code: 'PACK_TIMEOUT' }));
    return Promise.race([this.#open(url, slice === undefined ? open : openSlice), late]);
  }

  #open(url: string, open: PackPorts['open']): Promise<PackState> {
    const before = this.#opened.get(url);
    if (before) {
      // What is used again is not the first to go.
      this.#opened.delete(url);
      this.#opened.set(url, before);
      return before;
    }
    const state = open(url).then(
      (pack): PackState => ({ pack }),
      (error: unknown): PackState => {
        const { code } = toVitrineError(error, 'PACK_FORMAT');
        // What the network failed to bring may come next time; what is damaged stays so.
        if (code === 'PACK_FETCH') this.#opened.delete(url);
        return { code };
      },
    );
    this.#opened.set(url, state);
    const [oldest] = this.#opened.keys();
    if (this.#opened.size > MAX_OPEN && oldest !== undefined) this.#opened.delete(oldest);
    return state;
  }
}
