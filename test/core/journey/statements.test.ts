/** What is stated against a parcel beside notices and holds: unpaid, scanned twice, seized; by whom, and what takes it back. */
import { isAlarming } from '../../../src/core/journey/digest.ts';
import { at, event, fold } from '../../support/timeline.ts';

const UNPAID = 'Unpaid package: scanned without a payment record';
const PAID = 'Unpaid package: payment received';

function told(text: string, day = 5, over: Partial<Parameters<typeof event>[0]> = {}) {
  return event({ at: at(day), text, ...over });
}

describe('a piece without a payment', () => {
  test.each([
    UNPAID,
    'Unpaid Package',
    'Unpaid mailpiece detected at acceptance',
    'Scanned without payment record, at risk of intercept',
    'No payment record found for this piece',
    'Unpaid package: no payment was received',
    'Unpaid package: payment not received',
    'Unpaid package, not yet paid',
    'Unpaid package: has not been resolved',
    'Unpaid package: it will be held until payment is received',
    'Unpaid package: can be released once the postage was paid',
  ])('"%s" is unpaid', (text) => {
    expect(fold([told(text)])).toMatchObject({ unpaid: { at: at(5), text, sourceKind: 'carrier' }, paidAt: null });
  });

  test.each([
    PAID,
    'Unpaid package was paid',
    'Unpaid package: payment has been posted',
    'Unpaid package: resolved',
    'Unpaid package: resolved. If you have questions, contact your platform',
    'Unpaid package: scanned without a payment record. Payment was received',
    'Postage has been paid',
    'The package is no longer unpaid',
  ])('"%s" says that it was paid', (text) => {
    expect(fold([told(text)])).toMatchObject({ unpaid: null, paidAt: at(5) });
  });

  test.each(['Customs: unpaid package, duties are due', 'Postage paid by the sender', 'The postage was not paid'])(
    '"%s" is neither',
    (text) => {
      expect(fold([told(text)])).toMatchObject({ unpaid: null, paidAt: null });
    },
  );

  test('that was paid is unpaid no more, and it is remembered that it was paid', () => {
    expect(fold([told(UNPAID, 5), told(PAID, 6)])).toMatchObject({ unpaid: null, paidAt: at(6) });
  });

  test('that is unpaid again counts from then', () => {
    expect(fold([told(UNPAID, 4), told(PAID, 5), told(UNPAID, 6), told(UNPAID, 7)])).toMatchObject({
      unpaid: { at: at(6) },
      paidAt: at(5),
    });
  });

  test('said to be both at one instant is paid', () => {
    expect(fold([told(PAID), told(UNPAID)])).toMatchObject({ unpaid: null, paidAt: at(5) });
  });

  test('was scanned where its code says so', () => {
    expect(fold([told(UNPAID, 5, { code: '10', zip: '07102' })])).toMatchObject({
      unpaid: { code: '10' },
      firstScan: { zip: '07102', stage: 'moving' },
    });
  });
});

describe('a number on two pieces', () => {
  test.each([
    ['46', null],
    ['46', 'Duplicate Label ID'],
    [null, 'Duplicate Label ID'],
  ])('code %s and "%s"', (code, text) => {
    const digest = fold([event({ at: at(3), code: '03' }), event({ at: at(5), code, text })]);
    expect(digest).toMatchObject({ duplicate: { at: at(5), code, text }, lastScan: { at: at(3) } });
  });

  test('is stated first at the first of several scans', () => {
    const twice = [event({ at: at(6), code: '46' }), event({ at: at(5), code: '46' })];
    expect(fold(twice).duplicate).toMatchObject({ at: at(5) });
  });
});

