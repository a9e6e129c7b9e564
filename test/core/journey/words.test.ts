import { at, event, fold } from '../../support/timeline.ts';

function told(text: string, code: string | null = null) {
  return fold([event({ at: at(3), code, text })]);
}

describe('words without a code', () => {
  test.each([
    'USPS picked up item',
    'USPS picked up your item at 1:14 pm on November 3, 2026 in HILO, HI 96720.',
    'Accepted at USPS Origin Facility',
    'Your item has been accepted at 9:00 am in RENO, NV 89501',
    'Your item was accepted at the post office',
    'USPS in possession of item',
    'Processing at USPS Facility',
    'Processed Through Facility',
    'Item has been processed through our facility in CHICAGO, IL',
    'Your item was processed through our RENO NV DISTRIBUTION CENTER facility',
    'Dispatched from USPS International Service Center',
    'Your item departed our USPS facility in SPOKANE WA DISTRIBUTION CENTER on November 3',
    'Your item has left our acceptance facility and is in transit to a sorting facility',
    'Your item arrived at our USPS facility in RENO NV on November 3',
    'Your item arrived at our HONOLULU HI DISTRIBUTION CENTER origin facility. The item is currently in transit to the destination.',
    'Your item arrived at the Post Office at 12:14 am',
    'Arrived at Hub',
    'RENO, NV, Arrived at USPS Regional Facility',
    'Your item is out for delivery on November 3',
    'Your item has been tendered to a military agent',
    'Sorting Complete',
  ])('"%s" is a scan that moves the parcel', (text) => {
    const early = event({ at: at(1), text: 'counterfeit postage' });
    const digest = fold([early, event({ at: at(3), text })]);
    expect(digest).toMatchObject({ firstScan: { at: at(3) }, movedAfterNoticeAt: at(3), delivered: null, unread: 0 });
  });

  test.each([
    'Delivered, Front Door/Porch',
    'Your item was delivered in or at the mailbox at 2:00 pm',
    'Your item has been delivered to an agent',
    'Your item was picked up at a postal facility at 11:27 am',
    'Your item was picked up at the post office',
    'AUSTIN, TX, Delivered, In/At Mailbox',
  ])('"%s" is a delivery', (text) => {
    expect(told(text)).toMatchObject({ delivered: { at: at(3) }, returnedAt: null });
  });

  test.each([
    'Attempted - Notice Left',
    'Delivery Attempted - No Access to Delivery Location',
    'We attempted to deliver your item at 1:00 pm and a notice was left',
    'Vacant',
    'Business Closed',
    'Refused',
    'Your item could not be delivered on November 3',
    'Undeliverable as Addressed',
    'Moved, Left no Address',
    'No Such Number',
    'Your item is being held at the RENO post office. This is at the request of the customer.',
    'Your item arrived at the RENO post office at 9:00 am and is ready for pickup.',
  ])('"%s" is a scan that moves nothing', (text) => {
    const early = event({ at: at(1), text: 'counterfeit postage' });
    const digest = fold([early, event({ at: at(3), text })]);
    expect(digest).toMatchObject({ firstScan: { at: at(3) }, movedAfterNoticeAt: null, delivered: null, unread: 0 });
  });

  test.each([
    'Unclaimed/Being Returned to Sender',
    'Return to Sender Processed',
    'Your item was returned to the sender on November 3',
    'Your item has been delivered to the original sender',
    'Tendered to Returns Agent',
  ])('"%s" is a return', (text) => {
    expect(told(text)).toMatchObject({ returnedAt: at(3), delivered: null, unread: 0 });
  });

  test.each([
    'A shipping label has been prepared for your item. This does not indicate receipt by the USPS.',
    'The U.S. Postal Service was electronically notified by the shipper on November 3 to expect your package',
    'Shipping Label Created, USPS Awaiting Item',
  ])('"%s" is an announcement', (text) => {
    expect(told(text)).toMatchObject({ announcedAt: at(3), firstScan: null, unread: 0 });
  });

  test.each([
    'In Transit to Next Facility',
    'In Transit, Arriving Late',
    'Your package is moving within the USPS network and is on track to be delivered by the expected delivery date.',
    'Your shipment was received at 5:30 pm. The acceptance of your package is pending.',
    'Reminder to Schedule Redelivery of your item',
    'Delivery Exception, Local Weather Delay',
    'Rescheduled to Next Delivery Day',
    'Awaiting Delivery Scan',
  ])('"%s" is understood, and no scan', (text) => {
    expect(told(text)).toMatchObject({ events: 1, unread: 0, firstScan: null, returnedAt: null });
  });

  test('a code whose text was never published leaves it to the words', () => {
    expect(told('Arrived at USPS Facility', 'PC').firstScan).toMatchObject({ at: at(3), code: 'PC' });
  });
});

describe('what nobody can read', () => {
  test.each([
    ['words in no list', null, 'Quantum tunnelling'],
    ['a code in no list', 'ZZ', null],
    ['words in another language', null, '包裹已到达处理中心'],
    ['neither code nor words', null, null],
  ])('%s may be a scan, and is counted', (_story, code, text) => {
    expect(fold([event({ at: at(3), code, text })])).toMatchObject({ events: 1, unread: 1, firstScan: null });
  });

  test('a person may write what he likes', () => {
    expect(fold([event({ at: at(3), text: 'Still waiting!', source: 'buyer' })]).unread).toBe(0);
  });

  test('behind a known code needs no words', () => {
    expect(told('Quantum tunnelling', '03')).toMatchObject({ unread: 0, firstScan: { at: at(3) } });
  });

  test('after a hold it may have lifted it, until the hold is stated again', () => {
    const held = event({ at: at(5), text: 'Postage due' });
    const unread = event({ at: at(6), text: 'Quantum tunnelling' });
    const before = event({ at: at(4), text: 'Quantum tunnelling' });
    expect(fold([held, unread, before])).toMatchObject({ unread: 2, unreadSinceHold: 1, hold: { at: at(5) } });
    expect(fold([held, unread, { ...held, at: at(7) }])).toMatchObject({ unread: 1, unreadSinceHold: 0 });
    expect(fold([held, unread, event({ at: at(7), code: '10' })])).toMatchObject({ unreadSinceHold: 0, hold: null });
  });
});
