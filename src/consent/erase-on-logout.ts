/**
 * Devices that several people share: who logs out leaves nothing behind.
 *
 * @packageDocumentation
 */

/** The part of a `Vitrine` that is needed. */
export interface EraseTarget {
  /** As `Vitrine.profile`. */
  readonly profile: { erase(): Promise<void> };
}

/** Longest that a logout is held up. */
const MOST_MS = 1_000;

/** Links, buttons and forms that log the visitor out. */
const SELECTOR = '[data-vitrine-logout]';

/**
 * Erases the profile when the visitor logs out: a click on an element with `data-vitrine-logout`, or
 * the submission of a form with it, is held up until everything is erased, a second at most, and
 * then goes on as it would have. Where you log out by script, `await vitrine.profile.erase()`.
 *
 * @param vitrine - The instance.
 * @returns Ends it.
 * @example eraseOnLogout(vitrine) // <a href="/logout" data-vitrine-logout>Log out</a>
 */
export function eraseOnLogout(vitrine: EraseTarget): () => void {
  const done = new WeakSet<EventTarget>();
  const erased = async (): Promise<void> => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, MOST_MS);
    });
    // What cannot be erased must not keep anybody logged in; the instance tells of it.
    await Promise.race([vitrine.profile.erase().catch(() => undefined), late]);
    clearTimeout(timer);
  };
  /** Holds an event up once; `again` makes it happen a second time, which is let through. */
  const hold = (event: Event, target: EventTarget, again: () => void): void => {
    if (done.delete(target)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    void erased().then(() => {
      done.add(target);
      again();
      done.delete(target);
    });
  };
  const clicked = (event: MouseEvent): void => {
    const found = event.target instanceof Element ? event.target.closest(SELECTOR) : null;
    if (found instanceof HTMLElement && !(found instanceof HTMLFormElement)) {
      hold(event, found, () => found.click());
    }
  };
  const submitted = (event: SubmitEvent): void => {
    const { submitter, target: form } = event;
    if (form instanceof HTMLFormElement && form.matches(SELECTOR)) {
      hold(event, form, () => form.requestSubmit(submitter));
    }
  };
  document.addEventListener('click', clicked, true);
  document.addEventListener('submit', submitted, true);
  return () => {
    document.removeEventListener('click', clicked, true);
    document.removeEventListener('submit', submitted, true);
  };
}
