/** Addresses elsewhere that the docs may name: looked at by a person, since the check has no network. */
export const EXTERNAL_LINKS = new Set([
  'https://github.com/pgvector/pgvector',
  'https://keepachangelog.com/en/1.1.0/',
  'https://semver.org/',
  'https://developers.google.com/tag-platform/security/guides/consent',
  'https://projecteuclid.org/euclid.bsmsp/1200512173',
  'https://sharp.pixelplumbing.com',
  'https://shopify.dev/docs/api/storefront-events-and-actions',
  'https://www.usenix.org/conference/usenixsecurity17/technical-sessions/presentation/wang-tianhao',
]);
