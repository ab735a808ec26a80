/**
 * Tells the shop, once a page, where it asked for that.
 *
 * @packageDocumentation
 */
import { type VitrineErrorCode, isVitrineError } from '../core/errors.ts';
import type { ProfileKeeper } from './profile-keeper.ts';
import type { TellingFacts } from './tell-shop.ts';

/** What telling needs. */
export interface ShopTellerParts {
  /** Tells the shop's server in noise; left out: it is told nothing. */
  readonly tellShop: ((facts: TellingFacts) => Promise<void>) | undefined;
  /** The profile. */
  readonly keeper: ProfileKeeper;
  /** Ids of segments that are the same for every visitor. */
  readonly segments: readonly string[];
  /** Told of options that are wrong. */
  readonly notice: (code: VitrineErrorCode, first: string) => void;
}

/** Tells the shop. */
export class ShopTeller {
  readonly #parts: ShopTellerParts;
  #hasTold = false;

  /** @param parts - See {@link ShopTellerParts}. */
  constructor(parts: ShopTellerParts) {
    this.#parts = parts;
  }

  /**
   * To be called after each feed. What cannot be told now is told on another page.
   *
   * @param now - Milliseconds since the epoch.
   */
  look(now: number): void {
    const { keeper, notice, segments, tellShop } = this.#parts;
    if (!tellShop || this.#hasTold || keeper.consent !== 'granted') return;
    this.#hasTold = true;
    const first = keeper.weights[0]?.segmentId ?? null;
    tellShop({ segments, first, now }).catch((error: unknown) => {
      if (isVitrineError(error)) notice(error.code, 'telemetry');
    });
  }
}
