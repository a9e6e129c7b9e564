/** Facts about a number, whoever sold, charged or adjusted it: whose mailer id is in it, and who uses it. */
import { sureMailerId } from '../barcode/mailer-id.ts';
import type { Statement } from '../journey/digest.ts';
import type { ChargeLine } from '../ledger/charge.ts';
import { isLabelCharge } from '../ledger/component.ts';
import type { LedgerLine } from '../ledger/ledger.ts';
import { foldVendorName } from '../mapping/vendor-name.ts';
import { addDays } from '../units/day.ts';
import type { Money } from '../units/money.ts';
import type { ChargeInput, NumberKnown } from './charge-input.ts';
import { type Fact, type FactSpec, factsOf } from './fact.ts';
import { hasSpoken } from './journey.ts';

const always = null;
const unread = 'no file of mailer ids was given, or the number is refused or its mailer id can be read in two ways';

function ofNumber<T>(read: (number: NumberKnown, input: ChargeInput) => T): (input: ChargeInput) => T | null {
  return (input) => (input.number === null ? null : read(input.number, input));
}

/** The mailer id in the number; null where it has none, undefined where nobody can tell. */
function mailerIdOf({ barcode }: NumberKnown): string | null | undefined {
  return barcode === null ? null : sureMailerId(barcode);
}

/** To whom our records say the mailer id belongs; null where they do not name it, undefined where nobody can tell. */
function ownerOf({ number, own }: ChargeInput): string | null | undefined {
  const mailerId = number === null ? undefined : mailerIdOf(number);
  if (mailerId === undefined || own.mailers === null) return undefined;
  return mailerId === null ? null : (own.mailers.get(mailerId) ?? null);
}

function isRegistered(input: ChargeInput): boolean | null {
  const owner = ownerOf(input);
  return owner === undefined ? null : owner !== null;
}

/** Names are one whatever their case and white space; several who may print under an id stand with ";" between them. */
function isOwner(vendor: string, owner: string): boolean {
  const folded = foldVendorName(vendor);
  return owner.split(/[;；]/).some((name) => foldVendorName(name) === folded);
}

/** Those who sold, charged or adjusted the number and do not own its mailer id; null where nobody can tell who does. */
function strangers<T extends { vendor: string }>(all: readonly T[], input: ChargeInput): T[] | null {
  const owner = ownerOf(input);
  if (owner === undefined) return null;
  return owner === null ? [] : all.filter(({ vendor }) => !isOwner(vendor, owner));
}

function chargesOf({ ledger }: NumberKnown): LedgerLine[] {
  return ledger.lines.filter(({ line, netMills }) => isLabelCharge(line) && netMills > 0);
}

/** Who: sorted and each once. */
function namesOf(all: readonly { vendor: string }[] | null): string[] | null {
  return all && [...new Set(all.map(({ vendor }) => vendor))].toSorted();
}

/** A statement of the carrier, or of who relays it, that it has no payment for the piece. */
function unpaidOf({ journeys }: NumberKnown): Statement | null {
  const stated = journeys.flatMap(({ unpaid }) =>
    unpaid !== null && unpaid.sourceKind !== 'unlisted' ? [unpaid] : [],
  );
  return stated.toSorted((a, b) => a.at - b.at)[0] ?? null;
}

function strangersCharges(number: NumberKnown, input: ChargeInput): LedgerLine[] | null {
  const charges = chargesOf(number).map((entry) => ({ vendor: entry.line.vendor, entry }));
  return strangers(charges, input)?.map(({ entry }) => entry) ?? null;
}

/**
 * Whether the label files of who charges cover the day, so that a label that is not in them is not there: they have labels of it and
 * of the days around it. What is critical takes no day without a label for a day on which nothing was sold.
 */
function isWithinFiles({ vendor, chargedDay }: ChargeLine, { coverageOf }: NumberKnown): boolean {
  if (chargedDay === null) return false;
  const [from, to] = [addDays(chargedDay, -1), addDays(chargedDay, 1)];
  return coverageOf(vendor).sold.some((run) => run.from <= from && to <= run.to);
}

/** What strangers were paid or ask for the number, in the one currency of it all; null where there are several. */
function atStake(number: NumberKnown, input: ChargeInput): Money | null {
  const sold = strangers(number.sales, input)?.map(({ chargedMills: mills, currency }) => ({ mills, currency })) ?? [];
  const lines = strangersCharges(number, input) ?? [];
  const charged = lines.map(({ netMills, line }) => ({ mills: netMills, currency: line.currency }));
  const amounts = sold.length > 0 ? sold : charged;
  const [first] = amounts;
  if (first === undefined || amounts.some(({ currency }) => currency !== first.currency)) return null;
  return { mills: amounts.reduce((sum, { mills }) => sum + mills, 0), currency: first.currency };
}

/** Who are strangers to the number's mailer id, in words and as a flag. */
function strangerFacts(
  name: 'sold' | 'charged' | 'adjusted',
  { did, of }: { did: string; of: (number: NumberKnown, input: ChargeInput) => { vendor: string }[] | null },
): Record<string, FactSpec<ChargeInput>> {
  return {
    [`${name}_by_others`]: {
      type: 'list<string>',
      unit: 'text',
      meaning: `Who else than the owner of the mailer id ${did}.`,
      unknownWhen: unread,
      of: ofNumber((number, input) => namesOf(of(number, input))),
    },
    [`is_${name}_by_others`]: {
      type: 'bool',
      unit: 'flag',
      meaning: `Somebody else than the owner of the mailer id ${did}.`,
      unknownWhen: unread,
      of: ofNumber((number, input) => {
        const all = of(number, input);
        return all && all.length > 0;
      }),
    },
  };
}

