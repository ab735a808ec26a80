import { describe, expect, it } from 'vitest';
import { say, startStage } from '../../../src/cli/progress.ts';

/** A stage with a clock that the test moves. */
function stage(isTTY: boolean) {
  const written: string[] = [];
  const clock = { now: 1000 };
  const report = startStage(
    'Work',
    { isTTY, write: (text) => written.push(text) },
    () => clock.now,
  );
  const at = (seconds: number, done: number): void => {
    clock.now = 1000 + 1000 * seconds;
    report(done, 100);
  };
  return { written, at };
}

describe('progress', () => {
  it('overwrites a terminal’s line, with share and time left', () => {
    const { at, written } = stage(true);
    at(1, 10);
    at(1.1, 11);
    at(2, 20);
    expect(written).toEqual(['\r\u001b[KWork: 10 %, 9 s left', '\r\u001b[KWork: 20 %, 8 s left']);
    at(10, 100);
    expect(written.at(-1)).toBe('\r\u001b[KWork: 10 s\n');
  });

  it('writes sparse whole lines to a file', () => {
    const { at, written } = stage(false);
    for (let second = 1; second < 40; second++) at(second, second);
    at(40, 100);
    expect(written).toEqual([
      'Work: 10 %, 2 min left\n',
      'Work: 20 %, 80 s left\n',
      'Work: 30 %, 70 s left\n',
      'Work: 40 s\n',
    ]);
  });

  it('ends once, whatever comes after', () => {
    const { at, written } = stage(false);
    at(1, 100);
    at(2, 100);
    at(30, 50);
    expect(written).toEqual(['Work: 1 s\n']);
  });

  it('promises nothing before anything is done', () => {
    const { at, written } = stage(true);
    at(1, 0);
    expect(written).toEqual(['\r\u001b[KWork: 0 %']);
  });

  it('says a line that stays', () => {
    const written: string[] = [];
    say('Mind the gap.', { isTTY: false, write: (text) => written.push(text) });
    say('Mind the gap.', { isTTY: true, write: (text) => written.push(text) });
    expect(written).toEqual(['Mind the gap.\n', '\r\u001b[KMind the gap.\n']);
  });
});
