/** What a script says of the machine that it measured on. */
import { availableParallelism, cpus } from 'node:os';

/** @returns {string} Such as `AMD EPYC 7B13, 2 cores`: the cores that this process may use. */
export function processorInWords() {
  const model = cpus()[0]?.model.trim() ?? '';
  return `${model === '' ? 'an unknown processor' : model}, ${availableParallelism()} cores`;
}