describe('whose words count', () => {
  const words = [
    ['unpaid', UNPAID],
    ['duplicate', 'Duplicate Label ID'],
    ['seized', 'Seized by Law Enforcement'],
  ] as const;

  test.each(words)('%s by a person is hearsay', (name, text) => {
    expect(fold([told(text, 5, { source: 'vendor note' })])[name]).toBeNull();
  });

  test.each(words)('%s by an unlisted source is heard where nobody else says so', (name, text) => {
    const digest = fold([told(text, 5, { source: 'erp' }), event({ at: at(6), code: '10' })]);
    expect(digest[name]).toMatchObject({ at: at(5), sourceKind: 'unlisted' });
  });

  test.each(words)('%s by a relay or the carrier outweighs an unlisted source, earlier or later', (name, text) => {
    const unlisted = [told(text, 4, { source: 'erp' }), told(text, 8, { source: 'erp' })];
    expect(fold([...unlisted, told(text, 6, { source: '17track' })])[name]).toMatchObject({ at: at(6) });
    expect(fold([...unlisted, told(text, 6)])[name]).toMatchObject({ at: at(6), sourceKind: 'carrier' });
  });

  test('an unlisted source takes back its own word that the piece is unpaid, never that of the carrier', () => {
    const paid = told(PAID, 6, { source: 'erp' });
    expect(fold([told(UNPAID, 5, { source: 'erp' }), paid])).toMatchObject({ unpaid: null, paidAt: at(6) });
    expect(fold([told(UNPAID, 5), paid])).toMatchObject({ unpaid: { at: at(5) }, paidAt: null });
  });

  test('what an unlisted source saw counts only where the carrier and relays saw nothing', () => {
    const packed = event({ at: at(1), code: '03', city: 'OUR DOCK', zip: '90058', source: 'erp' });
    const accepted = event({ at: at(3), code: '03', city: 'RENO', zip: '89501' });
    expect(fold([packed])).toMatchObject({ firstScan: { at: at(1) }, lastScan: { at: at(1) }, located: 1 });
    expect(fold([packed, accepted])).toMatchObject({ firstScan: { at: at(3) }, lastScan: { at: at(3) }, located: 1 });
    expect(fold([packed]).scanByUnlisted).toBe(true);
    expect(fold([packed, accepted]).scanByUnlisted).toBe(false);
  });

  test('a delivery by an unlisted source counts until the carrier tells its own', () => {
    const claimed = event({ at: at(5), code: '01', zip: '10001', source: 'erp' });
    const accepted = event({ at: at(3), code: '03', zip: '89501' });
    const delivered = event({ at: at(6), code: '01', zip: '78701' });
    expect(fold([accepted, claimed])).toMatchObject({
      delivered: { at: at(5) },
      scanByUnlisted: false,
      deliveredByUnlisted: true,
    });
    expect(fold([claimed])).toMatchObject({ scanByUnlisted: true, deliveredByUnlisted: true });
    expect(fold([claimed, delivered])).toMatchObject({ scanByUnlisted: false, deliveredByUnlisted: false });
    expect(fold([accepted, claimed, delivered]).delivered).toMatchObject({ at: at(6), zip: '78701' });
    expect(fold([accepted, claimed, delivered]).twoDeliveries).toBeNull();
  });
});

