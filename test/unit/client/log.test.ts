import { afterEach, describe, expect, it, vi } from 'vitest';
import { createLog } from '../../../src/core/log.ts';

afterEach(() => vi.restoreAllMocks());

describe('the log', () => {
  it('writes each code once, with prefix and page', () => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue();
    const log = createLog('warn');
    log.warn('STORE_BLOCKED', 'Memory only.');
    log.warn('STORE_BLOCKED', 'Memory only.');
    log.warn('DEVICE_LOST', 'Lost.');
    expect(warn.mock.calls).toEqual([
      ['[vitrine] STORE_BLOCKED: Memory only. See docs/errors.md#store_blocked'],
      ['[vitrine] DEVICE_LOST: Lost. See docs/errors.md#device_lost'],
    ]);
  });

  it('keeps silent when told to, and quiet about feeds unless asked', () => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue();
    const info = vi.spyOn(console, 'info').mockReturnValue();
    createLog('silent').warn('STORE_BLOCKED', '');
    createLog('warn').info('feed');
    expect([...warn.mock.calls, ...info.mock.calls]).toEqual([]);
    createLog('info').info('feed');
    expect(info.mock.calls).toEqual([['[vitrine] feed']]);
  });
});
