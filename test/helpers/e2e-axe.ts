/** What axe-core objects to. */
import type { Page } from '@playwright/test';
import axe from 'axe-core';

/**
 * Looks at a page, or at a part of it.
 *
 * @param page - At rest: what fades has other colours.
 * @param within - Selector; the whole page by default.
 * @param rules - Those that are looked at; all by default.
 * @returns Names of the rules that are broken, with the elements.
 */
export async function axeFaults(
  page: Page,
  within?: string,
  rules?: readonly string[],
): Promise<readonly string[]> {
  // By the debugger, since the shop's policy lets no foreign script in.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  return page.evaluate(
    async ({ names, part }) => {
      const { axe: own } = window as unknown as { axe: typeof axe };
      const options = { resultTypes: ['violations' as const], ...(names && { runOnly: names }) };
      const { violations } = await own.run(part ?? document, options);
      return violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n  ')}`,
      );
    },
    { names: rules && [...rules], part: within },
  );
}
