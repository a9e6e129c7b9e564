/** Reads the fees of extra services of a price folder. */
import { z } from 'zod';
import { EXTRA_SERVICES, PRICE_LISTS, SERVICES } from '../core/label/label.ts';
import type { ExtraFee, ExtraFees } from '../core/rating/extras.ts';
import { parseMills } from '../core/units/money.ts';
import { CatalogError } from '../platform/errors.ts';
import { checkedRow } from './checked-row.ts';
import { readCsv } from './csv.ts';
import type { Sources } from './sources.ts';

const optionalMills = z
  .string()
  .transform((text) => (text === '' ? null : (parseMills(text) ?? -1)))
  .refine((mills) => mills === null || mills >= 0, 'is not an amount');

const optionalWord = <T extends string>(words: readonly T[]): z.ZodType<T | null> =>
  z
    .string()
    .refine((text) => text === '' || words.some((word) => word === text), 'is not a known word')
    .transform((text) => words.find((word) => word === text) ?? null);

/** `fee` empty = the service is sold so, and its fee is not published. */
const rowSchema = z.strictObject({
  extras: z
    .string()
    .transform((text) => text.split('+'))
    .pipe(z.array(z.enum(EXTRA_SERVICES)).min(1)),
  beside: optionalWord(EXTRA_SERVICES),
  services: z
    .string()
    .transform((text) => (text === '' ? null : text.split(';')))
    .pipe(z.array(z.enum(SERVICES)).min(1).nullable()),
  price_list: optionalWord(PRICE_LISTS),
  form: z.string(),
  over_value: optionalMills,
  to_value: optionalMills,
  fee: optionalMills,
  plus: optionalMills,
  per: optionalMills,
  source: z.string(),
});

/** The fees of one file. Throws a CatalogError naming row and field. */
export function readFees(path: string, sources: Sources): ExtraFees {
  return readCsv(path).rows.map((row): ExtraFee => {
    const fee = checkedRow(row, rowSchema, path);
    const place = { file: path, row: row.line };
    if (!sources[fee.source]) {
      throw new CatalogError({ ...place, field: 'source' }, `${fee.source} is not in data/sources.yaml`);
    }
    if (fee.to_value === null && fee.over_value !== null) {
      throw new CatalogError({ ...place, field: 'to_value' }, 'is empty, and over_value is not');
    }
    if ((fee.plus === null) !== (fee.per === null) || fee.per === 0) {
      throw new CatalogError({ ...place, field: 'per' }, 'goes together with plus, and is above zero');
    }
    return Object.freeze({
      extras: fee.extras,
      beside: fee.beside,
      services: fee.services,
      priceList: fee.price_list,
      form: fee.form,
      value: fee.to_value === null ? null : { overMills: fee.over_value, toMills: fee.to_value },
      mills: fee.fee,
      perPart: fee.plus === null || fee.per === null ? null : { mills: fee.plus, partMills: fee.per },
      source: fee.source,
    });
  });
}
