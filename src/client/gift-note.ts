/**
 * Whether this tab's visit is in gift mode: a note that ends with the tab, so that the next page knows
 * before anything is done there. It is written only while gift mode is on.
 *
 * @packageDocumentation
 */
const NOTE = 'vitrine-gift';

/**
 * Takes note of gift mode. Where the tab may keep nothing, it holds for the page.
 *
 * @param isOn - Undefined leaves it as it is.
 */
export function keepGift(isOn: boolean | undefined): void {
  try {
    if (isOn) sessionStorage.setItem(NOTE, '');
    else if (isOn === false) sessionStorage.removeItem(NOTE);
  } catch {
    // Blocked: the worker knows all the same.
  }
}

/**
 * Whether the tab's visit is in gift mode.
 *
 * @returns False where the tab may keep nothing.
 */
export function isGift(): boolean {
  try {
    return NOTE in sessionStorage;
  } catch {
    return false;
  }
}
