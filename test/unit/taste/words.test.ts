import { describe, expect, it } from 'vitest';
import { VitrineError } from '../../../src/core/errors.ts';
import type { Audit } from '../../../src/core/privacy.ts';
import { createText } from '../../../src/taste/text.ts';
import {
  amountKey,
  categoryName,
  failureKey,
  priceWords,
  proofWords,
  recentWords,
} from '../../../src/taste/words.ts';

const TEXT = createText('en');

const AUDIT: Audit = {
  consent: {
    state: 'granted',
    by: null,
    whenUnknown: 'memory',
    isObserving: true,
    globalPrivacyControl: null,
  },
  storage: [
    { kind: 'indexeddb', name: 'vitrine', bytes: 1500, holds: 'what you did' },
    { kind: 'cache', name: 'vitrine-packs', bytes: null, holds: 'the pack' },
  ],
  requests: [{ url: 'https://shop.example/vitrine.worker.js', count: 2, why: 'a file of ours' }],
  kept: {
    where: 'indexeddb',
    events: 3,
    byType: {},
    oldest: 0,
    newest: 86_400_000,
    items: 1,
    segments: 0,
    learned: 0,
  },
  stays: ['All of it.'],
  text: '',
};

describe('words', () => {
  it('tell a factor, a category and a price', () => {
    expect([0, 0.25, 1, 1.75].map(amountKey)).toEqual([
      'amountNone',
      'amountLess',
      'amountLearned',
      'amountMore',
    ]);
    expect(categoryName('kitchen › tea-pots')).toBe('Tea pots');
    expect(categoryName('Kitchen')).toBe('Kitchen');
    const price = { low: 9.6, median: 20, high: 31, currency: 'USD' };
    expect(priceWords(price, TEXT, 'EUR')).toContain('between $10 and $31, around $20');
    expect(priceWords({ low: 5, median: 5, high: 5 }, TEXT, 'EUR')).toContain('about €5.');
  });

  it('tell what was done, and when', () => {
    const entry = { type: 'add_to_cart', itemId: 'x', time: 0 } as const;
    expect(recentWords(entry, TEXT, 7_200_000)).toBe('Put in the cart 2 hours ago');
  });

  it('tell all that an audit found, in full', () => {
    const [kept, places, requests, stays] = proofWords(AUDIT, TEXT);
    expect(kept?.says).toMatch(/^3 things you did are remembered, about one item\. The first on /);
    expect(kept?.lines).toEqual([]);
    expect(places?.says).toContain('in 2 places on this device, 2 kB altogether');
    expect(places?.lines).toEqual(['vitrine: what you did', 'vitrine-packs: the pack']);
    expect(requests?.lines).toEqual(['2 × https://shop.example/vitrine.worker.js: a file of ours']);
    expect(stays?.lines).toEqual(['All of it.']);
  });

  it('tell of signals and of nothing', () => {
    const [kept, places, requests] = proofWords(
      {
        ...AUDIT,
        consent: { ...AUDIT.consent, isObserving: false, globalPrivacyControl: true },
        storage: [],
        requests: [],
        kept: { ...AUDIT.kept, events: 0, items: 0, oldest: null, newest: null },
      },
      TEXT,
    );
    expect(kept?.says).toBe('0 things you did are remembered, about 0 items.');
    expect(kept?.lines).toEqual([TEXT.say('giftSign'), TEXT.say('proofGpc')]);
    const denied = { ...AUDIT.consent, isObserving: false, state: 'denied' } as const;
    const [refused] = proofWords({ ...AUDIT, consent: denied }, TEXT);
    expect(refused?.lines).toEqual([TEXT.say('notRemembered')]);
    expect(places?.says).toMatch(/^Nothing of it/);
    expect(requests?.says).toMatch(/^Nothing was fetched/);
  });

  it('tell failures apart by their code', () => {
    expect(failureKey(new VitrineError('CAPSULE_PASSPHRASE'))).toBe('wrongPassphrase');
    expect(failureKey(new VitrineError('CAPSULE_INVALID'))).toBe('wrongFile');
    expect(failureKey(new VitrineError('CAPSULE_UNAVAILABLE'))).toBe('notSecure');
    expect(failureKey(null)).toBe('failed');
  });
});
