/** The functions rules may call. They are pure, and the type checker and the compiler read this one list. */
import { roundToCents } from '../units/money.ts';
import { DAY_MS, HOUR_MS, addDays, dayOf, daysBetween, startOfDay } from '../units/day.ts';
import type { FactType, FactValue } from '../facts/fact.ts';

export interface RuleFunction {
  name: string;
  takes: readonly FactType[];
  gives: FactType;
  meaning: string;
  call(...values: FactValue[]): FactValue;
}

function define<A extends FactValue[], R extends FactValue>(
  description: { name: string; takes: readonly FactType[]; gives: FactType; meaning: string },
  call: (...values: A) => R,
): RuleFunction {
  // The type checker has made sure of the argument types before any call.
  return { ...description, call: call as unknown as RuleFunction['call'] };
}

export const RULE_FUNCTIONS: readonly RuleFunction[] = [
  define(
    { name: 'min', takes: ['double', 'double'], gives: 'double', meaning: 'The smaller of two numbers.' },
    (a: number, b: number) => Math.min(a, b),
  ),
  define(
    { name: 'max', takes: ['double', 'double'], gives: 'double', meaning: 'The greater of two numbers.' },
    (a: number, b: number) => Math.max(a, b),
  ),
  define(
    { name: 'abs', takes: ['double'], gives: 'double', meaning: 'A number without its sign.' },
    (value: number) => Math.abs(value),
  ),
  define(
    { name: 'cents', takes: ['double'], gives: 'double', meaning: 'Mills rounded to whole cents, half away from zero.' },
    (mills: number) => roundToCents(Math.round(mills)),
  ),
  define(
    { name: 'hours', takes: ['double'], gives: 'double', meaning: 'So many hours, to add to an instant.' },
    (count: number) => count * HOUR_MS,
  ),
  define(
    { name: 'days', takes: ['double'], gives: 'double', meaning: 'So many days of 24 hours, to add to an instant.' },
    (count: number) => count * DAY_MS,
  ),
  define(
    { name: 'start_of', takes: ['string'], gives: 'double', meaning: 'Midnight UTC of a day, as an instant.' },
    (day: string) => startOfDay(day),
  ),
  define(
    { name: 'day_of', takes: ['double'], gives: 'string', meaning: 'The UTC day an instant falls on.' },
    (instant: number) => dayOf(instant),
  ),
  define(
    { name: 'add_days', takes: ['string', 'double'], gives: 'string', meaning: 'The day so many days later.' },
    (day: string, count: number) => addDays(day, Math.trunc(count)),
  ),
  define(
    { name: 'days_between', takes: ['string', 'string'], gives: 'double', meaning: 'Days from the first to the second.' },
    (from: string, to: string) => daysBetween(from, to),
  ),
];

/** The function of that name; no name is used twice. */
export function ruleFunction(name: string): RuleFunction | undefined {
  return RULE_FUNCTIONS.find((candidate) => candidate.name === name);
}
