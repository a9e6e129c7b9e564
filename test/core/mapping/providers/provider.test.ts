/** Whose words they are, what errors mean, and where a place's clocks are. */
import { Classifier } from '../../../../src/core/journey/classify.ts';
import { Speakers } from '../../../../src/core/journey/speaker.ts';
import { NOWHERE, placeIn, placeOf, zoneOf } from '../../../../src/core/mapping/providers/place.ts';
import { PROVIDERS, SOURCE_NAMES } from '../../../../src/core/mapping/providers/provider.ts';
import { PAID_TEXT, UNPAID_TEXT } from '../../../../src/core/mapping/providers/unpaid-notice.ts';
import { localTimeOf, spokenIn } from '../../../../src/core/mapping/providers/written-time.ts';
import { NUMBER, published } from '../../../support/provider-payload.ts';
import { readUspsAnswer } from '../../../../src/core/mapping/providers/usps-tracking.ts';
import { readUspsPush } from '../../../../src/core/mapping/providers/usps-push.ts';

const speakers = new Speakers(published.codes.sources);
const classifier = new Classifier(published.codes);

describe('a source', () => {
  test.each([SOURCE_NAMES.asked.usps, SOURCE_NAMES.pushed.usps, SOURCE_NAMES.page])('%s is the carrier', (name) =>
    expect(speakers.kindOf(name)).toBe('carrier'),
  );

  test.each([SOURCE_NAMES.asked['17track'], SOURCE_NAMES.pushed.easypost, SOURCE_NAMES.pushed.shippo])(
    '%s passes on what the carrier said',
    (name) => expect(speakers.kindOf(name)).toBe('relay'),
  );

  test('is named for every provider that pushes', () =>
    expect(Object.keys(SOURCE_NAMES.pushed).sort()).toEqual([...PROVIDERS].sort()));
});

test.each([UNPAID_TEXT, PAID_TEXT])('"%s" is understood, and no scan', (text) => {
  expect(classifier.meaningOf({ code: null, text })).toMatchObject({ read: true, physical: false, notice: false });
});

describe('an error of USPS', () => {
  const refused = (status: number, error: unknown) =>
    readUspsAnswer(NUMBER, { status, body: JSON.stringify({ apiVersion: '/tracking/v3', error }) }, published);
  const outcome = (status: number, error: unknown) => {
    const read = refused(status, error);
    return read.ok ? read.value.outcome : 'problem';
  };

  test.each([
    ['150001', 'not_found'],
    ['150004', 'not_found'],
    ['150010', 'not_found'],
    ['150011', 'error'],
    ['150012', 'withheld'],
    [150012, 'withheld'],
    ['-2147219283', 'not_found'],
    ['pre-ship', 'not_found'],
    ['150099', 'problem'],
  ])('%s means %s', (code, expected) => {
    expect(outcome(400, { code, message: 'x', errors: [] })).toBe(expected);
    expect(outcome(400, { code: '400', message: 'x', errors: [{ status: '400', code }] })).toBe(expected);
  });

  test('that accuses in words withholds, whatever its code', () => {
    const message = 'This package was shipped with counterfeit postage.';
    expect(refused(400, { code: '150099', message })).toMatchObject({
      ok: true,
      value: { outcome: 'withheld', events: [{ at: null, code: '150099', text: message }] },
    });
    expect(refused(400, { code: '400', message })).toMatchObject({ value: { events: [{ code: null }] } });
  });

  test.each([
    [401, { code: '401', message: '', errors: [] }, 'no_access'],
    [401, { code: '401', message: 'The client application identifier is invalid.', errors: [] }, 'no_access'],
    [401, { code: '401', message: 'Access token has expired', errors: [] }, 'problem'],
    [403, { code: '403', message: 'An IP Agreement is required.', errors: [] }, 'no_access'],
    [400, { code: '400', message: 'MID is not authorized for this application', errors: 'none' }, 'no_access'],
    [404, { code: '404', message: 'Not found' }, 'problem'],
    [429, { code: '150012', message: 'fraudulent postage' }, 'problem'],
    [503, { code: '503', message: '' }, 'problem'],
  ])('with status %s: %j is %s', (status, error, expected) => expect(outcome(status, error)).toBe(expected));

  test('tells what came', () => {
    expect(refused(400, { code: '150099', message: 'Who knows' })).toEqual({
      ok: false,
      problems: [{ field: 'error', message: expect.stringContaining('answered 400'), value: '150099, Who knows' }],
    });
    expect(readUspsAnswer(NUMBER, { status: 403, body: '<html>Access Denied</html>' }, published)).toMatchObject({
      ok: false,
      problems: [{ field: 'status', value: 'Access Denied' }],
    });
    expect(readUspsAnswer(NUMBER, { status: 200, body: '' }, published)).toMatchObject({
      ok: false,
      problems: [{ message: 'USPS sent nothing' }],
    });
  });
});

