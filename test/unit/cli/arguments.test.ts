import { describe, expect, it } from 'vitest';
import { outputsOf, readArguments } from '../../../src/cli/arguments.ts';
import { failureOf } from './data-folder.ts';

const words = (line: string): string[] => line.split(' ');

describe('readArguments', () => {
  it('reads a job', () => {
    expect(readArguments(words('train --data d --out o --seed 7 --report r.html'))).toEqual({
      command: 'train',
      data: 'd',
      out: 'o',
      pack: '',
      protocol: undefined,
      seed: 7,
      json: undefined,
      report: 'r.html',
      maxBytes: undefined,
      items: '',
      neighbours: undefined,
      pictures: undefined,
      isOnline: false,
      slices: false,
      train: '',
      test: '',
    });
  });

  it('reads the most bytes of a pack', () => {
    expect(readArguments(words('train --data d --out o --max-bytes 300000'))?.maxBytes).toBe(3e5);
    expect(readArguments(words('train --data d --out o --attributes a'))?.attributes).toBe('a');
  });

  it('reads which label is learned from what', () => {
    const job = readArguments(words('attributes --train a --test b --label season --json j'));
    expect(job).toMatchObject({ train: 'a', test: 'b', label: 'season', json: 'j', out: '' });
    expect(job === null ? [] : outputsOf(job)).toEqual(['j']);
  });

  it('reads what a slice is to hold', () => {
    const job = readArguments(words('slice --pack p --items i --out o --neighbours 16'));
    expect(job).toMatchObject({ pack: 'p', items: 'i', out: 'o', neighbours: 16 });
  });

  it('reads whose rows are wanted, and which policy is judged', () => {
    const rows = readArguments(words('rows --data d --pack p --cluster 2 --clusters 5 --json j'));
    expect(rows).toMatchObject({ command: 'rows', cluster: 2, clusters: 5, json: 'j' });
    expect(rows === null ? [] : outputsOf(rows)).toEqual(['j']);
    expect(readArguments(words('rows --data d --pack p --segment s'))?.segment).toBe('s');
    const judged = readArguments(words('judge --log l --policy greedy'));
    expect(judged).toMatchObject({ command: 'judge', log: 'l', policy: 'greedy' });
  });

  it('takes the pack of `pack` as a word or as an option', () => {
    expect(readArguments(['pack', 'p'])?.pack).toBe('p');
    expect(readArguments(['pack', '--pack', 'p', '--json', 'j'])).toMatchObject({
      pack: 'p',
      json: 'j',
    });
  });

  it.each(['--help', 'train --help', 'bake --help'])('asks for the usage: %s', (line) => {
    expect(readArguments(words(line))).toBeNull();
  });

  it.each([
    ['enrich --data d --pack p', '--out is missing'],
    ['enrich --data d --pack p --out o --protocol all', 'enrich takes no --protocol'],
    ['pack p --report r', 'pack takes no --report'],
    ['train --data d --out o --pack p', 'train takes no --pack'],
    ['train --data d --out o again', 'got again, expected nothing more'],
    ['pack a b', 'got b, expected nothing more'],
    ['train --data d --out o --json=', '--json: got nothing'],
    ['train --data d --out o --seed=', '--seed: got '],
    ['train --data d --out o --seed=1.5', '--seed: got 1.5'],
    ['train --datas d', "Unknown option '--datas'.\nvitrine train --data DIR"],
    ['train --data', 'argument missing.\nvitrine train --data DIR'],
    ['train --data d --out o --seed=1e300', '--seed: got 1e300'],
    ['attributes --train a --test b --label l --declare d', '--declare goes with --scores'],
    ['train --data d --out o --max-bytes 0', '--max-bytes: got 0'],
    ['train --data d --out o --max-bytes 1.5', '--max-bytes: got 1.5'],
    ['train --data d --out o --max-bytes 300kB', '--max-bytes: got 300kB'],
    ['evaluate --data d --pack p --max-bytes 9', 'evaluate takes no --max-bytes'],
    ['slice --pack p --out o', '--items is missing'],
    ['slice --pack p --items i --out o --neighbours 300', 'a whole number from 1 to 255'],
    ['train --data d --out o --slices', 'train takes no --slices'],
    ['train --data d --out o --pictures p', 'train takes no --pictures'],
    ['enrich --data d --pack p --out o --picture-urls', '--picture-urls goes with --pictures'],
    ['rows --data d --pack p', 'rows: expected either --segment or --cluster'],
    ['rows --data d --pack p --segment s --cluster 1', 'either --segment or --cluster'],
    ['rows --data d --pack p --segment s --clusters 3', '--clusters goes with --cluster'],
    ['rows --data d --pack p --cluster 0', '--cluster: got 0'],
    ['rows --data d --pack p --cluster 1 --clusters 99', 'a whole number from 1 to 32'],
    ['judge --log l', '--policy is missing'],
    ['constructor', 'got constructor'],
  ])('refuses %s', async (line, expected) => {
    const { code, message } = await failureOf(() => readArguments(words(line)));
    expect(code).toBe('OPTION_INVALID');
    expect(message).toContain(expected);
  });
});

describe('outputsOf', () => {
  it.each([
    ['train --data d --out o --json j --report r', ['o', 'j', 'r']],
    ['evaluate --data d --pack p --report r', ['r']],
    ['enrich --data d --pack p --out o', ['o/catalog.ndjson.gz', 'o/catalog.ndjson']],
    ['pack p --json j', ['j']],
    ['slice --pack p --items i --out o --json j', ['o', 'j']],
  ])('%s', (line, expected) => {
    expect(outputsOf(readArguments(words(line))!)).toEqual(expected);
  });
});
