/** The share of a vendor's labels that the carrier refused, beside that of the others in the same weeks. */
import fc from 'fast-check';
import { type AnsweredWeek, noticeRates } from '../../../src/core/risk/notices.ts';
import { wilsonInterval } from '../../../src/core/risk/wilson.ts';
import { addDays } from '../../../src/core/units/day.ts';

const week = (vendor: string, weeksAgo: number, answers: number, noticed: number): AnsweredWeek => ({
  vendor,
  week: addDays('2026-11-23', -7 * weeksAgo),
  answers,
  noticed,
});

describe('the rate of notices', () => {
  test('is of the last four weeks where those hold answers enough', () => {
    const rates = noticeRates([week('A', 0, 100, 4), week('A', 3, 120, 1), week('A', 4, 900, 0), week('B', 1, 400, 1)]);
    expect(rates.get('A')).toEqual({
      from: '2026-11-02',
      weeks: 4,
      answers: 220,
      noticed: 5,
      share: 5 / 220,
      shareAtLeast: wilsonInterval({ hits: 5, cases: 220 }).lower,
      peerAnswers: 400,
      peerShare: 1 / 400,
    });
  });

  test('goes back thirteen weeks where they do not, and no further', () => {
    const rates = noticeRates([week('A', 0, 50, 1), week('A', 12, 70, 2), week('A', 13, 1000, 900)]);
    expect(rates.get('A')).toMatchObject({ weeks: 13, answers: 120, noticed: 3, peerAnswers: 0, peerShare: null });
  });

  test('ends with the week of the vendor’s latest label', () => {
    const rates = noticeRates([week('A', 8, 300, 6), week('B', 0, 300, 0), week('B', 9, 10, 5)]);
    expect(rates.get('A')).toMatchObject({ noticed: 6, peerAnswers: 10, peerShare: 0.5 });
    expect(rates.get('B')).toMatchObject({ noticed: 0, peerAnswers: 0 });
  });

  test('knows no share of nothing', () => {
    expect(noticeRates([week('A', 0, 0, 0)]).get('A')).toMatchObject({ share: null, shareAtLeast: 0 });
  });

  test('is the same in any order, and one for each vendor', () => {
    const anyWeek = fc
      .record({ vendor: fc.constantFrom('A', 'B', 'C'), ago: fc.nat(15), answers: fc.nat(400), part: fc.nat(9) })
      .map(({ vendor, ago, answers, part }) => week(vendor, ago, answers, Math.floor((answers * part) / 100)));
    fc.assert(
      fc.property(fc.array(anyWeek), (weeks) => {
        const rates = noticeRates(weeks);
        expect(noticeRates(weeks.toReversed())).toEqual(rates);
        expect([...rates.keys()]).toEqual([...new Set(weeks.map(({ vendor }) => vendor))].toSorted());
        for (const { answers, noticed, shareAtLeast } of rates.values()) {
          expect(noticed).toBeLessThanOrEqual(answers);
          if (answers > 0) expect(shareAtLeast).toBeLessThanOrEqual(noticed / answers + 1e-12);
        }
      }),
    );
  });
});
