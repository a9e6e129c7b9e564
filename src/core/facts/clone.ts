/** Facts about two mailpieces under one number: which of them is ours, and how that is known. */
import type { Mailpiece } from '../journey/digest.ts';
import { zip3Of } from '../units/zip.ts';
import { type Fact, factsOf } from './fact.ts';
import type { JudgeInput } from './input.ts';
import { labelDestination } from './travel.ts';

/** An acceptance so near to our origin is ours: the same distance that makes one an acceptance off its route. */
const NEAR_ORIGIN_MILES = 150;

interface Fit {
  piece: Mailpiece;
  byDestination: boolean;
  byOrigin: boolean;
}

/** How each piece fits the label: delivered where it goes, first scanned where it comes from. */
function fitsOf(input: JudgeInput): Fit[] {
  const { label, journey, atlas } = input;
  const destination = labelDestination(input);
  const origin = label.originZip ?? label.ratedOriginZip;
  return (journey?.pieces ?? []).map((piece) => {
    const delivered = piece.delivered?.zip ?? null;
    const first = piece.firstScan?.zip ?? null;
    const miles = origin === null || first === null ? null : atlas.miles(origin, first);
    return {
      piece,
      byDestination: destination !== null && delivered !== null && zip3Of(delivered) === zip3Of(destination),
      byOrigin: miles !== null && miles <= NEAR_ORIGIN_MILES,
    };
  });
}

/** The one piece that fits better than every other; null where none does. */
function ours(input: JudgeInput): Fit | null {
  const weight = ({ byDestination, byOrigin }: Fit): number => Number(byDestination) * 2 + Number(byOrigin);
  const [best, next] = fitsOf(input).sort((a, b) => weight(b) - weight(a));
  return best !== undefined && weight(best) > 0 && (next === undefined || weight(best) > weight(next)) ? best : null;
}

const notTold = 'there are no two mailpieces under the number, or neither fits the label better than the other';

export const cloneFacts: Fact[] = factsOf('clone', {
  our_piece: {
    type: 'string',
    unit: 'text',
    meaning:
      'The mailpiece id of our parcel, where two stand under its number: the one that fits origin and destination of the label.',
    unknownWhen: notTold,
    of: (input) => ours(input)?.piece.id,
  },
  other_piece: {
    type: 'string',
    unit: 'text',
    meaning: 'The mailpiece id of the other parcel under the number; of several the first by id.',
    unknownWhen: notTold,
    of: (input) => {
      const our = ours(input);
      return our && input.journey?.pieces?.find(({ id }) => id !== our.piece.id)?.id;
    },
  },
  by_destination: {
    type: 'bool',
    unit: 'flag',
    meaning: 'Our parcel is known by its delivery in the ZIP area the label goes to.',
    unknownWhen: notTold,
    of: (input) => ours(input)?.byDestination,
  },
  by_origin: {
    type: 'bool',
    unit: 'flag',
    meaning: 'Our parcel is known by its first scan near the origin of the label.',
    unknownWhen: notTold,
    of: (input) => ours(input)?.byOrigin,
  },
  stated_of_ours: {
    type: 'bool',
    unit: 'flag',
    meaning: 'The notice or hold names our mailpiece; false where it names another one.',
    unknownWhen: `${notTold}; or the statement names none`,
    of: (input) => {
      const our = ours(input);
      const stated = input.journey?.notice ?? input.journey?.hold;
      const named = stated?.mailpieceId ?? null;
      return our === null || named === null ? null : named === our.piece.id;
    },
  },
});
