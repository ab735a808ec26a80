import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { draftOf, finishDraft, sweepDrafts, writeWhole } from '../../../src/cli/drafts.ts';
import { testFolder } from './data-folder.ts';

/** The id of a process that has ended. */
function deadPid(): number {
  return spawnSync(process.execPath, ['-e', '']).pid;
}

/** A folder with one file that tells which it is. */
function folderWith(path: string, content: string): string {
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, 'x'), content);
  return path;
}

const contentOf = (folder: string): string => readFileSync(join(folder, 'x'), 'utf8');

describe('drafts', () => {
  it('writes a file whole, makes the folders above, and leaves nothing else', () => {
    const dir = testFolder();
    const file = join(dir, 'a', 'b', 'out.json');
    writeWhole(file, 'one');
    writeWhole(file, 'two');
    expect(readFileSync(file, 'utf8')).toBe('two');
    expect(readdirSync(join(dir, 'a', 'b'))).toEqual(['out.json']);
  });

  it('keeps the earlier file when writing fails', () => {
    const dir = testFolder();
    const file = join(dir, 'out.json');
    writeWhole(file, 'one');
    // A folder cannot be written to as a file.
    mkdirSync(join(dir, 'taken'));
    expect(() => writeWhole(join(dir, 'taken'), 'two')).toThrow('EISDIR');
    expect(readFileSync(file, 'utf8')).toBe('one');
    expect(readdirSync(dir).sort()).toEqual(['out.json', 'taken']);
  });

  it('replaces a folder, and brings the old one back when it was stopped between', () => {
    const dir = testFolder();
    const place = folderWith(join(dir, 'pack'), 'old');
    folderWith(draftOf(place), 'new');
    finishDraft(place);
    expect(contentOf(place)).toBe('new');
    // As a process leaves it that was killed between the two moves.
    const pid = deadPid();
    folderWith(join(dir, `.gone.${pid}.old`), 'old');
    folderWith(join(dir, `.gone.${pid}.part`), 'new');
    sweepDrafts(join(dir, 'gone'));
    expect(contentOf(join(dir, 'gone'))).toBe('old');
    expect(readdirSync(dir).sort()).toEqual(['gone', 'pack']);
  });

  it('removes what was moved aside once its successor stands', () => {
    const dir = testFolder();
    const place = folderWith(join(dir, 'pack'), 'new');
    folderWith(join(dir, `.pack.${deadPid()}.old`), 'old');
    sweepDrafts(place);
    expect(contentOf(place)).toBe('new');
    expect(readdirSync(dir)).toEqual(['pack']);
  });

  it('removes drafts of processes that are gone, and no one else’s', () => {
    const dir = testFolder();
    const place = join(dir, 'pack');
    // The parent of this process is running.
    const alive = folderWith(join(dir, `.pack.${process.ppid}.part`), 'busy');
    folderWith(join(dir, `.pack.${deadPid()}.part`), 'stale');
    folderWith(join(dir, `.packs.${deadPid()}.part`), 'of another output');
    folderWith(join(dir, '.pack.mine.part'), 'no draft');
    folderWith(draftOf(place), 'own');
    sweepDrafts(place);
    expect(existsSync(alive)).toBe(true);
    expect(readdirSync(dir)).toHaveLength(3);
    expect(readdirSync(dir).filter((name) => name.startsWith('.pack.'))).toHaveLength(2);
  });

  it('has nothing to sweep where there is no folder', () => {
    const missing = join(testFolder(), 'no', 'pack');
    sweepDrafts(missing);
    expect(existsSync(missing)).toBe(false);
  });
});
