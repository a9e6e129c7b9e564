/** Facts about what was stated against the parcel beside notices and holds: seizures, unpaid pieces, numbers on two pieces. */
import type { JourneyDigest, Statement } from '../journey/digest.ts';
import { HOUR_MS } from '../units/day.ts';
import { type Fact, type FactSpec, factsOf } from './fact.ts';
import { stated } from './journey.ts';

interface StatementWords {
  /** What is stated, to stand behind "The carrier ... stated that". */
  what: string;
  of: (journey: JourneyDigest) => Statement | null;
}

/** The statement, when and by whom it was made, under names that begin so. */
function factsOfStatement(name: string, { what, of }: StatementWords): Record<string, FactSpec> {
  const statement = ({ journey }: { journey: JourneyDigest | null }): Statement | null =>
    journey ? of(journey) : null;
  const none = 'there is no such statement';
  return {
    [name]: {
      type: 'bool',
      unit: 'flag',
      meaning: `The carrier, a source that relays its events or, where neither does, an unlisted source stated that ${what}.`,
      unknownWhen:
        'no event and no answer about the number is known, or the only answers were refusals and errors; false means no more than that no source showed such a statement',
      of: stated((journey) => of(journey) !== null),
    },
    [`${name}_at`]: {
      type: 'double',
      unit: 'instant',
      meaning: `When it was first stated that ${what}.`,
      unknownWhen: none,
      of: (input) => statement(input)?.at,
    },
    [`${name}_text`]: {
      type: 'string',
      unit: 'text',
      meaning: `The statement that ${what}, in its own words.`,
      unknownWhen: `${none}, or it came as a code only`,
      of: (input) => statement(input)?.text,
    },
    [`${name}_code`]: {
      type: 'string',
      unit: 'text',
      meaning: `The event code of the statement that ${what}.`,
      unknownWhen: `${none}, or it came without a code`,
      of: (input) => statement(input)?.code,
    },
    [`${name}_source`]: {
      type: 'string',
      unit: 'text',
      meaning: `Where the statement that ${what} came from, by the name the tracking file gives.`,
      unknownWhen: `${none}, or the file does not name its source`,
      of: (input) => statement(input)?.source,
    },
    [`${name}_by_carrier`]: {
      type: 'bool',
      unit: 'flag',
      meaning: `The statement that ${what} came from the carrier itself.`,
      unknownWhen: none,
      of: (input) => {
        const made = statement(input);
        return made && made.sourceKind === 'carrier';
      },
    },
    [`${name}_by_unlisted`]: {
      type: 'bool',
      unit: 'flag',
      meaning: `The statement that ${what} came from a source that is neither the carrier nor known to relay its events.`,
      unknownWhen: none,
      of: (input) => {
        const made = statement(input);
        return made && made.sourceKind === 'unlisted';
      },
    },
  };
}

export const statementFacts: Fact[] = factsOf('journey', {
  ...factsOfStatement('seized', {
    what: 'the parcel was seized by law enforcement',
    of: ({ seized }) => seized,
  }),
  ...factsOfStatement('unpaid', {
    what: 'the piece was scanned without a payment, and none that it was paid since',
    of: ({ unpaid }) => unpaid,
  }),
  ...factsOfStatement('duplicate', {
    what: 'the number was scanned on two pieces',
    of: ({ duplicate }) => duplicate,
  }),
  duplicate_seen: {
    type: 'bool',
    unit: 'flag',
    meaning:
      'A statement that the number was scanned on two pieces is among the events on file; false says nothing about the parcel, only about the file.',
    unknownWhen: null,
    of: ({ journey }) => (journey?.duplicate ?? null) !== null,
  },
  unpaid_seen: {
    type: 'bool',
    unit: 'flag',
    meaning:
      'A statement that the piece was scanned without a payment, and none that it was paid since, is among the events on file; false says nothing about the parcel, only about the file.',
    unknownWhen: null,
    of: ({ journey }) => (journey?.unpaid ?? null) !== null,
  },
  paid_seen: {
    type: 'bool',
    unit: 'flag',
    meaning:
      'A statement that the payment of the piece came is among the events on file; false says nothing about the parcel, only about the file.',
    unknownWhen: null,
    of: ({ journey }) => (journey?.paidAt ?? null) !== null,
  },
  unpaid_unread: {
    type: 'bool',
    unit: 'flag',
    meaning:
      'The piece was stated to be unpaid, and some event of the parcel cannot be read: it may say that the payment came.',
    unknownWhen: 'there is no such statement',
    // How many of them came after the statement is not kept; one before it costs a charge no more than the benefit of the doubt.
    of: ({ journey }) => (journey?.unpaid ? journey.unread > 0 : null),
  },
  hours_unpaid: {
    type: 'double',
    unit: 'hours',
    meaning: 'Hours from the first statement that the piece was scanned without a payment to the audit.',
    unknownWhen: 'there is no such statement',
    of: ({ journey, asOf }) => (journey?.unpaid ? (asOf - journey.unpaid.at) / HOUR_MS : null),
  },
});
