/**
 * Kernels that a device gets beside those that it was opened with.
 *
 * @packageDocumentation
 */
import { getKernel, registerKernel } from '@tensorflow/tfjs-core';
import type { KernelConfig } from '@tensorflow/tfjs-core';
import type { TfDevice } from './backend.ts';

/**
 * Registers the kernels that the device does not have yet: a second one of a name would be told on
 * the shop's console.
 *
 * @param device - Opened before or after.
 * @param configs - What it shall be able to do.
 */
export function registerMissing(device: TfDevice, configs: readonly KernelConfig[]): void {
  for (const config of configs) {
    if (getKernel(config.kernelName, device) === undefined) registerKernel(config);
  }
}
