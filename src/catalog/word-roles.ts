/**
 * Words that change what others mean: negations, their exceptions, and degrees.
 *
 * @packageDocumentation
 */

/** `negator` denies what follows, `releaser` ends a denial, `of` denies with "of" or "from". */
export type WordRole = 'negator' | 'releaser' | 'of' | 'booster' | 'damper';

const ROLES: Readonly<Record<WordRole, string>> = {
  negator:
    'no not non never without neither nor cannot cant dont doesnt didnt isnt arent wasnt werent ' +
    'wont wouldnt shouldnt couldnt hasnt havent hadnt lacks lack lacking hardly ' +
    'ohne kein keine nicht sans pas senza zonder geen',
  // "not only leather", "without sacrificing comfort", "no longer".
  releaser:
    'only just merely compromising sacrificing losing but though however longer matter doubt',
  // "free of leather", "instead of leather".
  of: 'free instead rid',
  booster:
    'very extremely incredibly really so super truly absolutely remarkably exceptionally highly totally',
  damper: 'slightly somewhat fairly rather quite almost kinda partly barely',
};

let roles: Map<string, WordRole> | null = null;

/**
 * What a word does to others.
 *
 * @param word - Lower-cased.
 * @returns Its role, or null.
 * @example roleOf('without') // 'negator'
 */
export function roleOf(word: string): WordRole | null {
  roles ??= new Map(
    (Object.keys(ROLES) as WordRole[]).flatMap((role) => {
      return ROLES[role].split(' ').map((each): [string, WordRole] => [each, role]);
    }),
  );
  return roles.get(word) ?? null;
}
