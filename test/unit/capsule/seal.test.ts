import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { isCapsule, seal, unseal } from '../../../src/capsule/seal.ts';

const PASSPHRASE = 'korrekt Pferd Batterie';

afterEach(() => vi.unstubAllGlobals());

/** A capsule with one part replaced: name, version, iterations, salt, IV, text. */
function withPart(capsule: string, index: number, part: string): string {
  return capsule
    .split(':')
    .map((own, at) => (at === index ? part : own))
    .join(':');
}

describe('a capsule', () => {
  it('opens with its passphrase, and says nothing without it', async () => {
    const text = JSON.stringify({ log: ['Sauerstoff 𝄞 \u0000'], long: 'x'.repeat(70_000) });
    const capsule = await seal(text, PASSPHRASE);
    expect(isCapsule(` ${capsule}`)).toBe(true);
    expect(capsule).toMatch(/^vitrine-capsule:1:600000:[\w-]{22}:[\w-]{16}:[\w-]+$/u);
    expect(capsule).not.toContain('Sauerstoff');
    expect(await unseal(`\n${capsule} `, PASSPHRASE)).toBe(text);
  });

  it('is another one each time', async () => {
    const [a, b] = await Promise.all([seal('same', PASSPHRASE), seal('same', PASSPHRASE)]);
    const parts = [a, b].map((capsule) => capsule.split(':').slice(3));
    for (const index of [0, 1, 2]) expect(parts[0]?.[index]).not.toBe(parts[1]?.[index]);
  });

  it('opens however the passphrase is typed', async () => {
    const capsule = await seal('text', 'Caf\u00e9 creme');
    expect(await unseal(capsule, 'Cafe\u0301 creme')).toBe('text');
  });

  it('opens with no other passphrase', async () => {
    const capsule = await seal('text', PASSPHRASE);
    for (const other of ['', 'korrekt Pferd batterie', `${PASSPHRASE} `]) {
      await expect(unseal(capsule, other)).rejects.toMatchObject({ code: 'CAPSULE_PASSPHRASE' });
    }
  });

  it('notices a change of every part that could be believed', async () => {
    const capsule = await seal('text', PASSPHRASE);
    const body = capsule.split(':')[5] ?? '';
    const changed = [
      withPart(capsule, 2, '600001'),
      withPart(capsule, 3, 'A'.repeat(22)),
      withPart(capsule, 4, 'A'.repeat(16)),
      withPart(capsule, 5, `${body.startsWith('A') ? 'B' : 'A'}${body.slice(1)}`),
      withPart(capsule, 5, body.slice(0, -4)),
      withPart(capsule, 5, ''),
    ];
    for (const spoilt of changed) {
      await expect(unseal(spoilt, PASSPHRASE)).rejects.toMatchObject({
        code: 'CAPSULE_PASSPHRASE',
      });
    }
  });

  it('is refused without a try where its header cannot be right', async () => {
    const capsule = await seal('text', PASSPHRASE);
    const deriveKey = vi.spyOn(crypto.subtle, 'deriveKey');
    const refused = [
      withPart(capsule, 1, '2'),
      withPart(capsule, 1, '01'),
      ...['1', '599999', '2000001', '9999999999', '6e5', '-600000', ''].map((rounds) =>
        withPart(capsule, 2, rounds),
      ),
      withPart(capsule, 3, 'AA'),
      withPart(capsule, 4, ''),
      withPart(capsule, 5, '€'),
      withPart(capsule, 5, 'A'),
      `${capsule}:more`,
      capsule.slice(0, 60),
      'vitrine-capsule:',
      '',
    ];
    for (const spoilt of refused) {
      await expect(unseal(spoilt, PASSPHRASE)).rejects.toMatchObject({ code: 'CAPSULE_INVALID' });
    }
    expect(deriveKey).not.toHaveBeenCalled();
    deriveKey.mockRestore();
  });

  it('refuses any other text by its code', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
        const refusal = unseal(`vitrine-capsule:1:${text}`, PASSPHRASE);
        await expect(refusal).rejects.toMatchObject({ code: 'CAPSULE_INVALID' });
      }),
    );
  });

  it.each([
    ['no crypto', undefined],
    ['no subtle, as on http', { getRandomValues: () => 0 }],
  ])('cannot be made with %s', async (_, crypto) => {
    vi.stubGlobal('crypto', crypto);
    const code = 'CAPSULE_UNAVAILABLE';
    await expect(seal('text', PASSPHRASE)).rejects.toMatchObject({ code });
    const capsule = `vitrine-capsule:1:600000:${'A'.repeat(22)}:${'A'.repeat(16)}:AAAA`;
    await expect(unseal(capsule, PASSPHRASE)).rejects.toMatchObject({ code });
  });
});
