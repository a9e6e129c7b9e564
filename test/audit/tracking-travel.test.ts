/** Whole audits of parcels that were where they cannot have been, or should not: what fires, and everything that explains it. */
import { impb } from '../support/month/parcel.ts';
import {
  ANSWERED,
  HONOLULU,
  LOS_ANGELES,
  NEWARK,
  PHOENIX,
  type Row,
  type Told,
  asked,
  coded,
  said,
  testStories,
} from '../support/told-audit.ts';

const announced = coded('GX', '09 20:00');
const accepted = coded('03', '10 18:00', LOS_ANGELES);
const outForDelivery = coded('OF', '13 15:00', PHOENIX);
const delivered = coded('01', '13 18:00', PHOENIX);
const NOTHING_SHOWN = 'unknown: travel.deliveries_miles, travel.leap_hours, travel.leap_miles';

/** A journey of the usual answers, and what happens beside. */
function tracked(...rows: Row[]): Told {
  return { tracking: [announced, accepted, ...rows, ANSWERED] };
}

const inNewark = coded('01', '12 18:00', NEWARK);

testStories('impossible-journey', [
  [
    'delivered in New Jersey and a day later in Phoenix',
    tracked(coded('07', '12 12:00', NEWARK), inNewark, outForDelivery, delivered),
    { severity: 'high', verdict: 'number_cloned', attribution: 'third_party' },
  ],
  [
    'with a single scan at one of the places',
    tracked(inNewark, outForDelivery, delivered),
    { severity: 'medium', attribution: 'third_party' },
  ],
  [
    'scanned in Newark and, half an hour later, twice in Honolulu',
    tracked(
      coded('10', '12 18:00', NEWARK),
      coded('T1', '12 18:10', NEWARK),
      coded('07', '12 18:30', HONOLULU),
      coded('OF', '12 19:00', HONOLULU),
    ),
    { severity: 'high', attribution: 'third_party' },
  ],
  [
    'delivered a second time at a place without a ZIP',
    tracked(delivered, coded('01', '14 18:00', { city: 'NEWARK', state: 'NJ' })),
    'unknown: travel.deliveries_miles',
  ],
  ['an ordinary journey', tracked(coded('07', '13 12:00', PHOENIX), outForDelivery, delivered), 'clear'],
  ['delivered once, told by two sources', tracked(delivered, { ...delivered, source: '17track' }), 'clear'],
  [
    'facilities as USPS names them, by the city alone',
    tracked(
      coded('10', '10 22:00', { city: 'LOS ANGELES CA DISTRIBUTION CENTER' }),
      coded('A1', '10 23:00', { city: 'HONOLULU HI DISTRIBUTION CENTER' }),
      delivered,
    ),
    'clear',
  ],
  ['a prediction of movement', tracked(coded('TL', '10 19:00', HONOLULU), delivered), 'clear'],
  ['an announcement far away', tracked(coded('MA', '10 19:00', HONOLULU), delivered), 'clear'],
  ['forwarded in between', tracked(inNewark, coded('06', '12 20:00', NEWARK), delivered), 'clear'],
  [
    'on its way back',
    tracked(inNewark, coded('09', '12 20:00', NEWARK), coded('01', '15 18:00', LOS_ANGELES)),
    'clear',
  ],
  ['a notice left in between', tracked(inNewark, coded('02', '13 15:00', PHOENIX), delivered), 'clear'],
  ['a redelivery asked for', tracked(inNewark, coded('74', '12 20:00'), delivered), 'clear'],
  [
    'held at the post office as the customer wished',
    tracked(inNewark, coded('58', '12 20:00', NEWARK), delivered),
    'clear',
  ],
  ['handed to an agent', tracked(coded('17', '12 18:00', NEWARK), delivered), 'clear'],
  ['refused in between', tracked(inNewark, coded('04', '12 20:00', NEWARK), delivered), 'clear'],
  [
    'clocks off by hours, coast to coast',
    tracked(coded('10', '11 01:00', NEWARK), coded('07', '11 05:00', PHOENIX)),
    'clear',
  ],
  ["a customer's words about another delivery", tracked(delivered, { ...inNewark, source: 'customer note' }), 'clear'],
  ['our own system speaks of another place', tracked(delivered, { ...inNewark, source: 'erp' }), 'clear'],
  [
    'a military post office, which has the place of its gateway',
    tracked(coded('07', '12 06:00', HONOLULU), coded('01', '12 07:00', { city: 'APO', state: 'AE', zip: '09012' })),
    'clear',
  ],
  [
    'a postal code abroad that looks like one of New York',
    tracked(delivered, coded('I0', '20 18:00', { city: 'BERLIN', zip: '10115', country: 'DE' })),
    'unknown: travel.deliveries_miles',
  ],
  [
    'a postal code abroad, within the hour',
    tracked(coded('10', '10 19:00', { zip: '96819', country: 'DE' }), delivered),
    'clear',
  ],
  ['never scanned, as an answer shows', { tracking: [announced, ANSWERED] }, 'clear'],
  [
    'an event between the deliveries that nobody can read',
    tracked(inNewark, said('Quantum tunnelling', '12 20:00'), delivered),
    'unknown: travel.deliveries_miles',
  ],
  [
    'scans of facilities alone',
    { tracking: [coded('10', '10 22:00', { city: 'LOS ANGELES CA DISTRIBUTION CENTER' }), ANSWERED] },
    'unknown: travel.leap_hours, travel.leap_miles',
  ],
  ['no access', { tracking: [asked('no_access', '30 05:00')] }, NOTHING_SHOWN],
  ['an error', { tracking: [asked('error', '30 05:00')] }, NOTHING_SHOWN],
  ['not found', { tracking: [asked('not_found', '30 05:00')] }, NOTHING_SHOWN],
  ['nothing on file', {}, NOTHING_SHOWN],
]);

