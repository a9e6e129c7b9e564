/** Facts about one adjustment: what the label claimed, what the carrier assessed, and what is asked for it. */
import type { Measured } from '../ledger/adjustment.ts';
import { dayOf } from '../units/day.ts';
import type { ChargeInput } from './charge-input.ts';
import { daysUntil } from './covered-time.ts';
import { type Fact, type FactSpec, factsOf } from './fact.ts';

type Adjustment = NonNullable<ChargeInput['adjustment']>;

const always = null;
const notStated = 'the file does not state it';

function ofAdjustment<T>(read: (adjustment: Adjustment, input: ChargeInput) => T): (input: ChargeInput) => T | null {
  return (input) => (input.adjustment === null ? null : read(input.adjustment, input));
}

function text(meaning: string, read: (adjustment: Adjustment) => string | null): FactSpec<ChargeInput> {
  return { type: 'string', unit: 'text', meaning, unknownWhen: notStated, of: ofAdjustment(read) };
}

function money(meaning: string, read: (adjustment: Adjustment) => number | null): FactSpec<ChargeInput> {
  const currency = 'adjustment.currency';
  return { type: 'double', unit: 'mills', currency, meaning, unknownWhen: notStated, of: ofAdjustment(read) };
}

/** The day from which disputes are counted: on which it was told to us, whatever the zone. */
function noticeDay({ notifiedDay, notifiedAt }: Adjustment): string | null {
  return notifiedDay ?? (notifiedAt === null ? null : dayOf(notifiedAt));
}

/** One side of the adjustment, under names that begin so. */
function sideFacts(
  name: 'as_claimed' | 'as_assessed',
  { by, of }: { by: string; of: (adjustment: Adjustment) => Measured },
): Record<string, FactSpec<ChargeInput>> {
  const number = (
    meaning: string,
    unit: 'milli_oz' | 'milli_in' | 'zone',
    key: keyof Measured,
  ): FactSpec<ChargeInput> => ({
    type: 'double',
    unit,
    meaning: `${meaning} ${by}.`,
    unknownWhen: notStated,
    of: ofAdjustment((adjustment) => {
      const value = of(adjustment)[key];
      return typeof value === 'number' ? value : null;
    }),
  });
  return {
    [`${name}_weight_milli_oz`]: number('The weight', 'milli_oz', 'weightMilliOz'),
    [`${name}_length_milli_in`]: number('The length', 'milli_in', 'lengthMilliIn'),
    [`${name}_width_milli_in`]: number('The width', 'milli_in', 'widthMilliIn'),
    [`${name}_height_milli_in`]: number('The height', 'milli_in', 'heightMilliIn'),
    [`${name}_zone`]: number('The zone', 'zone', 'zone'),
    [`${name}_packaging`]: {
      type: 'string',
      unit: 'packaging',
      meaning: `The packaging ${by}.`,
      unknownWhen: notStated,
      of: ofAdjustment((adjustment) => of(adjustment).packaging),
    },
    [`${name}_service`]: {
      type: 'string',
      unit: 'service',
      meaning: `The service ${by}.`,
      unknownWhen: notStated,
      of: ofAdjustment((adjustment) => of(adjustment).service),
    },
    [`${name}_mills`]: money(`The postage ${by}.`, (adjustment) => of(adjustment).amountMills),
  };
}

export const chargeAdjustmentFacts: Fact<ChargeInput>[] = factsOf<ChargeInput>('adjustment', {
  id: { ...text("The vendor's id of the adjustment.", ({ adjustmentId }) => adjustmentId), unknownWhen: always },
  vendor: {
    ...text('Who passed the adjustment on, by the name the files give him.', ({ vendor }) => vendor),
    unknownWhen: always,
  },
  reason: {
    type: 'string',
    unit: 'adjustment_reason',
    meaning: 'Why: weight, dimensions, zone, packaging, service, duplicate, unmanifested or refunded_label_used.',
    unknownWhen: always,
    of: ofAdjustment(({ reason }) => reason),
  },
  currency: { ...text('The currency of the adjustment.', ({ currency }) => currency), unknownWhen: always },
  amount_mills: {
    ...money('What is asked for, negative for what is given back.', ({ amountMills }) => amountMills),
    unknownWhen: always,
  },
  processing_fee_mills: money("The vendor's fee for passing it on.", ({ processingFeeMills }) => processingFeeMills),
  dispute_id: text('The id under which it can be disputed.', ({ disputeId }) => disputeId),
  assessed_day: {
    type: 'string',
    unit: 'day',
    meaning: 'The written day on which the carrier assessed the parcel.',
    unknownWhen: always,
    of: ofAdjustment(({ assessedDay }) => assessedDay),
  },
  notice_day: {
    type: 'string',
    unit: 'day',
    meaning: 'The day on which the adjustment was told to us; disputes are counted from it.',
    unknownWhen: notStated,
    of: ofAdjustment(noticeDay),
  },
  days_since_notice: {
    type: 'double',
    unit: 'days',
    meaning: 'Days from that day to the day of the audit.',
    unknownWhen: notStated,
    of: ofAdjustment((adjustment, { asOf }) => {
      const day = noticeDay(adjustment);
      return day === null ? null : daysUntil(asOf, day);
    }),
  },
  ...sideFacts('as_claimed', { by: 'that the label claimed', of: ({ claimed }) => claimed }),
  ...sideFacts('as_assessed', { by: 'that the carrier assessed', of: ({ assessed }) => assessed }),
});
