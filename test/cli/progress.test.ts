import { Progress } from '../../src/cli/progress.ts';

function recorder(isTTY: boolean): { isTTY: boolean; text: string; write(text: string): void } {
  return {
    isTTY,
    text: '',
    write(text) {
      this.text += text;
    },
  };
}

describe('progress of a long command', () => {
  test('a terminal sees one bar that is redrawn, then what came of the step', () => {
    let now = 0;
    const stream = recorder(true);
    const progress = new Progress(stream, () => now);
    progress.start('Judging');
    now = 200;
    progress.update(50, 100);
    progress.end('100 parcels');
    expect(stream.text).toContain('50 %');
    expect(stream.text.split('\n')).toHaveLength(2);
    expect(stream.text.endsWith('Judging: 100 parcels\n')).toBe(true);
  });

  test('a log sees one plain line a step, without control characters', () => {
    const stream = recorder(false);
    const progress = new Progress(stream, () => 0);
    progress.start('Reading labels.csv');
    progress.update(1, 2);
    progress.end('300 rows');
    expect(stream.text).toBe('Reading labels.csv: 300 rows\n');
  });

  test('a log hears that a slow step goes on', () => {
    let now = 0;
    const stream = recorder(false);
    const progress = new Progress(stream, () => now);
    progress.start('Judging');
    now = 16_000;
    progress.update(3, 4);
    expect(stream.text).toBe('Judging ... 75 %\n');
  });
});
