/**
 * Text ⇄ encrypted text, by a passphrase: PBKDF2 with SHA-256 makes the key, AES-GCM encrypts and
 * notices every change. `vitrine-capsule:1:ITERATIONS:SALT:IV:TEXT`, all bytes in base64url; what
 * stands before the text is bound to it as additional data.
 *
 * @packageDocumentation
 */
import { VitrineError } from '../core/errors.ts';

const NAME = 'vitrine-capsule';
const VERSION = '1';

/**
 * What OWASP asks for PBKDF2 with SHA-256: https://cheatsheetseries.owasp.org, "Password Storage".
 * Capsules may say more, up to the most: a hostile one must not keep the worker busy for minutes.
 */
const ITERATIONS = { least: 600_000, most: 2_000_000 } as const;

const SALT_BYTES = 16;
/** What AES-GCM is made for: NIST SP 800-38D, 8.2. */
const IV_BYTES = 12;

/** Bytes that are turned into characters in one call; more would be too many arguments. */
const SLICE = 32_768;

function toText(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += SLICE) {
    binary += String.fromCharCode(...bytes.subarray(at, at + SLICE));
  }
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function toBytes(text: string): Uint8Array<ArrayBuffer> {
  if (!/^[\w-]*$/.test(text)) throw new VitrineError('CAPSULE_INVALID', 'It is cut off or spoilt.');
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
  } catch {
    throw new VitrineError('CAPSULE_INVALID', 'It is cut off or spoilt.');
  }
}

/** Http pages have none. */
function cipher(): Crypto {
  const { crypto: found } = globalThis as { crypto?: Crypto };
  if (!found || !('subtle' in found) || !found.subtle) {
    throw new VitrineError('CAPSULE_UNAVAILABLE');
  }
  return found;
}

/** The same passphrase may be typed in several ways: é as one sign or as two. */
async function keyOf(
  passphrase: string,
  salt: Uint8Array<ArrayBuffer>,
  iterations: number,
): Promise<CryptoKey> {
  const secret = new TextEncoder().encode(passphrase.normalize('NFKC'));
  const { subtle } = cipher();
  const source = await subtle.importKey('raw', secret, 'PBKDF2', false, ['deriveKey']);
  return subtle.deriveKey(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations },
    source,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  );
}

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

/**
 * Tells capsules from other texts.
 *
 * @param text - Any.
 * @returns Whether it begins as a capsule does.
 */
export function isCapsule(text: string): boolean {
  return text.trimStart().startsWith(`${NAME}:`);
}

/**
 * Encrypts a text; the same text and passphrase give another capsule each time.
 *
 * @param text - Any.
 * @param passphrase - Any; how good it must be is for the caller to say.
 * @returns A capsule, four thirds of the text long. Cost: most of a second.
 * @throws {@link VitrineError} `CAPSULE_UNAVAILABLE`.
 */
export async function seal(text: string, passphrase: string): Promise<string> {
  // First: without encryption there may be no random numbers either.
  const { subtle } = cipher();
  const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES));
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const header = `${NAME}:${VERSION}:${ITERATIONS.least}:${toText(salt)}:${toText(iv)}:`;
  const key = await keyOf(passphrase, salt, ITERATIONS.least);
  const how = { name: 'AES-GCM', iv, additionalData: bytesOf(header) };
  return header + toText(new Uint8Array(await subtle.encrypt(how, key, bytesOf(text))));
}

/** The parts of a capsule, checked. */
function open(capsule: string): {
  readonly header: string;
  readonly iterations: number;
  readonly salt: Uint8Array<ArrayBuffer>;
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly body: Uint8Array<ArrayBuffer>;
} {
  const parts = capsule.trim().split(':', 7);
  const [, version, rounds = '', salt = '', iv = '', body = ''] = parts;
  if (version !== VERSION) {
    throw new VitrineError('CAPSULE_INVALID', `Its version is not ${VERSION}.`);
  }
  const iterations = /^\d{6,7}$/.test(rounds) ? Number(rounds) : 0;
  const opened = { iterations, salt: toBytes(salt), iv: toBytes(iv), body: toBytes(body) };
  const isWhole =
    parts.length === 6 &&
    iterations >= ITERATIONS.least &&
    iterations <= ITERATIONS.most &&
    opened.salt.length === SALT_BYTES &&
    opened.iv.length === IV_BYTES;
  if (!isWhole) throw new VitrineError('CAPSULE_INVALID', 'Its header is cut off or spoilt.');
  return { ...opened, header: `${parts.slice(0, 5).join(':')}:` };
}

/**
 * Decrypts a capsule.
 *
 * @param capsule - Perhaps one of {@link seal}'s.
 * @param passphrase - As for sealing.
 * @returns The text.
 * @throws {@link VitrineError} `CAPSULE_INVALID` for what is none, `CAPSULE_PASSPHRASE` for another
 *   passphrase or a changed capsule, `CAPSULE_UNAVAILABLE`.
 */
export async function unseal(capsule: string, passphrase: string): Promise<string> {
  const { body, header, iterations, iv, salt } = open(capsule);
  const { subtle } = cipher();
  const key = await keyOf(passphrase, salt, iterations);
  try {
    const how = { name: 'AES-GCM', iv, additionalData: bytesOf(header) };
    return new TextDecoder().decode(await subtle.decrypt(how, key, body));
  } catch {
    throw new VitrineError('CAPSULE_PASSPHRASE');
  }
}
