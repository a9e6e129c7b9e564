/** Where a parcel stands by the last thing told of it. */
import { COUNTERFEIT, at, event, fold } from '../../support/timeline.ts';

/** The standing after codes and sentences that follow each other day by day. */
function standingAfter(...told: (string | { text: string })[]): string | null {
  const events = told.map((one, index) =>
    event({ at: at(index + 1), ...(typeof one === 'string' ? { code: one } : { text: one.text }) }),
  );
  return fold(events).standing;
}

const HELD = { text: 'Package delayed for postage assessment and held awaiting payment' };

describe('a parcel stands where it was told last', () => {
  test.each([
    ['nothing told', [], null],
    ['a label made', ['GX'], 'announced'],
    ['announced twice', ['GX', 'MA'], 'announced'],
    ['on a SCAN form, not yet seen', ['GX', 'TM'], 'announced'],
    ['with a shipping partner, not yet with the Postal Service', ['80', '81', '82'], 'announced'],
    ['accepted', ['GX', '03'], 'accepted'],
    ['under way', ['GX', '03', '10', 'T1'], 'moving'],
    ['a prediction changes nothing', ['GX', '03', 'TL'], 'accepted'],
    ['on the last mile', ['03', '07', 'OF'], 'out_for_delivery'],
    ['a notice left', ['03', 'OF', '02'], 'stopped'],
    ['a redelivery asked for after it', ['03', 'OF', '02', '74'], 'stopped'],
    ['and tried again', ['03', 'OF', '02', '74', 'OF'], 'out_for_delivery'],
    ['delivered', ['03', 'OF', '01'], 'delivered'],
    ['delivered after a notice left', ['03', '02', 'OF', '01'], 'delivered'],
    ['held for the customer', ['03', '58'], 'held'],
    ['held by customs', ['03', 'HP'], 'held'],
    ['held for its postage', ['03', HELD], 'held'],
    ['let go', ['03', HELD, 'T1'], 'moving'],
    ['forwarded', ['03', '06'], 'forwarded'],
    ['forwarded and delivered there', ['03', '06', 'OF', '01'], 'delivered'],
    ['withheld', ['03', { text: COUNTERFEIT }], 'withheld'],
    ['withheld, then delivered all the same', ['03', { text: COUNTERFEIT }, '01'], 'delivered'],
    ['seized', ['03', '11'], 'seized'],
    ['scanned without a payment, which says nothing of where it is', ['03', { text: 'Unpaid package' }], 'accepted'],
    ['scanned twice, likewise', ['03', '46'], 'accepted'],
    ['words that nobody can read, likewise', ['03', { text: 'Quantum tunnelling' }], 'accepted'],
  ])('%s', (_story, told, standing) => {
    expect(standingAfter(...told)).toBe(standing);
  });

  test('a manifest that comes after the scan takes nothing back', () => {
    expect(standingAfter('03', 'GX')).toBe('accepted');
    expect(standingAfter('03', 'TM')).toBe('accepted');
  });
});

describe('what is on its way back stays so', () => {
  test.each([
    ['scanned on the way', ['03', '09', '10', 'T1']],
    ['a delivery tried at its sender', ['03', '09', 'OF', '02']],
    ['held for its sender to collect', ['03', '09', '14']],
    ['home again', ['03', '09', '10', '14', 'OF', '01']],
    ['held for postage, and scanned again', ['03', '09', HELD, '10']],
    ['forwarded to where its sender has moved', ['03', '09', '06', '01']],
  ])('%s', (_story, told) => {
    expect(standingAfter(...told)).toBe('returned');
  });

  test('unless it is withheld or seized', () => {
    expect(standingAfter('03', '09', { text: COUNTERFEIT })).toBe('withheld');
    expect(standingAfter('03', '09', '11')).toBe('seized');
  });

  test('a delivery before the return stands, and the return is told last', () => {
    const told = [event({ at: at(2), code: '01' }), event({ at: at(5), code: '28' })];
    expect(fold(told)).toMatchObject({ standing: 'returned', delivered: { at: at(2) } });
  });
});

test('of several things at one instant the one that weighs most is told last', () => {
  const together = ['01', 'OF', '03', 'GX', '07'].map((code) => event({ at: at(3), code }));
  expect(fold(together).standing).toBe('delivered');
  expect(fold([...together, event({ at: at(3), text: COUNTERFEIT })]).standing).toBe('withheld');
});
