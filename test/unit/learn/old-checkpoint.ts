/** A checkpoint as `sealCheckpoint` of commit 2d714d1 wrote it: the ranker alone. */
import type { CheckpointBody, SealedCheckpoint } from '../../../src/learn/checkpoint.ts';

const BYTES =
  'VlRSTgEAAQAHY29udGVudACYAAAAAAAAeyJmb3JtYXQiOjEsImdhaW5zIjpbWyJlYXNlLnN1bSIsLTAuNV1dLCJ3ZWln' +
  'aHRzIjpbWyJicmFuZDpBcmMiLDEuMjVdXSwiZmlndXJlcyI6eyJsaXN0cyI6MzksImJlZm9yZSI6eyJuZGNnIjowLjI1' +
  'fSwiYWZ0ZXIiOnsibmRjZyI6MC43NX0sInRydXN0IjowLjc1fX0=';

/** As stored. */
export const OLD_CHECKPOINT: SealedCheckpoint = {
  version: 2,
  packId: 'trained',
  time: 1_800_000_000_000,
  body: Uint8Array.from(atob(BYTES), (character) => character.charCodeAt(0)),
  checksum: 'ad4d87eb-70aee93',
};

/** What is in it. */
export const OLD_BODY: CheckpointBody = {
  tuning: { gains: new Map([['ease.sum', -0.5]]), weights: new Map([['brand:Arc', 1.25]]) },
  figures: { lists: 39, before: { ndcg: 0.25 }, after: { ndcg: 0.75 }, trust: 0.75 },
};
