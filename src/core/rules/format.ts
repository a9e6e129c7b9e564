/** Values as people read them, by unit and locale; used in the sentences of findings. */
import type { FactValue, Unit } from '../facts/fact.ts';
import { formatInstant } from '../units/day.ts';
import { formatThousandths } from '../units/measure.ts';
import { formatMills } from '../units/money.ts';
import type { EvidenceValue, Locale } from './answer.ts';

const serviceNames: Readonly<Record<string, string>> = {
  ground_advantage: 'USPS Ground Advantage',
  priority_mail: 'USPS Priority Mail',
  priority_mail_express: 'USPS Priority Mail Express',
  first_class_mail: 'USPS First-Class Mail',
  media_mail: 'USPS Media Mail',
  library_mail: 'USPS Library Mail',
  bound_printed_matter: 'USPS Bound Printed Matter',
  parcel_select: 'USPS Parcel Select',
  usps_connect_local: 'USPS Connect Local',
};

const flags: Readonly<Record<Locale, readonly [string, string]>> = { en: ['no', 'yes'], 'zh-CN': ['否', '是'] };
const notStated: Readonly<Record<Locale, string>> = { en: 'not stated', 'zh-CN': '未注明' };

const counted: Partial<Record<Unit, Readonly<Record<Locale, string>>>> = {
  miles: { en: ' miles', 'zh-CN': ' 英里' },
  hours: { en: ' hours', 'zh-CN': ' 小时' },
  days: { en: ' days', 'zh-CN': ' 天' },
  business_days: { en: ' business days', 'zh-CN': ' 个工作日' },
};

/** What a value is measured in; `currency` is an ISO 4217 code and only matters for mills. */
export interface Measured {
  unit: Unit;
  currency: string | null;
}

/** A value for a sentence: "12.34 USD", "15.5 oz", "23%", "2026-11-20 14:03 UTC". Undefined reads "not stated". */
export function formatValue(value: FactValue | undefined, { unit, currency }: Measured, locale: Locale): string {
  if (value === undefined) return notStated[locale];
  if (typeof value === 'boolean') return flags[locale][value ? 1 : 0];
  if (typeof value === 'number') return formatNumber(value, { unit, currency }, locale);
  if (typeof value === 'string') return unit === 'service' ? (serviceNames[value] ?? value) : value;
  return value.join(locale === 'en' ? ', ' : '、');
}

function formatNumber(value: number, { unit, currency }: Measured, locale: Locale): string {
  switch (unit) {
    case 'mills':
      return `${formatMills(Math.round(value))} ${currency ?? ''}`.trimEnd();
    case 'milli_oz':
      return `${formatThousandths(Math.round(value))} ${locale === 'en' ? 'oz' : '盎司'}`;
    case 'milli_in':
      return `${formatThousandths(Math.round(value))} ${locale === 'en' ? 'in' : '英寸'}`;
    case 'share':
      return `${shortest(value * 100, 1)}%`;
    case 'instant':
      return `${formatInstant(value).slice(0, 16).replace('T', ' ')} UTC`;
    default:
      return `${shortest(value, unit === 'miles' || unit === 'hours' ? 0 : 2)}${counted[unit]?.[locale] ?? ''}`;
  }
}

/** At most so many decimals, none that are zero. */
function shortest(value: number, decimals: number): string {
  return String(Number(value.toFixed(decimals)));
}

/** A value as evidence keeps it: numbers in their own unit, instants as ISO 8601 text, lists joined; unknown is null. */
export function evidenceValue(value: FactValue | undefined, unit: Unit): EvidenceValue {
  if (value === undefined) return null;
  if (typeof value === 'number') return unit === 'instant' ? formatInstant(value) : value;
  return typeof value === 'object' ? value.join(', ') : value;
}
