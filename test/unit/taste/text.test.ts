import { describe, expect, it } from 'vitest';
import { ENGLISH, type TasteMessages } from '../../../src/taste/messages.ts';
import { createText } from '../../../src/taste/text.ts';

const HOUR = 3_600_000;

describe('texts', () => {
  it('are the shop’s where it has them, and English where it has none', () => {
    const text = createText('de', { close: 'Schließen' });
    expect(text.say('close')).toBe('Schließen');
    expect(text.say('forget')).toBe('Forget');
    expect(text.locale).toBe('de');
  });

  it('choose the plural by the language that they are in', () => {
    const few = { one: '{count} rzecz', few: '{count} rzeczy (kilka)', other: '{count} rzeczy' };
    const text = createText('pl', { others: few });
    const say = (count: number): string => text.say('others', { count });
    expect([1, 3, 5].map(say)).toEqual(['1 rzecz', '3 rzeczy (kilka)', '5 rzeczy']);
    // French counts 0 as one thing; the English text that stands in for it does not.
    const french = createText('fr', { close: 'Fermer' });
    expect(french.say('undone', { count: 0 })).toBe('Taken back: 0 things you did.');
    expect(createText('en').say('brought', { count: 0 })).toBe(
      'Everything in it was here already.',
    );
  });

  it('are filled in once: what is filled in is no pattern', () => {
    const text = createText('en');
    const name = '{action} $& {name}';
    expect(text.say('labelOf', { action: 'Mute', name })).toBe(`Mute: ${name}`);
    expect(createText('en', { labelOf: '{toString} {missing}' }).say('labelOf', {})).toBe(
      '{toString} {missing}',
    );
  });

  it('take nothing that is no text, and no language that there is not', () => {
    const messages = { close: 7, forget: { other: null }, undo: null } as unknown as TasteMessages;
    const text = createText('not a language', messages);
    expect(text.locale).toBe('en');
    expect([text.say('close'), text.say('forget'), text.say('undo')]).toEqual([
      ENGLISH.close,
      ENGLISH.forget,
      ENGLISH.undo,
    ]);
  });

  it('write numbers, money and times as the language does', () => {
    const german = createText('de', { proofItems: '{count} Dinge' });
    expect(german.say('proofItems', { count: 1234 })).toBe('1.234 Dinge');
    expect(german.percent(0.415)).toBe('42\u00A0%');
    expect(german.money(12, 'EUR')).toBe('12\u00A0€');
    expect(german.money(12, 'none')).toBe('12');
    expect(german.money(12, undefined)).toBe('12');
    const text = createText('en');
    expect(text.ago(0, 90_000)).toBe('1 minute ago');
    expect(text.ago(0, 26 * HOUR)).toBe('yesterday');
    expect(text.ago(9, 0)).toBe('now');
    expect(text.bytes(12_345)).toBe('12 kB');
    expect(text.bytes(2_340_000)).toBe('2.3 MB');
    expect(text.day(9e15)).toBe('?');
  });

  it('of the library are the shop’s where it has words for them', () => {
    const text = createText('de', {}, { 'for the visitor': 'für Sie' });
    expect(text.translate('for the visitor')).toBe('für Sie');
    expect(text.translate('toString')).toBe('toString');
  });
});
