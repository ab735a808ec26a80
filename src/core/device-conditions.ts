/**
 * What the browser tells of the device, as far as it bears on what should be loaded.
 *
 * @packageDocumentation
 */

/** Battery is told to pages only, so a worker does without. */
export interface DeviceConditions {
  /** The visitor asked for fewer bytes. */
  readonly saveData: boolean;
  /** Gigabytes, 0.25 to 8; undefined where the browser does not tell. */
  readonly memoryGb: number | undefined;
}

/** A device with this much memory or less gets no TensorFlow.js for ranking. */
const LOW_MEMORY_GB = 2;

/**
 * Asks the browser.
 *
 * @returns In browsers that tell neither: no wish, unknown memory.
 */
export function readConditions(): DeviceConditions {
  // Chromium only, and not in TypeScript's library.
  const { connection, deviceMemory } = navigator as {
    readonly connection?: { readonly saveData?: boolean };
    readonly deviceMemory?: number;
  };
  return { saveData: connection?.saveData === true, memoryGb: deviceMemory };
}

/**
 * Whether ranking may load TensorFlow.js, 30 kB and more besides the memory of a GPU.
 *
 * @param conditions - See {@link DeviceConditions}.
 * @returns False for visitors who save data and for devices with 2 GB or less.
 */
export function mayLoadTensorflow(conditions: DeviceConditions): boolean {
  const { memoryGb = Infinity, saveData } = conditions;
  return !saveData && memoryGb > LOW_MEMORY_GB;
}