describe('what the carrier states of the postage', () => {
  const notice = event({ at: at(5), text: 'counterfeit postage' });
  const held = event({ at: at(5), text: 'Postage Due' });
  const delivered = event({ at: at(6), code: '01' });

  test('no unlisted source takes back by a copy of the number, told or by its id', () => {
    const accepted = event({ at: at(3), code: '03', mailpieceId: 'A' });
    const copied = event({ at: at(6), code: '46', source: 'erp' });
    const another = event({ at: at(6), code: '10', mailpieceId: 'Z', source: 'erp' });
    expect(fold([accepted, notice, copied])).toMatchObject({ notice: { at: at(5) }, duplicate: null });
    expect(fold([accepted, notice, another])).toMatchObject({ mailpieces: 1, pieces: null });
    expect(fold([copied, another])).toMatchObject({ duplicate: { at: at(6) }, mailpieces: 1 });
  });

  test('nor by a detour or an announcement that the carrier does not tell', () => {
    const accepted = event({ at: at(3), code: '03', zip: '89501' });
    const returned = event({ at: at(4), code: '09', text: 'Return to sender', source: 'erp' });
    const created = event({ at: at(2), code: 'GX', text: 'Shipping Label Created', source: 'erp' });
    expect(fold([accepted, returned, delivered])).toMatchObject({
      returnedAt: null,
      divertedAt: null,
      standing: 'delivered',
      delivered: { at: at(6) },
    });
    expect(fold([accepted, created]).announcedAt).toBeNull();
    expect(fold([created, returned])).toMatchObject({ announcedAt: at(2), returnedAt: at(4) });
  });

  test('no unlisted source takes back by a delivery of its own', () => {
    const claimed = { ...delivered, source: 'erp' };
    expect(fold([notice, claimed])).toMatchObject({ movedAfterNoticeAt: null, delivered: null });
    expect(fold([held, claimed])).toMatchObject({ hold: { at: at(5) }, delivered: { at: at(6) } });
    expect(fold([notice, delivered])).toMatchObject({ movedAfterNoticeAt: at(6), delivered: { at: at(6) } });
  });

  test('it may take back what is its own word alone', () => {
    const source = 'erp';
    const claimed = { ...delivered, source };
    expect(fold([{ ...notice, source }, claimed])).toMatchObject({
      movedAfterNoticeAt: at(6),
      delivered: { at: at(6) },
    });
    expect(fold([{ ...held, source }, claimed])).toMatchObject({ hold: null, firstHoldAt: at(5) });
  });
});

describe('who knows the number', () => {
  test.each([
    ['an announcement', event({ at: at(2), code: 'GX' }), at(2)],
    ['a prediction of movement', event({ at: at(2), code: 'TL' }), at(2)],
    ['a relay', event({ at: at(2), code: '03', source: '17track' }), at(2)],
    ['words that nobody can read', event({ at: at(2), text: 'Quantum tunnelling' }), null],
    ['an unlisted source', event({ at: at(2), code: '03', source: 'erp' }), null],
    ['a person', event({ at: at(2), code: '03', source: 'seller' }), null],
  ])('%s', (_story, one, knownAt) => {
    expect(fold([one])).toMatchObject({ knownAt });
  });

  test('a refusal shows that the carrier knows it, no access and not found do not', () => {
    const ask = { source: 'usps', at: at(4) };
    expect(fold([], [{ ...ask, outcome: 'withheld' }]).knownAt).toBe(at(4));
    expect(fold([], [{ ...ask, outcome: 'no_access' }]).knownAt).toBeNull();
    expect(fold([], [{ ...ask, outcome: 'not_found' }]).knownAt).toBeNull();
  });
});

describe('whose answers count', () => {
  test("a person's answer is none", () => {
    const digest = fold([], [{ source: 'vendor', outcome: 'answered', at: at(4) }]);
    expect(digest).toMatchObject({ answeredAt: null, historyAt: null, lastOutcome: null, lastAskedAt: null });
  });

  test('an unlisted source answers, and shows no whole history', () => {
    const digest = fold([], [{ source: 'erp', outcome: 'answered', at: at(4) }]);
    expect(digest).toMatchObject({ answeredAt: at(4), historyAt: null, lastOutcome: 'answered' });
  });

  test('answers before any event are the first that is known', () => {
    const ask = { source: 'usps', outcome: 'answered' as const, at: at(1) };
    expect(fold([event({ at: at(3), code: '03' })], [ask]).firstAt).toBe(at(1));
  });
});

describe('what is worth looking at before the day is over', () => {
  test.each([
    ['a seizure', 'Seized by Law Enforcement', true],
    ['an unpaid piece', UNPAID, true],
    ['one that was paid, for its finding is to be closed', PAID, true],
    ['a number on two pieces', 'Duplicate Label ID', true],
    ['a hold', 'Postage Due', true],
    ['a notice', 'counterfeit postage', true],
    ['a delivery', 'Delivered', false],
    ['words that nobody can read', 'Quantum tunnelling', false],
  ])('%s', (_story, text, alarming) => {
    expect(isAlarming(fold([told(text)]))).toBe(alarming);
  });
});
