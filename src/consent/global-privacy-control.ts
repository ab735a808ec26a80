/**
 * Global Privacy Control: the browser says that the visitor objects to being sold and shared.
 * https://w3c.github.io/gpc/
 *
 * @packageDocumentation
 */
import { scope } from './source.ts';

/**
 * Whether the browser sends the signal. Firefox does in private windows.
 *
 * @returns False where it does not, and where it knows of no such thing.
 */
export function hasGlobalPrivacyControl(): boolean {
  const { navigator } = scope();
  return (Object(navigator) as { globalPrivacyControl?: unknown }).globalPrivacyControl === true;
}
