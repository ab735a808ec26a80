import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ERROR_CODES } from '../../../src/core/error-codes.ts';
import {
  isErrorCode,
  isVitrineError,
  messageOf,
  toVitrineError,
  VitrineError,
} from '../../../src/core/errors.ts';
import { MESSAGES } from '../../../src/core/messages.ts';

describe('the table of codes', () => {
  it('names each code once, in capitals', () => {
    expect(new Set(ERROR_CODES).size).toBe(ERROR_CODES.length);
    for (const code of ERROR_CODES) expect(code).toMatch(/^[A-Z]+(_[A-Z]+)*$/);
  });

  it('has one sentence for each code', () => {
    const messages = ERROR_CODES.map((code) => messageOf(code));
    expect(new Set(messages).size).toBe(ERROR_CODES.length);
    expect(ERROR_CODES).toEqual(expect.arrayContaining(Object.keys(MESSAGES)));
    for (const message of messages) expect(message).toMatch(/^[A-Z][^\n]*\.$/);
  });
});

describe('VitrineError', () => {
  it('says the general sentence when there is no detail', () => {
    for (const code of ERROR_CODES) expect(new VitrineError(code).message).toBe(messageOf(code));
  });

  it('puts the detail behind the general sentence', () => {
    const error = new VitrineError('OPTION_INVALID', 'rows: got 0, expected 1 to 20.');
    expect(error.message).toBe(`${messageOf('OPTION_INVALID')} rows: got 0, expected 1 to 20.`);
    expect(error.code).toBe('OPTION_INVALID');
    expect(error.name).toBe('VitrineError');
    expect(error).toBeInstanceOf(Error);
  });

  it('keeps an empty detail from looking like none', () => {
    expect(new VitrineError('INTERNAL', '').message).toBe(`${messageOf('INTERNAL')} `);
  });

  it('carries its cause', () => {
    const cause = new TypeError('features of null');
    expect(new VitrineError('DEVICE_LOST', 'webgpu', { cause }).cause).toBe(cause);
    expect('cause' in new VitrineError('DEVICE_LOST')).toBe(false);
  });
});

describe('isErrorCode', () => {
  it('tells a code from a state of a feed, and from what objects inherit', () => {
    expect(isErrorCode('WORKER_LOST')).toBe(true);
    for (const state of ['COLD_START', 'PERSONALIZED', 'toString', '__proto__', '']) {
      expect(isErrorCode(state)).toBe(false);
    }
  });
});

describe('isVitrineError', () => {
  it('knows an error by name and code, whatever realm or worker it comes from', () => {
    expect(isVitrineError(new VitrineError('ABORTED'))).toBe(true);
    expect(isVitrineError({ name: 'VitrineError', code: 'ABORTED', message: '', stack: '' })).toBe(
      true,
    );
    expect(
      isVitrineError(
        Object.assign(Object.create(null), { name: 'VitrineError', code: 'INTERNAL' }),
      ),
    ).toBe(true);
    const { name, code, message } = new VitrineError('ABORTED');
    expect(isVitrineError(structuredClone({ name, code, message }))).toBe(true);
  });

  it.each([
    ['a plain error', new Error('ABORTED')],
    ['another class with our code', Object.assign(new Error('x'), { code: 'ABORTED' })],
    ['a DOM exception’s shape', { name: 'AbortError', code: 20 }],
    ['our name without a code', { name: 'VitrineError' }],
    ['a number as a code', { name: 'VitrineError', code: 0 }],
    ['a list of codes', { name: 'VitrineError', code: ['ABORTED'] }],
    ['null', null],
    ['undefined', undefined],
    ['a string', 'VitrineError: ABORTED'],
    ['a function', () => 'ABORTED'],
  ])('refuses %s', (_, value) => {
    expect(isVitrineError(value)).toBe(false);
  });

  it('knows a code of another version of the library', () => {
    expect(isVitrineError({ name: 'VitrineError', code: 'OF_TOMORROW' })).toBe(true);
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(typeof isVitrineError(value)).toBe('boolean');
      }),
    );
  });
});

describe('toVitrineError', () => {
  it('leaves our own errors as they are, code included', () => {
    const error = new VitrineError('STORE_BLOCKED');
    expect(toVitrineError(error, 'DEVICE_LOST')).toBe(error);
    const cloned = { name: 'VitrineError', code: 'STORE_FAILED', message: 'm' };
    expect(toVitrineError(cloned)).toBe(cloned);
  });

  it('wraps everything else, with INTERNAL unless told otherwise', () => {
    const cause = new RangeError('too long');
    const error = toVitrineError(cause);
    expect(error).toMatchObject({ code: 'INTERNAL', cause });
    expect(error.message).toContain('too long');
    expect(toVitrineError(cause, 'STORE_FAILED').code).toBe('STORE_FAILED');
  });

  it.each([
    ['text', 'text'],
    [undefined, 'undefined'],
    [null, 'null'],
    [7, '7'],
    [{}, '[object Object]'],
  ])('says what was thrown: %j', (thrown, said) => {
    const error = toVitrineError(thrown);
    expect(isVitrineError(error)).toBe(true);
    expect(error.message).toContain(said);
    expect(error.cause).toBe(thrown);
  });
});