const NOT_SHOWN = 'unknown: travel.delivered, travel.delivered_in_area, travel.delivered_miles';

testStories('delivered-elsewhere', [
  [
    'made out for Phoenix and delivered in New Jersey',
    tracked(inNewark),
    { severity: 'high', verdict: 'process_gap', attribution: 'open' },
  ],
  [
    'made out for New York by its barcode, whatever the row says',
    {
      label: { tracking_number: `42010001${impb('001', '900000092', 900_001)}`, destination_zip: '85004' },
      tracking: [announced, accepted, delivered, ANSWERED],
    },
    { severity: 'high', attribution: 'open' },
  ],
  ['delivered where it goes', tracked(outForDelivery, delivered), 'clear'],
  [
    'delivered in the next town',
    tracked(coded('01', '13 18:00', { city: 'MESA', state: 'AZ', zip: '85201' })),
    'clear',
  ],
  ['still under way', tracked(coded('10', '11 18:00', NEWARK)), 'clear'],
  ['refused before', tracked(coded('04', '12 12:00', PHOENIX), inNewark), 'clear'],
  ['refused before, by its other code', tracked(coded('RD', '12 12:00', PHOENIX), inNewark), 'clear'],
  ['forwarded before', tracked(coded('06', '12 12:00', PHOENIX), inNewark), 'clear'],
  ['forwarded before, in words', tracked(said('Forwarded', '12 12:00', PHOENIX), inNewark), 'clear'],
  ['returned before', tracked(coded('28', '12 12:00', PHOENIX), coded('01', '15 18:00', LOS_ANGELES)), 'clear'],
  ['delivered to its sender', tracked(said('Delivered, To Original Sender', '15 18:00', LOS_ANGELES)), 'clear'],
  ['held at the post office as the customer wished', tracked(coded('58', '12 12:00', NEWARK), inNewark), 'clear'],
  ['available for pickup', tracked(coded('14', '12 12:00', NEWARK), inNewark), 'clear'],
  ['to an agent', tracked(coded('17', '12 18:00', NEWARK)), 'clear'],
  ['to an agent, in words', tracked(said('Delivered to Agent for Final Delivery', '12 18:00', NEWARK)), 'clear'],
  ['handed to a shipping partner', tracked(coded('42', '12 12:00', NEWARK), inNewark), 'clear'],
  ['tendered to the military', tracked(coded('45', '12 12:00', NEWARK), inNewark), 'clear'],
  ['intercepted by its sender', tracked(coded('44', '12 12:00'), inNewark), 'clear'],
  ['a return label comes to us', { ...tracked(inNewark), label: { kind: 'return' } }, 'clear'],
  [
    'forwarded only afterwards',
    tracked(inNewark, coded('06', '13 12:00', NEWARK)),
    { severity: 'high', attribution: 'open' },
  ],
  [
    'unpaid, and at risk of intercept, which leads it nowhere',
    tracked(said('Scanned without payment record, at risk of intercept', '11 12:00'), inNewark),
    { severity: 'high', attribution: 'open' },
  ],
  [
    'a label to a military post office',
    { ...tracked(inNewark), label: { destination_zip: '09012' } },
    'unknown: travel.delivered_in_area, travel.delivered_miles',
  ],
  [
    'a label abroad, where postal codes look like ZIPs',
    { ...tracked(delivered), label: { destination_country: 'DE', destination_zip: '10115' } },
    'unknown: travel.delivered_in_area, travel.delivered_miles',
  ],
  [
    'by the city alone',
    tracked(coded('01', '12 18:00', { city: 'NEWARK', state: 'NJ' })),
    'unknown: travel.delivered_in_area, travel.delivered_miles',
  ],
  [
    'an event before that nobody can read',
    tracked(said('Quantum tunnelling', '12 12:00'), inNewark),
    'unknown: travel.diverted',
  ],
  [
    'in another part of Hawaii, an area too wide for miles',
    { ...tracked(coded('01', '13 18:00', HONOLULU)), label: { destination_zip: '96720' } },
    'unknown: travel.delivered_miles',
  ],
  ['no access', { tracking: [asked('no_access', '30 05:00')] }, NOT_SHOWN],
  ['an error', { tracking: [asked('error', '30 05:00')] }, NOT_SHOWN],
  [
    'nothing on file',
    {},
    'unknown: travel.delivered, travel.delivered_in_area, travel.delivered_miles, travel.diverted',
  ],
]);

