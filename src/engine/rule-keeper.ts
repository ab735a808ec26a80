/**
 * The shop's rules, as far as every feed has to know of them. What checks and applies them is loaded
 * when there are any.
 *
 * @packageDocumentation
 */
import type { Warning } from '../core/types.ts';
import type { RuleViewMaker } from '../feed/rule-view.ts';

/** Rules in force, and what was wrong with those left out. */
export interface RulesNow {
  /** Left out: no rule is in force. */
  readonly rules?: RuleViewMaker;
  /** `OPTION_INVALID`, one for each rule that cannot be used. */
  readonly warnings: readonly Warning[];
}

/** What a chunk that was loaded knows. */
type Rules = (now: number) => RulesNow;

async function loadRules(input: unknown): Promise<Rules> {
  const [{ validateRules }, { rulesAt }] = await Promise.all([
    import('../rules/validate-rules.ts'),
    import('../rules/create-rule-view.ts'),
  ]);
  const { rules: checked, faults } = validateRules(input);
  const warnings = faults.map((first): Warning => ({ code: 'OPTION_INVALID', count: 1, first }));
  return (now) => {
    const rules = rulesAt(checked, now);
    return { ...(rules ? { rules } : {}), warnings };
  };
}

/** Keeps the rules of an instance. */
export class RuleKeeper {
  readonly #input: unknown;
  #loading: Promise<Rules> | undefined;

  /** @param input - The shop's rules, unchecked; undefined: none. */
  constructor(input: unknown) {
    this.#input = input;
    if (input !== undefined) this.#load().catch(() => undefined);
  }

  /**
   * Rules for a feed. Where their code cannot be loaded, the feed is made without them and says so;
   * the next one tries again.
   *
   * @param now - Milliseconds.
   * @returns Rules in force, and warnings.
   */
  async at(now: number): Promise<RulesNow> {
    if (this.#input === undefined) return { warnings: [] };
    try {
      return (await this.#load())(now);
    } catch {
      this.#loading = undefined;
      return { warnings: [{ code: 'INTERNAL', count: 1, first: 'rules could not be loaded' }] };
    }
  }

  #load(): Promise<Rules> {
    this.#loading ??= loadRules(this.#input);
    return this.#loading;
  }
}