describe('an answer with events', () => {
  const event = { eventType: 'Accepted', eventCode: '03', eventTimestamp: '2026-11-03T11:10:00' };
  const answer = (details: object) => {
    const read = readUspsAnswer(NUMBER, { status: 200, body: JSON.stringify(details) }, published);
    if (!read.ok) throw new Error(JSON.stringify(read.problems));
    return read.value;
  };

  test.each([
    ['2026-11-03T16:10:31Z', null, '2026-11-03T16:10:31Z'],
    ['2026-11-03T16:10:31', null, '2026-11-03T16:10:31Z'],
    [null, '-05:00', '2026-11-03T16:10:00Z'],
    [null, '-0500', '2026-11-03T16:10:00Z'],
    [null, '-300', '2026-11-03T16:10:00Z'],
    [null, -300, '2026-11-03T16:10:00Z'],
    [null, '-5', '2026-11-03T16:10:00Z'],
    // Nonsense is none: then the clocks of Illinois count.
    [null, '-99:00', '2026-11-03T17:10:00Z'],
    ['soon', null, '2026-11-03T17:10:00Z'],
  ])('takes Greenwich %s and offset %s for %s', (GMTTimestamp, GMTOffset, expected) => {
    const told = answer({ trackingEvents: [{ ...event, eventState: 'IL', GMTTimestamp, GMTOffset }] });
    expect(told.events[0]?.at).toBe(Date.parse(expected));
  });

  test('of which one cannot be dated proves no silence', () => {
    const located = { ...event, eventState: 'IL' };
    expect(answer({ trackingEvents: [located] })).toMatchObject({ outcome: 'answered' });
    const lost = { ...event, eventCountry: 'JAPAN' };
    expect(answer({ trackingEvents: [located, lost] })).toMatchObject({ outcome: null, events: [{ state: 'IL' }] });
    expect(answer({ trackingEvents: [{ ...event, eventTimestamp: null }] })).toMatchObject({
      outcome: null,
      events: [],
    });
  });

  test('that has only a day is dated by it, unless it may be a scan', () => {
    const scan = { ...event, eventState: 'IL' };
    const day = (eventType: string) =>
      answer({ trackingEvents: [scan, { eventType, eventTimestamp: '2026-11-04', eventCode: '' }] });
    const midnight = Date.parse('2026-11-04T06:00:00Z');
    for (const text of ['In Transit to Next Facility', 'Pre-Shipment Info Sent to USPS', 'Held, awaiting payment']) {
      expect(day(text)).toMatchObject({ outcome: 'answered', events: [{ text, at: midnight }, { text: 'Accepted' }] });
    }
    for (const text of ['Delivered, Front Door/Porch', 'Return to Sender Processed', 'Quantum tunnelling']) {
      expect(day(text)).toMatchObject({ outcome: null, events: [{ text: 'Accepted' }] });
    }
  });

  test('without a place takes the clocks of the nearest that has one', () => {
    const step = (eventTimestamp: string, eventState: string | null, eventCountry: string | null = null) => ({
      eventType: 'In Transit to Next Facility',
      eventTimestamp: `2026-11-${eventTimestamp}`,
      eventState,
      eventCountry,
    });
    const west = step('02T12:00:00', 'CA');
    const east = step('04T12:00:00', 'NY');
    const at = (lost: object) => answer({ trackingEvents: [east, lost, west] }).events[1]?.at;
    expect(at(step('02T20:00:00', null))).toBe(Date.parse('2026-11-03T04:00:00Z'));
    expect(at(step('04T02:00:00', null, 'US'))).toBe(Date.parse('2026-11-04T07:00:00Z'));
    // Of two as near as each other the earlier: there it was last.
    expect(at(step('03T12:00:00', null))).toBe(Date.parse('2026-11-03T20:00:00Z'));
    // Abroad nobody's clocks count but its own.
    expect(answer({ trackingEvents: [east, step('03T12:00:00', null, 'CN'), west] })).toMatchObject({ outcome: null });
  });

  test('of which one cannot be dated keeps what it states', () => {
    const stating = { eventType: 'Seized by law enforcement', eventTimestamp: 'unknown' };
    expect(answer({ trackingEvents: [{ ...event, eventState: 'IL' }, stating] }).events).toMatchObject([
      { text: 'Accepted' },
      { text: 'Seized by law enforcement', at: Date.parse('2026-11-03T17:10:00Z') },
    ]);
  });

  test('says again in its status what its newest event says, and that is told once', () => {
    const held = { ...event, eventCode: '', eventType: 'Held, awaiting payment', eventState: 'IL' };
    const statusSummary = 'Your package is delayed for postage assessment and held awaiting payment.';
    expect(answer({ statusSummary, trackingEvents: [held] }).events).toHaveLength(1);
    const later = { ...event, eventTimestamp: '2026-11-04T11:10:00', eventState: 'IL' };
    expect(answer({ statusSummary, trackingEvents: [later, held] }).events).toHaveLength(3);
  });

  test('whose status denies it states nothing of postage', () => {
    const statusSummary = 'Your item was delivered. No counterfeit postage was found and no postage due.';
    expect(answer({ statusSummary, trackingEvents: [{ ...event, eventState: 'IL' }] }).events).toHaveLength(1);
  });

  test('names the number in another way of writing', () => {
    const routed = `420 60607 ${NUMBER}`;
    expect(answer({ trackingNumber: routed, trackingEvents: [] })).toMatchObject({
      trackingNumber: NUMBER,
      outcome: 'answered',
    });
  });
});

