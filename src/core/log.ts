/**
 * The only place of the library that writes to the console.
 *
 * @packageDocumentation
 */
import type { VitrineErrorCode } from './errors.ts';

/** Console level: nothing, warnings (default), or a line for each feed as well. */
export type LogLevel = 'silent' | 'warn' | 'info';

/** Writes for one instance of the library. */
export interface Log {
  /** Writes a warning, once for each code. */
  warn(code: VitrineErrorCode, message: string): void;
  /** Writes a line at level `info`; never put anything about the visitor in it. */
  info(message: string): void;
}

/**
 * Makes the log of one instance.
 *
 * @param level - `silent`, `warn` or `info`.
 * @returns A log; `warn` writes `[vitrine] CODE: message See docs/errors.md#code`, each code once.
 * @example createLog('warn').warn('STORE_BLOCKED', messageOf('STORE_BLOCKED'))
 */
export function createLog(level: LogLevel): Log {
  const said = new Set<string>();
  return {
    warn(code, message) {
      if (level === 'silent' || said.has(code)) return;
      said.add(code);
      console.warn(`[vitrine] ${code}: ${message} See docs/errors.md#${code.toLowerCase()}`);
    },
    info(message) {
      if (level === 'info') console.info(`[vitrine] ${message}`);
    },
  };
}
