import { COUNTERFEIT, at, event, fold } from '../../support/timeline.ts';

const accepted = event({ at: at(3), code: '03' });
const notice = event({ at: at(5), code: '150012', text: COUNTERFEIT });
const held = event({ at: at(5), text: 'Package delayed for postage assessment and held awaiting payment' });

describe('what acquits after a notice and lifts a hold', () => {
  test.each([
    ['acceptance', '03', null],
    ['arrival', 'A1', null],
    ['departure', 'T1', null],
    ['out for delivery', 'OF', null],
    ['delivery', '01', 'Delivered, In/At Mailbox'],
    ['departure in words', null, 'Your item departed our USPS facility in RENO NV DISTRIBUTION CENTER'],
  ])('%s is movement', (_story, code, text) => {
    const scan = event({ at: at(6), code, text });
    expect(fold([accepted, notice, scan]).movedAfterNoticeAt).toBe(at(6));
    expect(fold([accepted, held, scan])).toMatchObject({ hold: null, firstHoldAt: at(5) });
  });

  test.each([
    ['a notice left', '02', null],
    ['a refusal', '04', null],
    ['an undeliverable parcel', '05', null],
    ['available for pickup', '14', null],
    ['held at the post office for the customer', '58', null],
    ['an address that does not exist', '23', null],
    ['visible damage', '12', null],
    ['a notice left, in words', null, 'Attempted - Notice Left'],
    ['a refusal in words', null, 'Your item was refused by the addressee at 9:00 am'],
    ['a prediction', 'TL', 'In Transit to Next Facility'],
    ['forwarding', '06', null],
  ])('%s is none', (_story, code, text) => {
    const seen = event({ at: at(6), code, text });
    expect(fold([accepted, notice, seen]).movedAfterNoticeAt).toBeNull();
    expect(fold([accepted, held, seen]).hold).toMatchObject({ at: at(5) });
  });

  test.each([
    ['by code', '09', null],
    ['by another code', '28', null],
    ['processed', '29', null],
    ['after the time to collect it', '27', 'Unclaimed/Being Returned to Sender'],
    ['behind a code that is silent', 'NT', 'Return to Sender Processed'],
    ['in words behind the code of a refusal', '04', 'Your item was refused and is being returned to the sender'],
    ['to the one who mailed it', '01', 'Delivered, To Original Sender'],
  ])('a return %s ends a hold, and acquits nobody', (_story, code, text) => {
    const back = event({ at: at(6), code, text });
    const scan = event({ at: at(7), code: '10' });
    const home = event({ at: at(9), code: '01', text: 'Delivered, Left with Individual' });
    expect(fold([accepted, notice, back, scan, home])).toMatchObject({
      returnedAt: at(6),
      movedAfterNoticeAt: null,
      delivered: null,
      lastScan: { at: at(9) },
    });
    expect(fold([accepted, held, back])).toMatchObject({ hold: null, firstHoldAt: at(5) });
  });

  test('a delivery before the return stands', () => {
    expect(fold([accepted, event({ at: at(4), code: '01' }), event({ at: at(6), code: '09' })])).toMatchObject({
      delivered: { at: at(4) },
      returnedAt: at(6),
    });
  });
});

describe('a hold that speaks of a return', () => {
  test.each([
    'Postage due. The item will be returned to sender if postage is not paid',
    'Held, awaiting payment: may be returned to the sender after 10 days',
    'Insufficient postage; to be returned if not paid',
    'Your item is being held at the post office, postage due; it will be returned to sender on November 20',
  ])('to come is a hold: "%s"', (text) => {
    expect(fold([accepted, event({ at: at(5), text })])).toMatchObject({ hold: { at: at(5) }, returnedAt: null });
  });

  test.each([
    [null, 'Returned to sender: postage due'],
    [null, 'Insufficient postage, item has been returned'],
    ['10', 'The item is being returned to the sender for insufficient postage'],
    ['09', 'Postage due. The item will be returned to sender if postage is not paid'],
  ])('under way is none: code %s, "%s"', (code, text) => {
    expect(fold([accepted, event({ at: at(5), code, text })])).toMatchObject({ hold: null, returnedAt: at(5) });
  });
});
