import { COUNTERFEIT, at, event, fold } from '../../support/timeline.ts';

function noticeBy(source: string | null, day = 5) {
  return event({ at: at(day), text: COUNTERFEIT, source });
}

function holdBy(source: string | null, day = 5) {
  return event({ at: at(day), text: 'Postage due', source });
}

describe('who speaks', () => {
  test.each([
    ['USPS API', 'carrier'],
    ['usps web tools', 'carrier'],
    ['USPS', 'carrier'],
    ['17TRACK', 'relay'],
    ['easypost', 'relay'],
    ['GoShippo', 'relay'],
    ['ship-engine', 'relay'],
    ['shipengine', 'relay'],
    ['Stamps.com', 'relay'],
    ['Endicia', 'relay'],
    ['pitney_bowes', 'relay'],
    ['Amazon', 'relay'],
    ['shopify tracking', 'relay'],
    ['快递100', 'relay'],
    [null, 'relay'],
    [' ', 'relay'],
    ['erp', 'unlisted'],
    ['Mystery Box Ltd', 'unlisted'],
  ])('"%s" is of kind %s', (source, sourceKind) => {
    expect(fold([noticeBy(source)]).notice).toMatchObject({ source, sourceKind });
  });

  test.each([
    'CS agent',
    'user',
    'reddit',
    'Kundennotiz',
    'buyer',
    'forum post',
    '客户',
    '备注',
    '买家留言',
    'USPS customer service',
    'easypost support ticket',
  ])('"%s" is a person, and its words are hearsay', (source) => {
    expect(fold([noticeBy(source), holdBy(source)])).toMatchObject({ notice: null, hold: null, hearsayAt: at(5) });
  });
});

describe('a source in no list', () => {
  test('is heard where nobody else states such a thing', () => {
    expect(fold([noticeBy('erp'), event({ at: at(6), code: '03' })])).toMatchObject({
      notice: { at: at(5), sourceKind: 'unlisted' },
      lastNoticeAt: at(5),
      movedAfterNoticeAt: at(6),
    });
    expect(fold([holdBy('erp')])).toMatchObject({ hold: { sourceKind: 'unlisted' }, firstHoldAt: at(5) });
  });

  test.each(['usps', '17track', null])('is not heard where %s states it, earlier or later', (source) => {
    const digest = fold([
      noticeBy('erp', 4),
      noticeBy(source, 5),
      noticeBy('erp', 8),
      holdBy('erp', 4),
      holdBy(source, 6),
    ]);
    expect(digest).toMatchObject({
      notice: { at: at(5), source },
      lastNoticeAt: at(5),
      hold: { at: at(6), source },
      firstHoldAt: at(6),
    });
  });

  test("a person's words outweigh nobody", () => {
    expect(fold([noticeBy('vendor note', 4), noticeBy('erp', 5)])).toMatchObject({
      notice: { at: at(5), sourceKind: 'unlisted' },
      hearsayAt: at(4),
    });
  });
});