describe('a notice of USPS', () => {
  const told = (value: object) => {
    const read = readUspsPush(JSON.stringify({ trackingNumber: NUMBER, ...value }), published);
    return read.ok ? read.value[0]?.events[0]?.text : read.problems[0]?.message;
  };

  test.each([
    [{ paymentStatus: 'UNPAID' }, UNPAID_TEXT],
    [{ unpaid: true, scanTime: '2026-11-03T17:10:31Z' }, UNPAID_TEXT],
    [{ unpaid: 'false' }, PAID_TEXT],
    [{ eventType: 'UNPAID_RESOLVED' }, PAID_TEXT],
    [{ type: 'unpaid', status: 'NOT_PAID' }, UNPAID_TEXT],
    [{ type: 'unpaid', message: 'Postage must be paid or the case resolved by Friday' }, UNPAID_TEXT],
    [{ type: 'unpaid', message: 'Payment was received for this package' }, 'Payment was received for this package'],
  ])('%j says "%s"', (value, text) => expect(told(value)).toBe(text));
});

describe('a written time', () => {
  test.each([
    ['February 1, 2024, 12:26 am', '2024-02-01T00:26:00'],
    ['February 1, 2024, 12:26 pm', '2024-02-01T12:26:00'],
    ['July 11, 2026 12:12 PM', '2026-07-11T12:12:00'],
    ['November 17, 2017 , 3:08 pm', '2017-11-17T15:08:00'],
    ['November 17, 2018 at 3:08 p.m.', '2018-11-17T15:08:00'],
    ['Sept. 5, 2024 9:00 am', '2024-09-05T09:00:00'],
    ['June 8, 2026', '2026-06-08'],
    ['February 30, 2026', null],
    ['June 8, 2026, 13:00 pm', null],
    ['June 8, 2026, 9:75 am', null],
    ['06/08/2026', null],
    ['yesterday', null],
  ])('%s is %s', (text, expected) => expect(localTimeOf(text)).toBe(expected));

  test('stands in a sentence with its place', () => {
    const sentence =
      'Your item was left with an individual at 1:58 pm on November 22, 2024 in NEW YORK, NY 10001-1234.';
    expect(spokenIn(sentence)).toMatchObject({
      local: '2024-11-22T13:58:00',
      place: { city: 'NEW YORK', state: 'NY', zip: '10001' },
    });
    expect(spokenIn('Your item was delivered.')).toEqual({ local: null, place: NOWHERE });
  });
});

describe('a place', () => {
  test.each([
    ['HERNANDO, FL 34442', 'HERNANDO|FL|34442', 'America/New_York'],
    ['SAINT LOUIS MO 63101-2233', 'SAINT LOUIS|MO|63101', 'America/Chicago'],
    ['RENO, NV', 'RENO|NV|', 'America/Los_Angeles'],
    ['HERNANDO, FL 34442, USA', 'HERNANDO|FL|34442', 'America/New_York'],
    ['LA CROSSE WI DISTRIBUTION CENTER', 'LA CROSSE WI DISTRIBUTION CENTER||', 'America/Chicago'],
    ['ISC NEW YORK NY(USPS)', 'ISC NEW YORK NY(USPS)||', 'America/New_York'],
    ['APO, AE 09123', 'APO|AE|09123', null],
    ['JAPAN', 'JAPAN||', null],
    ['DE', 'DE||', null],
  ])('%s is %s and has the clocks of %s', (location, expected, zone) => {
    const place = placeIn(location);
    expect([place.city, place.state, place.zip].map((part) => part ?? '').join('|')).toBe(expected);
    expect(zoneOf(place, published.zones)).toBe(zone);
  });

  test.each([
    [{ country: 'usa' }, { country: 'US' }],
    [
      { city: 'TOKYO', country: 'JAPAN' },
      { city: 'TOKYO, JAPAN', country: null },
    ],
    [{ zip: '601' }, { zip: null }],
    [{ zip: '60601-1234' }, { zip: '60601' }],
    [
      { zip: 'M5V 2T6', country: 'CA' },
      { zip: 'M5V 2T6', country: 'CA' },
    ],
  ])('%j is kept as %j', (fields, expected) => expect(placeOf({ ...NOWHERE, ...fields })).toMatchObject(expected));
});
