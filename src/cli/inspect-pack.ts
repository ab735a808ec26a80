/**
 * `vitrine pack`: what is inside a pack.
 *
 * @packageDocumentation
 */
import { decodePack } from '../pack/pack-codec.ts';
import { readPackFolder } from './pack-folder.ts';

/**
 * Verifies a pack and tells what it holds.
 *
 * @param folder - Pack folder.
 * @returns Lines for the terminal.
 * @throws `PACK_FORMAT`, `PACK_VERSION` or `PACK_INTEGRITY`.
 */
export async function inspectPack(folder: string): Promise<string> {
  const files = readPackFolder(folder);
  const { model, ranker } = await decodePack(files);
  const { manifest } = files;
  const active = ranker.knots.filter((knots) => knots.length > 1).length;
  return [
    `pack ${manifest.packId}, format ${manifest.version}`,
    `trained by ${manifest.training.protocol}, seed ${manifest.training.seed}, on ${manifest.training.interactions} interactions of ${manifest.training.visitors} visitors`,
    `${model.numItems} items, ${model.attributes.count} attributes, ${model.tables.ease.width} neighbours per item and table`,
    `sequence embedding of ${model.embedding.dims} dimensions`,
    `additive ranker: ${active} of ${ranker.names.length} signals in use`,
    ...manifest.files.map(({ name, bytes, sha256 }) => `${name} ${bytes} bytes sha256 ${sha256}`),
  ].join('\n');
}
