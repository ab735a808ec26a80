/** Texts that have broken shops, browsers and search engines: what every text field is fuzzed with. */
import fc from 'fast-check';

/** In pieces, because linters read whole ones. */
const SCRIPT = ['java', 'script:globalThis.pwned=1'].join('');

/** Schemes that run or embed something, in spellings that `new URL` sees through. */
const HOSTILE_URLS: readonly string[] = [
  SCRIPT,
  ` ${SCRIPT}`,
  SCRIPT.toUpperCase(),
  SCRIPT.replace('s', '\ts'),
  SCRIPT.replace('s', '\ns'),
  `\u0001${SCRIPT}`,
  SCRIPT.replace(':', '&colon;'),
  `${SCRIPT}//https://shop.test/`,
  'data:text/html,<script>globalThis.pwned=1</script>',
  'data:image/svg+xml,<svg onload="globalThis.pwned=1"/>',
  'vbscript:pwned',
  'blob:https://shop.test/x',
  'file:///etc/passwd',
  'about:blank',
  'filesystem:https://shop.test/x',
  'view-source:https://shop.test/',
  '\\\\evil.test\\x',
  '//evil.test/x',
  'https://user:secret@evil.test:99999/',
  'https://[::1',
  'http://\ud800/',
];

/** Markup that would run, did anything parse it. */
const HOSTILE_MARKUP: readonly string[] = [
  '<script>globalThis.pwned=1</script>',
  '<img src=x onerror="globalThis.pwned=1">',
  '"><svg onload=globalThis.pwned=1>',
  "' onmouseover='globalThis.pwned=1",
  '<iframe srcdoc="<script>parent.pwned=1</script>">',
  '<math><mtext></p><style><img src onerror=globalThis.pwned=1>',
  '</title><script>globalThis.pwned=1</script>',
  '<a href="&#106;avascript:globalThis.pwned=1">x</a>',
  '<template><script>globalThis.pwned=1</script></template>',
  '{{constructor.constructor("globalThis.pwned=1")()}}',
  '${globalThis.pwned=1}',
  '<!--<script>',
  ']]><script>globalThis.pwned=1</script>',
  '&lt;script&gt;globalThis.pwned=1&lt;/script&gt;',
];

/** Names that reach a prototype, and numbers that are none. */
export const HOSTILE_NAMES: readonly string[] = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'valueOf',
  'hasOwnProperty',
  'then',
  'toJSON',
  'length',
  '0',
  '-1',
  'NaN',
  'Infinity',
  '1e308',
  '0x10',
];

/** Characters that change their neighbours, or are half of one. */
const ODD_CHARACTERS: readonly string[] = [
  '\ud800',
  '\udc00',
  '\u0000',
  '\u202e',
  '\u2066',
  '\u200f',
  '\ufeff',
  '\ufdfa',
  '\u0301'.repeat(40),
  '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}',
  '\u2028',
  '\r\n',
  '\u001b[31m',
  'ß',
  'İ',
];

const oddText: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.constantFrom(...ODD_CHARACTERS), fc.string({ maxLength: 6 })), {
    maxLength: 6,
  })
  .map((parts) => parts.join(''));

/** Any text, hostile more often than not. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...HOSTILE_URLS),
  fc.constantFrom(...HOSTILE_MARKUP),
  fc.constantFrom(...HOSTILE_NAMES),
  oddText,
  // Any code units, halves of characters among them.
  fc.array(fc.nat(0xffff), { maxLength: 30 }).map((codes) => String.fromCharCode(...codes)),
  fc.constantFrom('', ' ', '\t', 'a', 'lamp', 'Copper lamp', '12.50', '1,5', '-3'),
);

/** Units that slow expressions choke on when they are repeated. */
export const LONG_UNITS: readonly string[] = [
  'a',
  'a ',
  ' ',
  '<',
  '<a',
  '<script',
  '&amp',
  '&',
  '{',
  '"',
  '\\',
  '>',
  ',',
  '-',
  'aA1',
  '\ud800',
  '\u0301',
  'not ',
  '1.',
  '\n',
];
