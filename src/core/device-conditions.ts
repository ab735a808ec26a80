/**
 * What the browser tells of the device, as far as it bears on what should be loaded.
 *
 * @packageDocumentation
 */

/** Share of the battery that is left, 0 to 1; true on mains. */
export type Power = number | true;

/** What is known of the device. */
export interface DeviceConditions {
  /** The visitor asked for fewer bytes. */
  readonly saveData: boolean;
  /** Gigabytes, 0.25 to 8; undefined where the browser does not tell. */
  readonly memoryGb: number | undefined;
  /** Undefined where the browser does not tell. */
  readonly power?: Power | undefined;
}

/** A device with this much memory or less gets no TensorFlow.js for ranking. */
const LOW_MEMORY_GB = 2;

/** Nor does one that runs on less than this share of its battery. */
const LOW_POWER = 0.2;

/** As the page told it last: browsers tell pages only. */
let power: Power | undefined;

/**
 * Takes note of the battery.
 *
 * @param told - As a page hears it; something else counts as unknown.
 */
export function notePower(told: unknown): void {
  power = told === true || typeof told === 'number' ? told : undefined;
}

/**
 * Asks the browser.
 *
 * @returns In browsers that tell nothing: no wish, unknown memory, unknown power.
 */
export function readConditions(): DeviceConditions {
  // Chromium only, and not in TypeScript's library.
  const { connection, deviceMemory } = navigator as {
    readonly connection?: { readonly saveData?: boolean };
    readonly deviceMemory?: number;
  };
  return { saveData: connection?.saveData === true, memoryGb: deviceMemory, power };
}

/**
 * Whether ranking and learning may load TensorFlow.js, 30 kB and more besides the work of a GPU.
 *
 * @param conditions - See {@link DeviceConditions}.
 * @returns False for visitors who save data, for devices with 2 GB or less, and on less than 20 % of a
 *   battery that is not being charged.
 */
export function mayLoadTensorflow(conditions: DeviceConditions): boolean {
  const { memoryGb = Infinity, power: left = true, saveData } = conditions;
  return !saveData && memoryGb > LOW_MEMORY_GB && (left === true || left >= LOW_POWER);
}
