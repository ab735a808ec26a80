import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { tcfConsent } from '../../../src/consent/tcf.ts';
import { hear, stubPage } from './page.ts';

type Listener = (data: unknown, isSuccess: boolean) => void;

const ALL = { 1: true, 5: true, 6: true };

/** The fields of TCData that every banner sends, and the choice. */
function tcData(eventStatus: string, consents: object, extra: object = {}): object {
  return {
    tcString: 'CPXxRfAPXxRfAAfKABENB-CgAAAAAAAAAAYgAAAAAAAA',
    tcfPolicyVersion: 4,
    cmpId: 7,
    gdprApplies: true,
    cmpStatus: 'loaded',
    eventStatus,
    purpose: { consents, legitimateInterests: { 5: true, 6: true } },
    vendor: { consents: {}, legitimateInterests: {} },
    publisher: { consents: {}, legitimateInterests: {} },
    ...extra,
  };
}

/** A banner of the framework. */
class Banner {
  readonly listeners = new Map<number, Listener>();
  #ids = 0;

  readonly api = (command: string, version: number, callback: Listener, id?: number): void => {
    if (version !== 2) return callback(null, false);
    if (command === 'addEventListener') this.listeners.set(++this.#ids, callback);
    if (command === 'removeEventListener') callback(this.listeners.delete(id ?? -1), true);
  };

  tell(data: object, isSuccess = true): void {
    for (const [listenerId, listener] of this.listeners) {
      listener({ ...data, listenerId }, isSuccess);
    }
  }
}

let banner: Banner;

beforeEach(() => {
  vi.useFakeTimers();
  banner = new Banner();
  stubPage({ __tcfapi: banner.api });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('a banner of IAB TCF', () => {
  it('answers with the choice of an earlier visit', () => {
    const heard = hear([tcfConsent()]);
    banner.tell(tcData('tcloaded', ALL));
    expect(heard.states).toEqual(['granted']);
    expect(heard.by).toBe('IAB TCF: granted');
  });

  it('does not answer while it is asking, and keeps the answer when it asks again', () => {
    const heard = hear([tcfConsent()]);
    banner.tell(tcData('cmpuishown', {}));
    expect(heard.states).toEqual([]);
    banner.tell(tcData('useractioncomplete', ALL));
    banner.tell(tcData('cmpuishown', ALL));
    banner.tell(tcData('useractioncomplete', { 1: true }));
    expect(heard.states).toEqual(['granted', 'denied']);
  });

  it.each([
    ['no consent to store', { 5: true, 6: true }],
    ['no consent to personal content', { 1: true }],
    ['only legitimate interests', {}],
    ['a truthy value that is not true', { 1: 1, 5: 'yes', 6: {} }],
    ['values from a prototype', Object.create(ALL) as object],
  ])('takes %s for a refusal', (name, consents) => {
    const heard = hear([tcfConsent()]);
    banner.tell(tcData('useractioncomplete', consents));
    // Banners hand over plain objects; what they inherit is theirs, too.
    expect(heard.states).toEqual([name.startsWith('values') ? 'granted' : 'denied']);
  });

  it('counts the purposes that the shop names, and the publisher’s own if it says so', () => {
    const heard = hear([tcfConsent({ purposes: [1, 11], section: 'publisher' })]);
    banner.tell(tcData('tcloaded', ALL, { publisher: { consents: { 1: true, 11: true } } }));
    banner.tell(tcData('useractioncomplete', ALL, { publisher: { consents: { 1: true } } }));
    expect(heard.states).toEqual(['granted', 'denied']);
  });

  it('says unknown where the GDPR does not apply, or what the shop wants there', () => {
    const data = { gdprApplies: false, tcfPolicyVersion: 4, cmpId: 7, cmpVersion: 1 };
    const [strict, open] = [hear([tcfConsent()]), hear([tcfConsent({ elsewhere: 'granted' })])];
    banner.tell(data);
    expect([strict.states, open.states]).toEqual([['unknown'], ['granted']]);
  });

  it('is found when it comes after us', () => {
    vi.stubGlobal('__tcfapi', undefined);
    const heard = hear([tcfConsent()]);
    vi.advanceTimersByTime(3_000);
    vi.stubGlobal('__tcfapi', banner.api);
    vi.advanceTimersByTime(500);
    banner.tell(tcData('tcloaded', ALL));
    expect(heard.states).toEqual(['granted']);
  });

  it('leaves consent alone when it never comes, and is not looked for for ever', () => {
    vi.stubGlobal('__tcfapi', undefined);
    const heard = hear([tcfConsent()]);
    vi.advanceTimersByTime(200_000);
    expect(vi.getTimerCount()).toBe(0);
    expect(heard.states).toEqual([]);
  });

  it('is not believed when it fails, and may throw', () => {
    const heard = hear([tcfConsent()]);
    banner.tell(tcData('tcloaded', ALL), false);
    for (const listener of banner.listeners.values()) listener(null, true);
    expect(heard.states).toEqual([]);
    vi.stubGlobal('__tcfapi', () => {
      throw new Error('theirs');
    });
    expect(hear([tcfConsent()]).states).toEqual([]);
  });

  it('is let go of, also when it has not answered yet', () => {
    const [early, late] = [hear([tcfConsent()]), hear([tcfConsent()])];
    early.stop();
    banner.tell(tcData('tcloaded', ALL));
    expect(early.states).toEqual([]);
    late.stop();
    expect(banner.listeners.size).toBe(0);
    expect(late.states).toEqual(['granted']);
  });
});