function flag(meaning: string, of: (number: NumberKnown, input: ChargeInput) => boolean): FactSpec<ChargeInput> {
  return { type: 'bool', unit: 'flag', meaning, unknownWhen: always, of: ofNumber(of) };
}

export const numberFacts: Fact<ChargeInput>[] = factsOf<ChargeInput>('number', {
  tracking_number: {
    type: 'string',
    unit: 'text',
    meaning: 'The tracking number in canonical form.',
    unknownWhen: 'the line is about no parcel',
    of: ofNumber(({ trackingNumber }) => trackingNumber),
  },
  damaged: flag(
    'A spreadsheet or a form spoilt the number, so that it is not the one that was charged.',
    ({ barcode }) => barcode?.reason === 'spreadsheet_damage' || barcode?.reason === 'blank_body',
  ),
  sold: flag('A label under the number is known.', ({ sales }) => sales.length > 0),
  charged: flag(
    'An invoice asks money for a label under the number, and was not taken back.',
    (number) => chargesOf(number).length > 0,
  ),
  adjusted: flag('An adjustment for the number is known.', ({ adjustments }) => adjustments.length > 0),
  unpaid: {
    type: 'bool',
    unit: 'flag',
    meaning:
      'The carrier, or a source that relays its events, stated that the piece was scanned without a payment, and none that it was paid since.',
    unknownWhen: 'no source showed anything about the number',
    of: ofNumber((number) => {
      if (unpaidOf(number) !== null) return true;
      return number.journeys.some(hasSpoken) ? false : null;
    }),
  },
  unpaid_at: {
    type: 'double',
    unit: 'instant',
    meaning: 'When that was first stated.',
    unknownWhen: 'there is no such statement',
    of: ofNumber((number) => unpaidOf(number)?.at),
  },
  unpaid_text: {
    type: 'string',
    unit: 'text',
    meaning: 'That statement in its own words.',
    unknownWhen: 'there is no such statement, or it came as a code only',
    of: ofNumber((number) => unpaidOf(number)?.text),
  },
  mailer_id: {
    type: 'string',
    unit: 'text',
    meaning: 'The mailer id in the number; none where numbers of its kind have none.',
    unknownWhen: 'the number is refused, or its mailer id can be read in two ways',
    of: ofNumber((number) => {
      const mailerId = mailerIdOf(number);
      return mailerId === null ? 'none' : mailerId;
    }),
  },
  mailer_registered: {
    type: 'bool',
    unit: 'flag',
    meaning: 'The mailer id in the number is one of those in our file of mailer ids.',
    unknownWhen: unread,
    of: isRegistered,
  },
  mailer_owner: {
    type: 'string',
    unit: 'text',
    meaning: 'Who may print labels under that mailer id, as our file has it.',
    unknownWhen: `our file does not name it, or ${unread}`,
    of: ownerOf,
  },
  is_sold_by_owner: {
    type: 'bool',
    unit: 'flag',
    meaning: 'The owner of the mailer id sold a label under the number, so that it is no stranger to our records.',
    unknownWhen: unread,
    of: ofNumber(({ sales }, input) => {
      const others = strangers(sales, input);
      return others && isRegistered(input) && others.length < sales.length;
    }),
  },
  ...strangerFacts('sold', {
    did: 'sold a label under the number',
    of: ({ sales }, input) => strangers(sales, input),
  }),
  ...strangerFacts('charged', {
    did: 'asks money for a label under the number',
    of: (number, input) => strangersCharges(number, input)?.map(({ line }) => line) ?? null,
  }),
  ...strangerFacts('adjusted', {
    did: 'passed on an adjustment for the number',
    of: ({ adjustments }, input) => strangers(adjustments, input),
  }),
  is_charged_within_files: {
    type: 'bool',
    unit: 'flag',
    meaning:
      'Of the day of one of those charges and the days around it the label files of who charges have labels, and no label under the number is known.',
    unknownWhen: unread,
    of: ofNumber((number, input) => {
      const charges = strangersCharges(number, input);
      return charges && number.sales.length === 0 && charges.some(({ line }) => isWithinFiles(line, number));
    }),
  },
  adjusted_for: {
    type: 'list<string>',
    unit: 'adjustment_reason',
    meaning: 'Why the number was adjusted, by the words of the adjustments.',
    unknownWhen: always,
    of: ofNumber(({ adjustments }) => [...new Set(adjustments.map(({ reason }) => reason))].toSorted()),
  },
  at_stake_currency: {
    type: 'string',
    unit: 'text',
    meaning: 'The currency of what others than that owner charged.',
    unknownWhen: 'they charged nothing, or in several currencies',
    of: ofNumber((number, input) => atStake(number, input)?.currency),
  },
  at_stake_mills: {
    type: 'double',
    unit: 'mills',
    currency: 'number.at_stake_currency',
    meaning: 'What others than that owner charged for labels under the number, by the label files, else by invoices.',
    unknownWhen: 'they charged nothing, or in several currencies',
    of: ofNumber((number, input) => atStake(number, input)?.mills),
  },
});
