/** The functions rules may call. They are pure, and the type checker and the compiler read this one list. */
import { roundToCents } from '../units/money.ts';
import { DAY_MS, HOUR_MS, addDays, dayOf, daysBetween, startOfDay } from '../units/day.ts';
import type { FactType, FactValue } from '../facts/fact.ts';

export interface RuleFunction {
  name: string;
  takes: readonly FactType[];
  gives: FactType;
  meaning: string;
  /** Whether it may throw, given a text that is no day or a number that is no instant. */
  mayFail?: boolean;
  /** The type checker has made sure of number and types of the values. */
  call: (...values: FactValue[]) => FactValue;
}

export const RULE_FUNCTIONS: readonly RuleFunction[] = [
  {
    name: 'min', takes: ['double', 'double'], gives: 'double', meaning: 'The smaller of two numbers.',
    call: (a, b) => Math.min(Number(a), Number(b)),
  },
  {
    name: 'max', takes: ['double', 'double'], gives: 'double', meaning: 'The greater of two numbers.',
    call: (a, b) => Math.max(Number(a), Number(b)),
  },
  {
    name: 'abs', takes: ['double'], gives: 'double', meaning: 'A number without its sign.',
    call: (value) => Math.abs(Number(value)),
  },
  {
    name: 'cents', takes: ['double'], gives: 'double', meaning: 'Mills rounded to whole cents, half away from zero.',
    call: (mills) => roundToCents(Number(mills)),
  },
  {
    name: 'hours', takes: ['double'], gives: 'double', meaning: 'So many hours, to add to an instant.',
    call: (count) => Number(count) * HOUR_MS,
  },
  {
    name: 'days', takes: ['double'], gives: 'double', meaning: 'So many days of 24 hours, to add to an instant.',
    call: (count) => Number(count) * DAY_MS,
  },
  {
    name: 'start_of', mayFail: true, takes: ['string'], gives: 'double', meaning: 'Midnight UTC of a day, as an instant.',
    call: (day) => startOfDay(String(day)),
  },
  {
    name: 'day_of', mayFail: true, takes: ['double'], gives: 'string', meaning: 'The UTC day an instant falls on.',
    call: (instant) => dayOf(Number(instant)),
  },
  {
    name: 'add_days', mayFail: true, takes: ['string', 'double'], gives: 'string', meaning: 'The day so many days later.',
    call: (day, count) => addDays(String(day), Math.trunc(Number(count))),
  },
  {
    name: 'days_between', mayFail: true, takes: ['string', 'string'], gives: 'double', meaning: 'Days from the first to the second.',
    call: (from, to) => daysBetween(String(from), String(to)),
  },
];

/** The function of that name; no name is used twice. */
export function ruleFunction(name: string): RuleFunction | undefined {
  return RULE_FUNCTIONS.find((candidate) => candidate.name === name);
}
