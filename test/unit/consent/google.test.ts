import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { googleConsent } from '../../../src/consent/google.ts';
import { hear, stubPage } from './page.ts';

type Fields = Readonly<Record<string, unknown>>;

let layer: unknown[];

/** As the snippet of Google's does it: the very `arguments`. */
const gtag: (command: string, action: string, fields: Fields) => void = function push() {
  layer.push(arguments);
};

beforeEach(() => {
  vi.useFakeTimers();
  layer = [];
  stubPage({ dataLayer: layer });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('Google Consent Mode', () => {
  it('is read from what was pushed before', () => {
    gtag('consent', 'default', { personalization_storage: 'denied', ad_storage: 'denied' });
    layer.push({ event: 'gtm.js' });
    gtag('consent', 'update', { personalization_storage: 'granted' });
    expect(hear([googleConsent()]).states).toEqual(['granted']);
  });

  it('is unknown while only a default denies: nobody was asked', () => {
    gtag('consent', 'default', { personalization_storage: 'denied', wait_for_update: 500 });
    const heard = hear([googleConsent()]);
    vi.advanceTimersByTime(500);
    expect(heard.states).toEqual(['unknown']);
  });

  it('follows each update', () => {
    const heard = hear([googleConsent()]);
    gtag('consent', 'default', { personalization_storage: 'denied' });
    gtag('consent', 'update', { personalization_storage: 'granted' });
    gtag('consent', 'update', { ad_storage: 'denied' });
    gtag('consent', 'update', { personalization_storage: 'denied' });
    expect(heard.states).toEqual(['unknown', 'granted', 'denied']);
  });

  it('takes a default that grants, once the update had its time', () => {
    const heard = hear([googleConsent()]);
    gtag('consent', 'default', { personalization_storage: 'granted', wait_for_update: 500 });
    expect(heard.states).toEqual([]);
    vi.advanceTimersByTime(500);
    expect(heard.states).toEqual(['granted']);
  });

  it('takes the update instead when it comes in time', () => {
    const heard = hear([googleConsent()]);
    gtag('consent', 'default', { personalization_storage: 'granted', wait_for_update: 500 });
    gtag('consent', 'update', { personalization_storage: 'denied' });
    vi.advanceTimersByTime(5_000);
    expect(heard.states).toEqual(['denied']);
  });

  it('is unknown where some region is excepted, since the visitor’s may be that one', () => {
    gtag('consent', 'default', { personalization_storage: 'denied', region: ['DE', 'US-CA'] });
    gtag('consent', 'default', { personalization_storage: 'granted' });
    const heard = hear([googleConsent()]);
    expect(heard.states).toEqual(['unknown']);
    gtag('consent', 'update', { personalization_storage: 'granted' });
    expect(heard.states).toEqual(['unknown', 'granted']);
  });

  it('does not answer for types that are not asked for', () => {
    gtag('consent', 'update', { ad_storage: 'granted', analytics_storage: 'granted' });
    expect(hear([googleConsent()]).states).toEqual([]);
    const type = 'functionality_storage';
    gtag('consent', 'update', { functionality_storage: 'granted' });
    expect(hear([googleConsent({ type })]).states).toEqual(['granted']);
  });

  it('makes the data layer when it comes first, and listens to it', () => {
    vi.stubGlobal('myLayer', undefined);
    const heard = hear([googleConsent({ dataLayer: 'myLayer' })]);
    const made = (globalThis as unknown as { myLayer: unknown[] }).myLayer;
    made.push(['consent', 'update', { personalization_storage: 'granted' }]);
    expect(heard.states).toEqual(['granted']);
  });

  it('passes on to a tag manager that was there, with what it returns', () => {
    const seen: unknown[] = [];
    layer.push = (...entries: unknown[]) => seen.push(...entries);
    hear([googleConsent()]);
    expect(layer.push('a', 'b')).toBe(2);
    expect(seen).toEqual(['a', 'b']);
  });

  it('leaves the data layer as it was', () => {
    const { push } = layer;
    const heard = hear([googleConsent()]);
    expect(layer.push).not.toBe(push);
    heard.stop();
    expect(layer.push).toBe(push);
    gtag('consent', 'update', { personalization_storage: 'granted' });
    expect(heard.states).toEqual([]);
  });

  it('stays quiet below a tag manager that came after it', () => {
    const heard = hear([googleConsent()]);
    const ours = layer.push;
    layer.push = (...entries: unknown[]) => ours.apply(layer, entries);
    heard.stop();
    gtag('consent', 'update', { personalization_storage: 'granted' });
    expect(heard.states).toEqual([]);
    expect(layer).toHaveLength(1);
  });

  it.each([
    ['no list', 'text'],
    ['entries that are none', [null, 1, 'consent', { 0: 'consent' }, ['consent', 'update', null]]],
    ['a value that is none', [['consent', 'update', { personalization_storage: true }]]],
  ])('does not answer for %s', (_, dataLayer) => {
    vi.stubGlobal('dataLayer', dataLayer);
    expect(hear([googleConsent()]).states).toEqual([]);
  });
});
