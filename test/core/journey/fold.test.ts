import { array, assert, constantFrom, integer, property, record, shuffledSubarray } from 'fast-check';
import type { Asked } from '../../../src/core/journey/event.ts';
import { type StoredDigest, encodeDigest, fillDigest } from '../../../src/core/journey/stored-digest.ts';
import { COUNTERFEIT, asked, at, event, fold } from '../../support/timeline.ts';

const announced = event({ at: at(2), code: 'GX', text: 'Shipping Label Created, USPS Awaiting Item' });
const accepted = event({ at: at(3), code: '03', text: 'USPS in possession of item', city: 'RENO', zip: '89501' });
const arrived = event({ at: at(4), code: '10', text: 'Arrived at USPS Regional Origin Facility' });
const delivered = event({ at: at(6), code: '01', text: 'Delivered, Front Door/Porch', city: 'AUSTIN', zip: '78701' });
const held = event({ at: at(5), text: 'Package delayed for postage assessment and held, awaiting payment' });
const refused = event({ at: at(5), code: '150012', text: COUNTERFEIT });

describe('an ordinary journey', () => {
  test('is announced, scanned and delivered', () => {
    expect(fold([announced, accepted, arrived, delivered])).toMatchObject({
      events: 4,
      announcedAt: at(2),
      firstScan: { at: at(3), code: '03', city: 'RENO', zip: '89501' },
      lastScan: { at: at(6), code: '01' },
      delivered: { at: at(6), zip: '78701' },
      latestAt: at(6),
      notice: null,
      hold: null,
      answeredAt: null,
    });
  });

  test('without any event is empty', () => {
    expect(fold([])).toMatchObject({ events: 0, latestAt: null, firstScan: null, lastOutcome: null, mailpieces: 0 });
  });

  test('a manifest that comes after the acceptance scan is still an announcement', () => {
    const late = { ...announced, at: at(3, 20) };
    expect(fold([accepted, late])).toMatchObject({ announcedAt: at(3, 20), firstScan: { at: at(3) } });
  });

  test.each([
    ['an announcement', 'GX', null],
    ['pre-shipment information', 'MA', null],
    ['a receipt of a SCAN form', 'TM', 'Shipment Received, Package Acceptance Pending'],
    ['a shipping partner', '80', 'Picked Up by Shipping Partner, USPS Awaiting Item'],
    ['acceptance at destination by a partner', '84', null],
    ['a prediction of movement', 'TL', 'In Transit to Next Facility'],
    ['words of a partner without a code', null, 'Arrived Shipping Partner Facility, USPS Awaiting Item'],
    ['words of an announcement without a code', null, 'Shipping Label Created, USPS Awaiting Item'],
    ['an unknown code and unknown words', 'ZZ', 'Quantum tunnelling'],
  ])('%s is no physical scan', (_story, code, text) => {
    expect(fold([event({ at: at(3), code, text })]).firstScan).toBeNull();
  });

  test.each([
    ['acceptance', 'USPS in possession of item'],
    ['arrival', 'Arrived at USPS Regional Facility'],
    ['departure', 'Departed Post Office'],
    ['out for delivery', 'Out for Delivery, Expected Delivery by 9:00pm'],
    ['delivery', 'Your item was delivered to the front desk'],
    ['a notice left', 'Notice Left (No Authorized Recipient Available)'],
    ['markup in the words', 'Arrived at<BR>USPS&nbsp;Facility'],
  ])('words alone tell %s', (_story, text) => {
    expect(fold([event({ at: at(3), text })]).firstScan).not.toBeNull();
  });

  test.each(['3', '03', ' 03 '])('code "%s" is acceptance', (code) => {
    expect(fold([event({ at: at(3), code })]).firstScan).not.toBeNull();
  });

  test('partner, return and two mailpieces are noticed', () => {
    const partner = event({ at: at(2), code: '81', mailpieceId: 'A' });
    const back = event({ at: at(7), code: '09', mailpieceId: 'B' });
    expect(fold([partner, accepted, back])).toMatchObject({ inductedAt: at(2), returnedAt: at(7), mailpieces: 2 });
  });
});

