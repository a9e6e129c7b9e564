/** Values as people read them, by unit and locale; used in the sentences of findings. */
import type { FactValue, Unit } from '../facts/fact.ts';
import { PACKAGINGS, type Packaging } from '../label/label.ts';
import { formatInstant } from '../units/day.ts';
import { formatThousandths } from '../units/measure.ts';
import { formatMills } from '../units/money.ts';
import type { EvidenceValue, Locale, Worded } from './answer.ts';

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

const packagingNames: Readonly<Record<Packaging, Worded>> = {
  package: { en: 'own packaging', 'zh-CN': '自备包装' },
  soft_pack: { en: 'own soft packaging', 'zh-CN': '自备软包装' },
  cubic: { en: 'cubic price', 'zh-CN': '按体积计价' },
  letter: { en: 'letter', 'zh-CN': '信件' },
  flat: { en: 'large envelope', 'zh-CN': '大信封' },
  postcard: { en: 'postcard', 'zh-CN': '明信片' },
  flat_rate_envelope: { en: 'Flat Rate Envelope', 'zh-CN': '统一费率信封' },
  legal_flat_rate_envelope: { en: 'Legal Flat Rate Envelope', 'zh-CN': '法律文件统一费率信封' },
  padded_flat_rate_envelope: { en: 'Padded Flat Rate Envelope', 'zh-CN': '加垫统一费率信封' },
  small_flat_rate_box: { en: 'Small Flat Rate Box', 'zh-CN': '小号统一费率箱' },
  medium_flat_rate_box: { en: 'Medium Flat Rate Box', 'zh-CN': '中号统一费率箱' },
  large_flat_rate_box: { en: 'Large Flat Rate Box', 'zh-CN': '大号统一费率箱' },
  apo_large_flat_rate_box: { en: 'APO/FPO/DPO Large Flat Rate Box', 'zh-CN': '军邮大号统一费率箱' },
};

const barcodeReasons: Readonly<Record<string, Worded>> = {
  empty: { en: 'it is empty', 'zh-CN': '为空' },
  not_a_number: { en: 'other characters are in it', 'zh-CN': '含有其他字符' },
  length: { en: 'no construct has that length', 'zh-CN': '长度不符' },
  structure: { en: 'no construct begins so', 'zh-CN': '结构不符' },
  check_digit: { en: 'the check digit is wrong', 'zh-CN': '校验码错误' },
  unknown_country: { en: 'the country code does not exist', 'zh-CN': '国家代码不存在' },
  blank_body: { en: 'nothing but zeros stands between its ends', 'zh-CN': '主体全为零' },
  spreadsheet_damage: { en: 'a spreadsheet spoilt it', 'zh-CN': '被电子表格损坏' },
  other_carrier: { en: 'it is of another carrier', 'zh-CN': '属于其他承运商' },
};

/** What a line charges, and the parts of a label's charge. */
const chargeTypes: Readonly<Record<string, Worded>> = {
  postage: { en: 'postage', 'zh-CN': '邮资' },
  surcharge: { en: 'surcharge', 'zh-CN': '附加费' },
  surcharges: { en: 'surcharges', 'zh-CN': '附加费' },
  insurance: { en: 'insurance', 'zh-CN': '保险费' },
  adjustment: { en: 'adjustment', 'zh-CN': '补差' },
  refund: { en: 'refund', 'zh-CN': '退款' },
  fee: { en: 'fee', 'zh-CN': '服务费' },
  fees: { en: 'other fees', 'zh-CN': '其他费用' },
  tax: { en: 'tax', 'zh-CN': '税费' },
  top_up: { en: 'top-up', 'zh-CN': '充值' },
  rest: { en: 'what is not itemised', 'zh-CN': '未分项部分' },
  total: { en: 'the whole charge', 'zh-CN': '全部费用' },
};

const adjustmentReasons: Readonly<Record<string, Worded>> = {
  weight: { en: 'weight', 'zh-CN': '重量' },
  dimensions: { en: 'dimensions', 'zh-CN': '尺寸' },
  zone: { en: 'zone', 'zh-CN': '分区' },
  packaging: { en: 'packaging', 'zh-CN': '包装' },
  service: { en: 'service', 'zh-CN': '服务' },
  duplicate: { en: 'label used twice', 'zh-CN': '面单重复使用' },
  unmanifested: { en: 'no payment on record', 'zh-CN': '无付款记录' },
  refunded_label_used: { en: 'refunded label used', 'zh-CN': '已退款面单被使用' },
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
  if (typeof value === 'string') return formatText(value, unit, locale);
  return value.map((item) => formatText(item, unit, locale)).join(locale === 'en' ? ', ' : '、');
}

function formatText(value: string, unit: Unit, locale: Locale): string {
  if (unit === 'service') return serviceNames[value] ?? value;
  if (unit === 'packaging') return isPackaging(value) ? packagingNames[value][locale] : value;
  const words = wordsOf[unit];
  return words?.[value]?.[locale] ?? value;
}

const wordsOf: Partial<Record<Unit, Readonly<Record<string, Worded>>>> = {
  barcode_reason: barcodeReasons,
  charge_type: chargeTypes,
  adjustment_reason: adjustmentReasons,
};

function isPackaging(value: string): value is Packaging {
  return PACKAGINGS.some((packaging) => packaging === value);
}

function formatNumber(value: number, { unit, currency }: Measured, locale: Locale): string {
  if (unit === 'mills') return `${formatMills(Math.round(value))} ${currency ?? ''}`.trimEnd();
  if (unit === 'milli_oz') return `${formatThousandths(Math.round(value))} ${locale === 'en' ? 'oz' : '盎司'}`;
  if (unit === 'milli_in') return `${formatThousandths(Math.round(value))} ${locale === 'en' ? 'in' : '英寸'}`;
  if (unit === 'share') return `${shortest(value * 100, 1)}%`;
  if (unit === 'instant') return `${formatInstant(value).slice(0, 16).replace('T', ' ')} UTC`;
  const decimals = unit === 'miles' || unit === 'hours' ? 0 : 2;
  return `${shortest(value, decimals)}${counted[unit]?.[locale] ?? ''}`;
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

/** A sentence on one line. Chinese is written without the spaces that line breaks leave between its signs. */
export function onOneLine(text: string, locale: Locale): string {
  const line = text.trim().replaceAll(/\s+/g, ' ');
  if (locale === 'en') return line;
  const sign = '[\\p{Script=Han}，。；：！？、（）“”]';
  const between = new RegExp(`(?<=${sign}) (?=${sign})|(?<=[，。；：！？、（）“”]) | (?=[，。；：！？、（）“”])`, 'gu');
  return line.replaceAll(between, '');
}
