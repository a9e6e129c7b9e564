/** What the benchmark of detection prints of several months. */
import { jest } from '@jest/globals';
import { printSummary } from '../bench/detection/print.ts';
import { emptyTally } from '../bench/detection/score.ts';

afterEach(() => jest.restoreAllMocks());

/** A month of four cases, of which so many were found. */
const month = (found: number) => ({
  name: String(found),
  labels: 4,
  score: {
    total: { ...emptyTally(), cases: 4, found },
    schemes: new Map(),
    rules: new Map(),
    accusations: { right: 0, wrong: 0 },
    allowed: 0,
    info: 0,
    hiddenBy: new Map(),
    wrongFindings: [],
    missedCases: [],
  },
});

test.each([
  { months: [3, 4, 1, 4], median: '0.875' },
  { months: [4, 1, 3], median: '0.75' },
])('of $months cases found of 4 the median is $median', ({ months, median }) => {
  const lines: string[] = [];
  jest.spyOn(process.stdout, 'write').mockImplementation((line) => {
    lines.push(String(line).trim());
    return true;
  });
  printSummary(months.map(month));
  expect(lines).toContain(`detection.recall_median ${median} of 1`);
  expect(lines).toContain('detection.recall_worst 0.25 of 1');
});
