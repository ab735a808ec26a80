import { describe, expect, it } from 'vitest';
import { checkOptions } from '../../../src/client/options.ts';

const refused = (options: object): unknown => {
  try {
    checkOptions(options);
    return null;
  } catch (error) {
    return error;
  }
};

describe('options', () => {
  it.each([
    ['exploration', 0, 1],
    ['share', 0, 1],
    ['holdout', 0, 1],
    ['influence', 0, 1],
    ['maxCandidates', 1, 50_000],
    ['rows', 1, 20],
    ['rowSize', 1, 100],
    ['timeoutMs', 1, 2_147_483_647],
  ])('takes %s at both ends of its range and refuses what lies outside', (name, low, high) => {
    expect(refused({ [name]: low })).toBeNull();
    expect(refused({ [name]: high })).toBeNull();
    for (const value of [low - 0.01, high + 0.01, Number.NaN, Infinity, `${low}`, null]) {
      expect(refused({ [name]: value })).toMatchObject({ code: 'OPTION_INVALID' });
    }
    const isOpen = name === 'exploration';
    expect(refused({ [name]: {} }) === null).toBe(isOpen);
  });

  it('looks into the options of exploration', () => {
    expect(refused({ exploration: { share: 0.2, policy: 'epsilon', whenCold: true } })).toBeNull();
    for (const wrong of [{ share: 2 }, { policy: 'random' }, { whenCold: 1 }]) {
      expect(refused({ exploration: wrong })).toMatchObject({ code: 'OPTION_INVALID' });
    }
  });

  it('looks into the limits of variety', () => {
    const limits = { brandPerRow: 1, categoryPerPage: 10_000, variants: true };
    expect(refused({ variety: limits })).toBeNull();
    for (const wrong of [{ brandPerRow: 0 }, { categoryPerRow: '2' }, { variants: 1 }]) {
      expect(refused({ variety: wrong })).toMatchObject({ code: 'OPTION_INVALID' });
    }
    expect(refused({ variety: 3 })).toMatchObject({ code: 'OPTION_INVALID' });
  });

  it.each([
    ['consent', ['granted', 'denied', 'unknown'], ['yes', true, null]],
    ['device', ['auto', 'webgpu', 'wasm', 'cpu', 'js'], ['gpu', 'toString', 1]],
    ['logLevel', ['silent', 'warn', 'info'], ['debug', false]],
    ['seed', [0, -1, 2 ** 40, 0.5], [Number.NaN, Infinity, '1']],
    ['predefinedSegments', [true, false], ['true', 1]],
    ['storageName', ['shop'], [1, {}]],
    ['workerUrl', ['/w.js', new URL('https://shop.example/w.js')], [1, {}, null]],
    ['now', [1, (): number => 1], [Number.NaN, '1', new Date(0)]],
  ])('knows what %s may be', (name, good, bad) => {
    for (const value of good) expect(refused({ [name]: value })).toBeNull();
    for (const value of bad) {
      expect(refused({ [name]: value })).toMatchObject({ code: 'OPTION_INVALID' });
    }
  });

  it('says which option it was, what was got and what was expected', () => {
    expect(refused({ holdout: 2 })).toHaveProperty(
      'message',
      expect.stringMatching(/holdout: got 2, expected a number from 0 to 1\./),
    );
    expect(refused({ device: 'gpu' })).toHaveProperty(
      'message',
      expect.stringMatching(/device: got gpu, expected auto, webgpu, wasm, cpu, js\./),
    );
  });

  it('survives values that have no text', () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    expect(refused({ seed: Symbol('s') })).toMatchObject({ code: 'OPTION_INVALID' });
    expect(refused({ seed: Object.create(null) })).toMatchObject({ code: 'OPTION_INVALID' });
    expect(refused({ somethingElse: proxy })).toBeNull();
    revoke();
  });

  it('lets unknown names, undefined and segments pass', () => {
    expect(refused({ colour: 'red', toString: 1, holdout: undefined, segments: 'no' })).toBeNull();
    expect(refused({ constructor: 1, __proto__: { holdout: 9 } })).toBeNull();
  });
});
