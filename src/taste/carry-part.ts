/**
 * A profile as an encrypted file, out and in.
 *
 * @packageDocumentation
 */
import type { Desk } from './desk.ts';
import { make, section } from './make.ts';
import type { TasteMessageKey } from './messages.ts';

/** Fewest characters of a passphrase; the engine says so, too. */
const LEAST = 8;

/** Browsers begin a download within this time; the address is let go after it. */
const DOWNLOAD_MS = 60_000;

/** Hands a text to the browser as a file. */
function download(text: string, name: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  make('a', { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), DOWNLOAD_MS);
}

/** A form whose button does something; nothing is sent anywhere. */
function form(
  fields: readonly HTMLElement[],
  words: string,
  key: string,
  submit: () => void,
): HTMLFormElement {
  const press = make('button', { part: 'action', 'data-key': key }, words);
  // Browsers ask for a name beside each password, if only a hidden one.
  const nobody = make('input', { autocomplete: 'username', hidden: true });
  const made = make('form', { novalidate: true }, nobody, [...fields], press);
  made.addEventListener('submit', (event) => {
    event.preventDefault();
    submit();
  });
  return made;
}

/**
 * Makes the part.
 *
 * @param desk - See {@link Desk}.
 * @param fileName - Name of the file.
 * @returns A section; what is typed there stays while others are drawn anew.
 */
export function carryPart(desk: Desk, fileName: string): HTMLElement {
  const { act, tell, text } = desk;
  const input = (type: string, key: TasteMessageKey, autocomplete: string) => {
    const field = make('input', {
      type,
      autocomplete,
      part: 'field',
      'data-key': `${key} ${type}`,
    });
    return { field, label: make('label', {}, text.say(key), field) };
  };
  const outward = input('password', 'passphrase', 'new-password');
  const inward = input('password', 'passphrase', 'off');
  const file = input('file', 'file', 'off');
  const isLong = ({ value }: HTMLInputElement): boolean => {
    if (value.length < LEAST) tell(text.say('shortPassphrase'));
    return value.length >= LEAST;
  };
  const save = (): void => {
    const passphrase = outward.field.value;
    if (!isLong(outward.field)) return;
    void act({
      run: async ({ profile }) => {
        download(await profile.export({ passphrase }), fileName);
        outward.field.value = '';
        return text.say('saved');
      },
    });
  };
  const bring = (): void => {
    const [chosen] = file.field.files ?? [];
    const passphrase = inward.field.value;
    if (!chosen) tell(text.say('noFile'));
    if (!chosen || !isLong(inward.field)) return;
    void act({
      change: 'import',
      run: async ({ profile }) => {
        const count = await profile.import(await chosen.text(), { passphrase });
        inward.field.value = '';
        file.field.value = '';
        return text.say('brought', { count });
      },
    });
  };
  return section(
    'carry',
    text.say('carry'),
    make('p', { part: 'quiet' }, text.say('carryHelp')),
    form([outward.label], text.say('save'), 'save ', save),
    form([file.label, inward.label], text.say('bring'), 'bring ', bring),
  );
}
