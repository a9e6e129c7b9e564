/** Prints scores: one line a measurement, then tables by scheme and rule, and what cannot be seen with why. */
import { median, print } from '../measure.ts';
import { type Score, type Tally, emptyTally, f1Of, precisionOf, recallOf, recallOfSchemes } from './score.ts';
import { HIDDEN, type Hidden } from './scheme.ts';

/** A month's score, under the seed or the folder it came from. */
export interface Scored {
  name: string;
  labels: number;
  score: Score;
}

/** Figures of one month on one line. */
export function printMonth({ name, labels, score }: Scored): void {
  const { total, accusations } = score;
  const figures = [
    `labels ${labels}`,
    `recall ${rate(recallOf(total))} (${total.found}/${total.cases})`,
    `by scheme ${rate(recallOfSchemes(score.schemes))}`,
    `precision ${rate(precisionOf(total))} (${total.wrong} wrong)`,
    `accusations wrong ${accusations.wrong}/${accusations.right + accusations.wrong}`,
    `money ${rate(share(total.foundMills, total.stolenMills))}`,
    `told of honest stories ${score.allowed}`,
    `info ${score.info}`,
  ];
  process.stdout.write(`${name}: ${figures.join(', ')}\n`);
}

/** The measurements over all months, the worst of each printed first. */
export function printSummary(months: readonly Scored[]): void {
  const measures: readonly [string, (score: Score) => number][] = [
    ['recall', ({ total }) => recallOf(total)],
    ['recall_by_scheme', ({ schemes }) => recallOfSchemes(schemes)],
    ['precision', ({ total }) => precisionOf(total)],
    ['f1', ({ total }) => f1Of(total)],
    ['accusation_precision', ({ accusations }) => precisionOf(accusations)],
    ['money_found_of_stolen', ({ total }) => share(total.foundMills, total.stolenMills)],
  ];
  for (const [name, measure] of measures) {
    const values = months.map(({ score }) => measure(score)).toSorted((a, b) => a - b);
    print(`detection.${name}_worst`, values[0] ?? 0, 'of 1');
    print(`detection.${name}_median`, median(values), 'of 1');
  }
}

/** Schemes and rules over all months, with the worst month of each. */
export function printTables(months: readonly Scored[]): void {
  table('scheme', months, ({ schemes }) => schemes);
  table('rule', months, ({ rules }) => rules);
  process.stdout.write('\ncannot be seen | cases | found all the same | why\n');
  const whys = new Map<string, { cases: number; found: number }>();
  for (const { score } of months) {
    for (const [why, { cases, found }] of score.hiddenBy) {
      const sum = whys.get(why) ?? { cases: 0, found: 0 };
      whys.set(why, { cases: sum.cases + cases, found: sum.found + found });
    }
  }
  for (const [why, { cases, found }] of [...whys].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    process.stdout.write(`${why} | ${cases} | ${found} | ${HIDDEN[why as Hidden] ?? ''}\n`);
  }
}

function table(what: string, months: readonly Scored[], of: (score: Score) => ReadonlyMap<string, Tally>): void {
  process.stdout.write(
    `\n${what} | cases | recall | worst recall | precision | F1 | wrong | unseen cases | found | money found of stolen\n`,
  );
  const names = [...new Set(months.flatMap(({ score }) => [...of(score).keys()]))].toSorted();
  for (const name of names) {
    const tallies = months.map(({ score }) => of(score).get(name)).filter((tally) => tally !== undefined);
    const sum = tallies.reduce(added, emptyTally());
    const worst = Math.min(...tallies.map(recallOf));
    const money = `${dollars(sum.foundMills)} of ${dollars(sum.stolenMills)}`;
    const cells = [
      name,
      sum.cases,
      sum.cases > 0 ? rate(recallOf(sum)) : '-',
      sum.cases > 0 ? rate(worst) : '-',
      rate(precisionOf(sum)),
      sum.cases > 0 ? rate(f1Of(sum)) : '-',
      sum.wrong,
      sum.hiddenCases,
      sum.hiddenFound,
      money,
    ];
    process.stdout.write(`${cells.join(' | ')}\n`);
  }
}

function added(a: Tally, b: Tally): Tally {
  const keys = Object.keys(a) as (keyof Tally)[];
  return Object.fromEntries(keys.map((key) => [key, a[key] + b[key]])) as unknown as Tally;
}

/** What was missed and what was said wrongly, a line each, the commonest first. */
export function printFaults({ score }: Scored, most: number): void {
  const wrong = score.wrongFindings.map(
    ({ finding, story }) =>
      `wrong ${finding.rule} ${finding.severity} ${finding.attribution} on ${story === '' ? 'a plain label' : story}|${finding.trackingNumber}`,
  );
  const missed = score.missedCases.map(
    ({ story, rules, number, vendor }) => `missed ${story} by ${rules.join('/')}|${number || vendor}`,
  );
  const groups = new Map<string, string[]>();
  for (const line of [...wrong, ...missed]) {
    const [kind = '', example = ''] = line.split('|');
    groups.set(kind, [...(groups.get(kind) ?? []), example]);
  }
  const sorted = [...groups].toSorted(([, a], [, b]) => b.length - a.length);
  for (const [kind, examples] of sorted.slice(0, most)) {
    process.stdout.write(`  ${examples.length} ${kind}: ${examples.slice(0, 3).join(', ')}\n`);
  }
}

const rate = (value: number): string => value.toFixed(4);
const share = (part: number, whole: number): number => (whole === 0 ? 1 : part / whole);
const dollars = (mills: number): string => `$${Math.round(mills / 1000)}`;
