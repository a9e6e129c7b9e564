/** Reads data/barcode: service type codes, the countries of S10 numbers, other carriers' shapes. */
import { join } from 'node:path';
import { z } from 'zod';
import {
  type BarcodeData,
  CARRIER_CHECKS,
  CERTAINTIES,
  type OtherCarrier,
  type ServiceType,
} from '../core/barcode/data.ts';
import { EXTRA_SERVICES, SERVICES } from '../core/label/label.ts';
import { parseDay } from '../core/units/day.ts';
import { CatalogError } from '../platform/errors.ts';
import { checkedRow } from './checked-row.ts';
import { type CsvRow, readCsv } from './csv.ts';
import { readYaml } from './yaml.ts';

const sourced = { source: z.array(z.string()).min(1), as_of: z.iso.date() };

const countriesFile = z.strictObject({ ...sourced, codes: z.string().regex(/^[A-Z]{2}(?:\s+[A-Z]{2})*$/) });

const uniquenessFile = z.strictObject({ ...sourced, unique_days: z.int().min(30).max(400) });

const carriersFile = z.strictObject({
  ...sourced,
  carriers: z.array(
    z.strictObject({
      carrier: z.string(),
      note: z.string().optional(),
      pattern: z.string().startsWith('^').endsWith('$'),
      check: z.enum(CARRIER_CHECKS).default('none'),
      implied: z.string().regex(/^\d*$/).default(''),
    }),
  ),
});

const serviceTypeRow = z.strictObject({
  code: z.string().regex(/^\d{3}$/, 'three digits expected'),
  service: z.enum([...SERVICES, '']),
  description: z.string().min(1),
  extra_services: z
    .string()
    .transform((words) => (words === '' ? [] : words.split(';')))
    .pipe(z.array(z.enum(EXTRA_SERVICES))),
  valid_from: z.string().refine((day) => parseDay(day) !== null, 'a day expected'),
  valid_until: z.string().refine((day) => day === '' || parseDay(day) !== null, 'a day or nothing expected'),
  certainty: z.enum(CERTAINTIES),
  source: z.string().min(1),
});

/** What data/barcode under the project's root holds. Throws a CatalogError naming file, row and field when it is wrong. */
export function loadBarcodeData(root: string): BarcodeData {
  const folder = join(root, 'data', 'barcode');
  return {
    countries: new Set(readYaml(join(folder, 's10-countries.yaml'), countriesFile).codes.split(/\s+/)),
    otherCarriers: loadOtherCarriers(join(folder, 'other-carriers.yaml')),
    serviceTypes: loadServiceTypes(join(folder, 'service-types.csv')),
    uniqueDays: readYaml(join(folder, 'uniqueness.yaml'), uniquenessFile).unique_days,
  };
}

function loadOtherCarriers(file: string): OtherCarrier[] {
  return readYaml(file, carriersFile).carriers.map(({ carrier, pattern, check, implied }) => {
    if (check !== 'none' && !pattern.includes('(?<checked>')) {
      throw new CatalogError({ file, field: pattern }, 'a check digit needs the group "checked"');
    }
    return { carrier, pattern: new RegExp(pattern), check, implied };
  });
}

function loadServiceTypes(file: string): ReadonlyMap<string, readonly ServiceType[]> {
  const table = new Map<string, ServiceType[]>();
  for (const row of readCsv(file).rows) {
    const meaning = toServiceType(row, file);
    const meanings = table.get(meaning.code) ?? [];
    const before = meanings.at(-1);
    if (before && (before.validUntil === null || before.validUntil > meaning.validFrom)) {
      throw new CatalogError({ file, row: row.line, field: 'valid_from' }, `${meaning.code} has two meanings at once`);
    }
    table.set(meaning.code, [...meanings, meaning]);
  }
  return table;
}

function toServiceType(row: CsvRow, file: string): ServiceType {
  const { code, service, description, extra_services, valid_from, valid_until, certainty, source } = checkedRow(
    row,
    serviceTypeRow,
    file,
  );
  return {
    code,
    service: service === '' ? null : service,
    description,
    extraServices: extra_services,
    validFrom: valid_from,
    validUntil: valid_until === '' ? null : valid_until,
    certainty,
    source,
  };
}