describe('counterfeit postage', () => {
  test.each([
    ['the refusal with its code', refused.code, refused.text],
    ['the code alone', '150012', null],
    ['the older error id', '-2147219278', null],
    ['its sentence alone', null, COUNTERFEIT],
    ['counterfeit in a status', null, 'Seized/Counterfeit Postage'],
    ['postage that was not proper', null, 'The package did not have proper postage applied and will not be delivered'],
    ['the sentence behind a movement code', '10', COUNTERFEIT],
  ])('%s is a notice and no scan', (_story, code, text) => {
    const digest = fold([announced, event({ at: at(5), code, text })]);
    expect(digest.notice).toMatchObject({ at: at(5), code, text, source: 'usps', sourceKind: 'carrier' });
    expect(digest.firstScan).toBeNull();
  });

  test('a notice, then delivered all the same', () => {
    expect(fold([accepted, refused, delivered])).toMatchObject({
      notice: { at: at(5) },
      lastNoticeAt: at(5),
      movedAfterNoticeAt: at(6),
      delivered: { at: at(6) },
    });
  });

  test('movement between two notices is not movement after the last', () => {
    const again = { ...refused, at: at(8) };
    expect(fold([refused, delivered, again])).toMatchObject({
      notice: { at: at(5) },
      lastNoticeAt: at(8),
      movedAfterNoticeAt: null,
    });
  });

  test.each(['vendor', 'Vendor note', 'customer_comment', 'seller', 'support ticket', 'manual', '客服备注'])(
    'the same words from "%s" are hearsay',
    (source) => {
      const digest = fold([{ ...refused, code: null, source }]);
      expect(digest).toMatchObject({ notice: null, hearsayAt: at(5) });
    },
  );

  test.each([
    ['17track', 'relay'],
    ['CheapShip tracker', 'relay'],
    ['vendor tracking api', 'relay'],
    [null, 'relay'],
    ['USPS', 'carrier'],
    ['usps.com', 'carrier'],
    ['USPS via 17TRACK', 'relay'],
  ])('from %s the words count, and who said them is kept: %s', (source, sourceKind) => {
    expect(fold([{ ...refused, source }]).notice).toMatchObject({ source, sourceKind });
  });

  test('what a person says moves no parcel', () => {
    const claimed = { ...delivered, source: 'vendor note' };
    expect(fold([held, claimed])).toMatchObject({ delivered: null, firstScan: null, hold: { at: at(5) } });
  });

  test('a denial is no notice', () => {
    expect(fold([event({ at: at(5), text: 'Reviewed: no counterfeit postage was found' })]).notice).toBeNull();
  });
});

describe('held for postage', () => {
  test.each([
    'Package delayed for postage assessment and held awaiting payment',
    'Held, Awaiting Payment',
    'Postage Due',
    'Insufficient Postage',
    'Item short-paid',
  ])('"%s" is a hold', (text) => {
    expect(fold([accepted, event({ at: at(5), text })])).toMatchObject({
      hold: { text },
      firstHoldAt: at(5),
      notice: null,
    });
  });

  test('a hold that movement has followed is lifted, and remembered', () => {
    expect(fold([accepted, held, delivered])).toMatchObject({ hold: null, firstHoldAt: at(5) });
  });

  test('a second hold counts from its own first statement', () => {
    const again = { ...held, at: at(8) };
    const still = { ...held, at: at(9) };
    expect(fold([held, delivered, again, still])).toMatchObject({ hold: { at: at(8) }, firstHoldAt: at(5) });
  });

  test('a scan at the very instant of the hold does not lift it', () => {
    expect(fold([held, { ...arrived, at: held.at }]).hold).toMatchObject({ at: at(5) });
  });

  test.each([
    ['payment of customs', 'HP', 'Held for payment'],
    ['payment of customs in words', 'HP', 'Held, awaiting payment'],
    ['customs without a code', null, 'Held in customs, awaiting payment of duties'],
    ['a customer who asked for it', '58', 'Held at Post Office, At Customer Request'],
    ['pickup', '14', 'Available for Pickup'],
    ['a return for want of postage', '09', 'Return to sender, insufficient postage'],
    ['a return in words', null, 'Returned to sender: postage due'],
  ])('a hold for %s is none for postage', (_story, code, text) => {
    expect(fold([event({ at: at(5), code, text })])).toMatchObject({ hold: null, firstHoldAt: null });
  });

  test.each([
    ['11', 'Seized by law enforcement'],
    [null, 'Seized by Law Enforcement'],
  ])('code %s and "%s" are a seizure', (code, text) => {
    expect(fold([event({ at: at(5), code, text })])).toMatchObject({ seized: { at: at(5) }, notice: null });
  });
});

