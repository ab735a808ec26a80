import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ConsentSource, ConsentState } from '../../../src/consent/source.ts';
import { hear, stubPage } from './page.ts';

afterEach(() => vi.unstubAllGlobals());

/** A source that a test speaks for. */
function spoken(name: string): ConsentSource & { say: (state: ConsentState) => void } {
  const listeners = new Set<(state: ConsentState) => void>();
  return {
    name,
    listen(say) {
      listeners.add(say);
      return () => listeners.delete(say);
    },
    say: (state) => listeners.forEach((listener) => listener(state)),
  };
}

describe('several sources of consent', () => {
  it('say nothing before all have answered, and then the strictest', () => {
    const [a, b] = [spoken('a'), spoken('b')];
    const heard = hear([a, b]);
    a.say('granted');
    expect(heard.states).toEqual([]);
    b.say('unknown');
    expect(heard.states).toEqual(['unknown']);
    b.say('granted');
    expect(heard.states).toEqual(['unknown', 'granted']);
    expect(heard.by).toBe('a: granted, b: granted');
  });

  it('refuse as soon as one does', () => {
    const [a, b] = [spoken('a'), spoken('b')];
    const heard = hear([a, b]);
    a.say('denied');
    b.say('granted');
    expect(heard.states).toEqual(['denied', 'denied']);
  });

  it('say a thing once', () => {
    const a = spoken('a');
    const heard = hear([a]);
    for (const state of ['granted', 'granted', 'unknown', 'unknown'] as const) a.say(state);
    expect(heard.states).toEqual(['granted', 'unknown']);
  });

  it('are not heard any more once disconnected', () => {
    const a = spoken('a');
    const heard = hear([a]);
    heard.stop();
    a.say('granted');
    expect(heard.states).toEqual([]);
  });

  it('leave consent as it is when none answers', () => {
    expect(hear([spoken('a')]).states).toEqual([]);
    expect(hear([]).states).toEqual([]);
  });

  it('do not let a page hear of an instance that cannot change', async () => {
    const a = spoken('a');
    const { connectConsent } = await import('../../../src/consent/connect-consent.ts');
    connectConsent({ setConsent: () => Promise.reject(new Error('gone')) }, [a]);
    a.say('granted');
    // Vitest fails a run with a rejection that nobody handles.
    await new Promise((resolve) => setImmediate(resolve));
  });
});

describe('Global Privacy Control', () => {
  const signalled = (): void => void stubPage({ navigator: { globalPrivacyControl: true } });

  it('changes nothing about ranking unless the shop says so', () => {
    signalled();
    const a = spoken('a');
    const heard = hear([a]);
    a.say('granted');
    expect(heard.states).toEqual(['granted']);
  });

  it('keeps consent unknown where the shop wants sessions only', () => {
    signalled();
    const a = spoken('a');
    const heard = hear([a], { globalPrivacyControl: 'session' });
    a.say('granted');
    expect(heard.states).toEqual(['unknown']);
    expect(heard.by).toBe('a: granted, Global Privacy Control: unknown');
  });

  it('refuses at once where the shop wants that, without any other source', () => {
    signalled();
    expect(hear([], { globalPrivacyControl: 'deny' }).states).toEqual(['denied']);
    expect(hear([], { globalPrivacyControl: 'session' }).states).toEqual(['unknown']);
  });

  it.each([[undefined], [false], ['true'], [1]])('is not there for %j', (globalPrivacyControl) => {
    stubPage({ navigator: { globalPrivacyControl } });
    expect(hear([], { globalPrivacyControl: 'deny' }).states).toEqual([]);
  });

  it('does not grant by its absence', () => {
    stubPage({ navigator: { globalPrivacyControl: false } });
    expect(hear([], { globalPrivacyControl: 'allow' }).states).toEqual([]);
  });
});
