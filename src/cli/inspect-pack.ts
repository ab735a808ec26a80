/**
 * `vitrine pack`: what is inside a pack.
 *
 * @packageDocumentation
 */
import { countParameters } from '../models/attributes/model.ts';
import { readModel } from '../models/attributes/model-file.ts';
import { decodePack } from '../pack/pack-codec.ts';
import type { PackFile } from '../pack/pack-format.ts';
import { writeWhole } from './drafts.ts';
import { readPackFolder } from './pack-folder.ts';

/** What {@link inspectPack} writes as JSON. */
export interface PackFigures {
  /** Content hash. */
  readonly packId: string;
  /** Format version. */
  readonly version: number;
  /** How it was trained. */
  readonly training: Readonly<Record<string, unknown>>;
  /** True switches personalisation off. */
  readonly killSwitch: boolean;
  /** Items that it knows. */
  readonly items: number;
  /** Tags, brands, words and so on that it compares items by. */
  readonly attributes: number;
  /** By name. */
  readonly models: {
    /** Null in a pack without an attribute model. */
    readonly attributes: { readonly names: readonly string[]; readonly parameters: number } | null;
    readonly tables: { readonly neighbours: number; readonly names: readonly string[] };
    readonly embedding: { readonly dims: number };
    readonly ranker: { readonly signals: number; readonly used: readonly string[] };
  };
  /** With the items of the catalog that belong to each; empty in a pack without them. */
  readonly segments: readonly {
    readonly id: string;
    readonly name: string;
    readonly support: number;
  }[];
  /** Of all files. */
  readonly bytes: number;
  /** With sizes and hashes, which were checked. */
  readonly files: readonly PackFile[];
}

async function figuresOf(folder: string): Promise<PackFigures> {
  const pack = readPackFolder(folder);
  const { attributeFile, catalog, model, ranker } = await decodePack(pack);
  const attributes = attributeFile && readModel(attributeFile);
  const { files, killSwitch, packId, training, version } = pack.manifest;
  return {
    packId,
    version,
    training: { ...training },
    killSwitch,
    items: model.numItems,
    attributes: model.attributes.count,
    models: {
      attributes: attributes
        ? { names: attributes.scores?.names ?? [], parameters: countParameters(attributes) }
        : null,
      tables: { neighbours: model.tables.ease.width, names: Object.keys(model.tables) },
      embedding: { dims: model.embedding.dims },
      ranker: {
        signals: ranker.names.length,
        used: ranker.names.filter((_, j) => (ranker.knots[j]?.length ?? 0) > 1),
      },
    },
    segments: (catalog?.segments ?? []).map(({ id, name, support }) => ({ id, name, support })),
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    files,
  };
}

function linesOf(figures: PackFigures): string[] {
  const { files, models, segments, training } = figures;
  const { protocol, seed, interactions, visitors } = training;
  const { attributes, embedding, ranker, tables } = models;
  return [
    `pack ${figures.packId}, format ${figures.version}, ${figures.bytes} bytes`,
    `trained by ${String(protocol)}, seed ${String(seed)}, on ${String(interactions)} interactions of ${String(visitors)} visitors`,
    ...(figures.killSwitch ? ['KILL SWITCH: personalisation is off wherever it is used'] : []),
    `${figures.items} items, ${figures.attributes} attributes`,
    `tables ${tables.names.join(', ')}: ${tables.neighbours} neighbours per item`,
    `sequence embedding of ${embedding.dims} dimensions`,
    ...(attributes ? [`attribute model: ${attributes.names.join(', ')}`] : []),
    `additive ranker: ${ranker.used.length} of ${ranker.signals} signals in use`,
    ...segments.map(({ id, support }) => `segment ${id}: ${support} items`),
    ...files.map(({ bytes, name, sha256 }) => `${name} ${bytes} bytes sha256 ${sha256}`),
  ];
}

/**
 * Verifies a pack and tells what it holds.
 *
 * @param folder - Pack folder.
 * @param json - File for the figures.
 * @returns Lines for the terminal.
 * @throws `PACK_FORMAT`, `PACK_VERSION` or `PACK_INTEGRITY`.
 */
export async function inspectPack(folder: string, json?: string): Promise<string> {
  const figures = await figuresOf(folder);
  if (json !== undefined) writeWhole(json, `${JSON.stringify(figures)}\n`);
  return linesOf(figures).join('\n');
}
