import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Job, readArguments } from '../../../src/cli/arguments.ts';
import { runJob } from '../../../src/cli/run-job.ts';
import { testFolder, writeData } from './data-folder.ts';

describe('a job', () => {
  it.each(['json', 'report'])('tells before the work that --%s is a folder', async (name) => {
    const folder = testFolder();
    const data = writeData(join(folder, 'data'), { catalog: [{ id: 'a', title: 'Lamp' }] });
    const out = join(folder, 'pack');
    const words = ['train', '--data', data, '--out', out, `--${name}`, folder];
    const { isDone, text } = await runJob(readArguments(words) as Job);
    expect(isDone).toBe(false);
    expect(text).toContain(`--${name}: ${folder} is a folder, expected the name of a file`);
    expect(existsSync(out)).toBe(false);
  });

  it('ends in one line on bad input, with the code', async () => {
    const words = ['judge', '--log', '/nowhere', '--policy', 'greedy'];
    const { isDone, text } = await runJob(readArguments(words) as Job);
    expect(isDone).toBe(false);
    expect(text).toMatch(/^DATA_INVALID: [^\n]*there is no such file or folder$/u);
  });
});
