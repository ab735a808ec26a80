import { afterEach, describe, expect, it, vi } from 'vitest';
import { findElement } from '../../../src/client/find-element.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('an element by the shop’s selector', () => {
  it('is the first that fits, else null', () => {
    const found = {};
    vi.stubGlobal('document', { querySelector: (s: string) => (s === '.grid' ? found : null) });
    expect(findElement('.grid')).toBe(found);
    expect(findElement('.none')).toBeNull();
  });

  it('is null for what is no selector: the page’s list must stand, without an error', () => {
    const querySelector = (): never => {
      throw new DOMException('not a valid selector', 'SyntaxError');
    };
    vi.stubGlobal('document', { querySelector });
    expect(findElement('[')).toBeNull();
  });
});
