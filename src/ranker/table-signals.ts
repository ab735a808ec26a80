/**
 * Signals from neighbour tables: which items of the history raise a candidate.
 *
 * For a candidate t with sources h and weights v: `sum` Σ recency_h·v, `last` Σ v over the last
 * step, `max` the largest v of a source in the history. After Sarwar et al. 2001 (item–item),
 * Rendle et al. 2010 (directed transitions), Steck 2019 (EASE).
 *
 * @packageDocumentation
 */
import type { HistoryState } from './history-state.ts';
import type { Signal, SignalFamily } from './signal.ts';
import type { NeighbourTable, SignalModel, TableName } from './types.ts';

/** Tables in the order of their signals. */
export const TABLE_NAMES = ['ease', 'together', 'next', 'ahead', 'basket'] as const;

const WORDS: Readonly<Record<TableName, string>> = {
  ease: 'goes with {item}',
  together: 'often chosen by people who chose {item}',
  next: 'often chosen right after {item}',
  ahead: 'often chosen some time after {item}',
  basket: 'often in one basket with {item}',
};

const KINDS = ['sum', 'last', 'max'] as const;

/** Three signals per table, then `ease.perlen`: the sum beside the root of the history's weight. */
export const TABLE_SIGNALS: readonly Signal[] = [
  ...TABLE_NAMES.flatMap((table) =>
    KINDS.map((kind): Signal => ({
      name: `${table}.${kind}`,
      monotone: 1,
      inWords: WORDS[table],
    })),
  ),
  { name: 'ease.perlen', monotone: 1, inWords: 'goes with much of what you looked at' },
];

function writeTable(
  table: NeighbourTable,
  row: number,
  history: HistoryState,
  out: { readonly signals: Float32Array; readonly at: number },
): void {
  const { recency, inLast } = history;
  const { sources, weights, width } = table;
  const start = row * width;
  let sum = 0;
  let last = 0;
  let max = 0;
  for (let k = start; k < start + width; k++) {
    const source = sources[k] as number;
    if (source < 0) break;
    const near = recency[source] as number;
    if (near === 0) continue;
    const weight = weights[k] as number;
    sum += near * weight;
    last += (inLast[source] as number) * weight;
    if (weight > max) max = weight;
  }
  out.signals[out.at] = sum;
  out.signals[out.at + 1] = last;
  out.signals[out.at + 2] = max;
}

/**
 * Cost per candidate: one pass over K sources per table.
 *
 * @param model - Its tables.
 * @returns The family that writes {@link TABLE_SIGNALS}.
 */
export function createTableSignals(model: SignalModel): SignalFamily {
  const tables = TABLE_NAMES.map((name) => model.tables[name]);
  let history: HistoryState | undefined;
  return {
    begin(state) {
      history = state;
    },
    write(candidate, out, at) {
      if (history === undefined || history.length === 0) return;
      for (const [t, table] of tables.entries()) {
        writeTable(table, candidate, history, { signals: out, at: at + t * KINDS.length });
      }
      const perLength = at + tables.length * KINDS.length;
      out[perLength] = (out[at] as number) / Math.sqrt(history.total);
    },
    end() {
      history = undefined;
    },
  };
}
