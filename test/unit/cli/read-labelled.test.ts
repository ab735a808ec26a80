import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { attributes } from '../../../src/cli/attributes.ts';
import { readLabelled } from '../../../src/cli/read-labelled.ts';

const folder = mkdtempSync(join(tmpdir(), 'vitrine-labelled-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function fileOf(name: string, lines: readonly string[], isGzipped = false): string {
  const path = join(folder, name);
  const text = `${lines.join('\n')}\n`;
  writeFileSync(path, isGzipped ? gzipSync(text) : text);
  return path;
}

const LINE = '{"id":"1","title":"Red shoe","labels":{"season":"Summer"}}';

describe('a file of labelled items', () => {
  it.each([false, true])('is read, gzipped: %s', (isGzipped) => {
    const { items, labels } = readLabelled(fileOf('a.ndjson', [LINE, LINE], isGzipped), 'season');
    expect(items.map(({ title }) => title)).toEqual(['Red shoe', 'Red shoe']);
    expect(labels).toEqual(['Summer', 'Summer']);
  });

  it('leaves lines without the label out, and counts them', () => {
    const none = '{"title":"A hat","labels":{"season":null}}';
    const other = '{"title":"A hat","labels":{"usage":"Casual"}}';
    const { labels, without } = readLabelled(fileOf('b.ndjson', [LINE, none, other]), 'season');
    expect(labels).toEqual(['Summer']);
    expect(without).toBe(2);
  });

  it.each([
    ['a line that is no JSON', [LINE, '{"title"'], /c\.ndjson:2: expected a JSON object/u],
    ['a line without labels', ['{"title":"a"}'], /c\.ndjson:1: expected "labels"/u],
    ['a label that is no text', ['{"labels":{"season":[]}}'], /c\.ndjson:1: expected a text/u],
    ['no such label at all', ['{"labels":{}}'], /no line has the label "season"/u],
  ])('is refused with its line: %s', (_, lines, message) => {
    expect(() => readLabelled(fileOf('c.ndjson', lines), 'season')).toThrow(message);
  });

  it('is refused when it is not there', () => {
    expect(() => readLabelled(join(folder, 'none'), 'season')).toThrow('there is no such file');
  });

  it('is refused with its name when it is a folder', () => {
    expect(() => readLabelled(folder, 'season')).toThrow(`${folder}: expected a file`);
  });
});

describe('vitrine attributes', () => {
  const paths = { train: '', test: '', out: '', seed: 1, json: undefined, declare: undefined };

  it('wants a label or scores, not both', async () => {
    const both = { ...paths, label: 'season', scores: 'comfort' };
    await expect(attributes(both)).rejects.toThrow('either --label or --scores');
    const none = { ...paths, label: undefined, scores: undefined };
    await expect(attributes(none)).rejects.toThrow('either --label or --scores');
  });

  it('refuses a label with a single class', async () => {
    const train = fileOf('d.ndjson', [LINE, LINE]);
    const options = { ...paths, train, test: train, label: 'season', scores: undefined };
    await expect(attributes(options)).rejects.toThrow('got 1 classes, expected 2 to 256');
  });

  it('refuses a score that is not declared', async () => {
    const options = { ...paths, label: undefined, scores: 'speed' };
    await expect(attributes(options)).rejects.toThrow('got speed, expected some of style, comfort');
  });
});