describe('whom was asked, and what came back', () => {
  test('outcomes without events are kept apart from events', () => {
    const digest = fold([], [asked('not_found', at(3)), asked('no_access', at(4))]);
    expect(digest).toMatchObject({ events: 0, lastOutcome: 'no_access', lastAskedAt: at(4), answeredAt: null });
    expect(digest.latestAt).toBe(at(4));
  });

  test('only an outcome that was stated is an answer: events that were read later prove themselves', () => {
    const read = { ...accepted, retrievedAt: at(7) };
    const digest = fold([read], [asked('answered', at(5)), asked('error', at(6))]);
    expect(digest).toMatchObject({ answeredAt: at(5), lastAskedAt: at(6), lastOutcome: 'error', latestAt: at(7) });
  });

  test('a source without access has not answered, whatever events the file holds', () => {
    const read = { ...announced, retrievedAt: at(7) };
    expect(fold([read], [asked('no_access', at(7))])).toMatchObject({ answeredAt: null, lastOutcome: 'no_access' });
    expect(fold([read])).toMatchObject({ answeredAt: null, lastOutcome: null, lastAskedAt: null });
  });

  test('a refusal is no answer', () => {
    const read = { ...refused, retrievedAt: at(7) };
    expect(fold([read], [asked('withheld', at(7))])).toMatchObject({ answeredAt: null, lastOutcome: 'withheld' });
  });

  test('events without a time of reading say nothing about an answer', () => {
    expect(fold([accepted])).toMatchObject({ answeredAt: null, lastOutcome: null });
  });
});

describe('order and repetition', () => {
  const anyEvent = record({
    at: integer({ min: 1, max: 6 }).map((day) => at(day)),
    code: constantFrom(null, '01', '03', '09', '10', '11', '46', '80', '150012', 'GX', 'HP', 'TL', 'ZZ'),
    text: constantFrom(
      null,
      COUNTERFEIT,
      held.text,
      'Delivered',
      'Departed Post Office',
      'Seized by law enforcement',
      'Notice Left',
      'Being returned to sender',
      'Quantum tunnelling',
    ),
    city: constantFrom(null, 'RENO', 'AUSTIN'),
    source: constantFrom(null, 'usps', '17track', 'vendor note', 'erp'),
    retrievedAt: constantFrom(null, at(5), at(7)),
    mailpieceId: constantFrom(null, 'A', 'B'),
  }).map(event);
  const anyAsked = record<Asked>({
    source: constantFrom(null, 'usps', '17track'),
    outcome: constantFrom('answered', 'not_found', 'no_access', 'withheld', 'error'),
    at: integer({ min: 1, max: 4 }).map((day) => at(day)),
  });

  test('any permutation and repetition of a timeline gives the same digest, and so does storing it', () => {
    const timelines = array(anyEvent, { maxLength: 12 }).chain((events) =>
      record({
        events: constantFrom(events),
        shuffled: shuffledSubarray([...events, ...events], { minLength: events.length * 2 }),
      }),
    );
    const questions = array(anyAsked, { maxLength: 5 });
    assert(
      property(timelines, questions, ({ events, shuffled }, asks) => {
        const digest = fold(events, asks);
        expect(fold(shuffled, [...asks, ...asks].toReversed())).toEqual(digest);
        expect(fillDigest(JSON.parse(encodeDigest(digest)) as StoredDigest)).toEqual(digest);
        expect(encodeDigest(digest)).not.toContain('null');
      }),
      { numRuns: 500 },
    );
  });
});
