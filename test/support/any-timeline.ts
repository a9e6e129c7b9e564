/** Arbitrary timelines for property tests: the shipped codes and sentences, places of every kind, several sources, answers. */
import {
  type Arbitrary,
  array,
  constant,
  constantFrom,
  integer,
  oneof,
  option,
  record,
  shuffledSubarray,
  subarray,
} from 'fast-check';
import { ASK_OUTCOMES, type Asked, type CarrierEvent } from '../../src/core/journey/event.ts';
import { COUNTERFEIT, at, codes, event } from './timeline.ts';

/** Sentences of every meaning, some of them in no list. */
const TEXTS = [
  COUNTERFEIT,
  'Package delayed for postage assessment and held awaiting payment',
  'Postage Due',
  'Seized by Law Enforcement',
  'Unpaid package: scanned without a payment record',
  'Unpaid package: payment received',
  'Duplicate Label ID',
  'Shipping Label Created, USPS Awaiting Item',
  'USPS in possession of item',
  'Departed USPS Regional Facility',
  'Out for Delivery',
  'Notice Left (No Authorized Recipient Available)',
  'Redelivery Scheduled',
  'Held at Post Office, At Customer Request',
  'Being returned to sender',
  'Forwarded',
  'Delivered, Front Door/Porch',
  'Delivered to Agent for Final Delivery',
  'In Transit to Next Facility',
  'Quantum tunnelling',
];

/** With a ZIP, of a city or a facility alone, abroad under a code that looks like a ZIP, military, or nowhere. */
const PLACES: readonly Pick<CarrierEvent, 'city' | 'state' | 'zip' | 'country'>[] = [
  { city: 'NEWARK', state: 'NJ', zip: '07102', country: 'US' },
  { city: 'LOS ANGELES', state: 'CA', zip: '90058', country: null },
  { city: 'PHOENIX', state: 'AZ', zip: '85004', country: 'US' },
  { city: 'HONOLULU', state: 'HI', zip: '96819', country: 'US' },
  { city: 'SAN JUAN', state: 'PR', zip: '00926', country: 'PR' },
  { city: 'APO', state: 'AE', zip: '09012', country: 'US' },
  { city: 'BERLIN', state: null, zip: '10115', country: 'DE' },
  { city: 'QUEENS NY DISTRIBUTION CENTER', state: null, zip: null, country: null },
  { city: null, state: null, zip: null, country: null },
];

/** One of each kind, and no name. */
const SOURCES = ['usps', '17track', null, 'erp', 'vendor note'];

const anyCode: Arbitrary<string | null> = oneof(
  constant(null),
  constantFrom(...codes.codes.keys()),
  constantFrom('01', '02', '03', '06', '09', '11', '46', '150012', 'GX', 'OF', 'T1', 'ZZ', '3'),
);

/** A few instants, so that several things happen at once. */
const anyInstant = integer({ min: 0, max: 24 }).map((step) => at(1, step * 7));

export const anyEvent: Arbitrary<CarrierEvent> = record({
  at: anyInstant,
  code: anyCode,
  text: option(constantFrom(...TEXTS)),
  place: constantFrom(...PLACES),
  source: constantFrom(...SOURCES),
  retrievedAt: option(anyInstant),
  mailpieceId: constantFrom(null, null, 'A', 'B', 'C'),
}).map(({ place, ...told }) => event({ ...told, ...place }));

export const anyAsked: Arbitrary<Asked> = record({
  source: constantFrom(...SOURCES),
  outcome: constantFrom(...ASK_OUTCOMES),
  at: anyInstant,
});

/** Everything that may be known about a parcel. */
export interface Timeline {
  events: CarrierEvent[];
  asked: Asked[];
}

/** Events, some of them told by a second source too, and answers. */
export const anyTimeline: Arbitrary<Timeline> = record({
  events: array(anyEvent, { maxLength: 10 }),
  asked: array(anyAsked, { maxLength: 4 }),
  again: array(record({ which: integer({ min: 0, max: 9 }), source: constantFrom(...SOURCES) }), { maxLength: 3 }),
}).map(({ events, asked, again }) => {
  const told = again.flatMap(({ which, source }) => {
    const first = events[which];
    return first === undefined ? [] : [{ ...first, source }];
  });
  return { events: [...events, ...told], asked };
});

/** The same timeline in another order, everything in it once or more. */
export function retold({ events, asked }: Timeline): Arbitrary<Timeline> {
  return record({
    events: shuffledSubarray([...events, ...events], { minLength: events.length * 2 }),
    asked: shuffledSubarray([...asked, ...asked], { minLength: asked.length * 2 }),
  });
}

/** A part of the timeline. */
export function partOf({ events, asked }: Timeline): Arbitrary<Timeline> {
  return record({ events: subarray(events), asked: subarray(asked) });
}