const farAway = coded('03', '10 18:00', NEWARK);

testStories('off-route-acceptance', [
  [
    'mailed from Los Angeles and accepted in New Jersey',
    { tracking: [announced, farAway, ANSWERED] },
    { severity: 'low', verdict: 'process_gap', attribution: 'open' },
  ],
  ['accepted where it is mailed', tracked(delivered), 'clear'],
  [
    'accepted where the vendor rated it from',
    { label: { rated_origin_zip: '07030' }, tracking: [farAway, ANSWERED] },
    'clear',
  ],
  ...['parcel_select', 'usps_connect_local', 'bound_printed_matter'].map(
    (service) =>
      [
        `brought to where it is delivered: ${service}`,
        { label: { service }, tracking: [farAway, ANSWERED] },
        'clear',
      ] as const,
  ),
  ['inducted by a shipping partner', { tracking: [coded('80', '10 02:00'), farAway, ANSWERED] }, 'clear'],
  ['on its way back', { tracking: [farAway, coded('09', '12 18:00', NEWARK), ANSWERED] }, 'clear'],
  ['a return label, mailed by the customer', { label: { kind: 'return' }, tracking: [farAway, ANSWERED] }, 'clear'],
  ['an arrival, for the acceptance was skipped', { tracking: [coded('10', '10 18:00', NEWARK), ANSWERED] }, 'clear'],
  ['never scanned', { tracking: [announced, ANSWERED] }, 'clear'],
  [
    'our own dock, as our own system told it, is not where the carrier took it',
    { tracking: [{ ...farAway, source: 'erp', event_time: '2026-11-08T10:00:00Z' }, accepted, ANSWERED] },
    'clear',
  ],
  [
    'accepted at a facility that is named by its city only',
    { tracking: [coded('03', '10 18:00', { city: 'QUEENS NY DISTRIBUTION CENTER' }), ANSWERED] },
    'unknown: travel.first_scan_miles',
  ],
  [
    'a label without an origin',
    { label: { origin_zip: '' }, tracking: [farAway, ANSWERED] },
    'unknown: travel.first_scan_miles',
  ],
  [
    'between the islands of Hawaii',
    { label: { origin_zip: '96720' }, tracking: [coded('03', '10 18:00', HONOLULU), ANSWERED] },
    'unknown: travel.first_scan_miles',
  ],
  [
    'an event nobody can read may be the partner that brought it',
    { tracking: [said('Quantum tunnelling', '10 02:00'), farAway, ANSWERED] },
    'unknown: journey.inducted',
  ],
  [
    'no access',
    { tracking: [asked('no_access', '30 05:00')] },
    'unknown: travel.first_scan_is_acceptance, travel.first_scan_miles',
  ],
]);
