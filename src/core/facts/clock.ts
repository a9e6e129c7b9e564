/** The clock of the audit, as rules about charges name it. */
import { dayOf } from '../units/day.ts';
import type { ChargeInput } from './charge-input.ts';
import { type Fact, factsOf } from './fact.ts';

export const clockFacts: Fact<ChargeInput>[] = factsOf<ChargeInput>('clock', {
  as_of: {
    type: 'double',
    unit: 'instant',
    meaning: 'The clock of the audit.',
    unknownWhen: null,
    of: ({ asOf }) => asOf,
  },
  day: {
    type: 'string',
    unit: 'day',
    meaning: 'The day of the audit in UTC.',
    unknownWhen: null,
    of: ({ asOf }) => dayOf(asOf),
  },
});
