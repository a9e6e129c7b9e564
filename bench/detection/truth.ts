/** What is true of a month, as a file: each fraud with the rules that prove it, and each honest story with what may be said. */
import { readFileSync } from 'node:fs';
import { parseCsv } from '../../src/catalog/csv.ts';
import { canonicalNumber } from '../../src/core/barcode/canonical.ts';
import { parseMills } from '../../src/core/units/money.ts';
import type { Row } from '../../test/support/month/parcel.ts';
import type { MadeMonth } from './generate.ts';
import type { Case, Parcel } from './parcel.ts';
import { dollars } from './shop.ts';

export const TRUTH_COLUMNS = [
  'kind',
  'story',
  'subject',
  'vendor',
  'tracking_number',
  'rules',
  'also',
  'may',
  'blame',
  'stolen',
  'detectable',
  'why',
] as const;

/** One row of truth.csv. */
export interface Truth {
  /** `noise` = nothing wrong; what `may` names may be said of it all the same. */
  kind: 'scheme' | 'noise';
  story: string;
  subject: Case['subject'];
  vendor: string;
  /** Canonical; '' for a vendor. */
  number: string;
  /** Any of these finds the fraud. */
  rules: readonly string[];
  /** Other numbers a finding of the fraud may be about. */
  also: readonly string[];
  /** Rules that may speak of the subject besides. */
  may: readonly string[];
  /** Whether those may attribute it to the vendor. */
  blame: boolean;
  stolenMills: number;
  /** Null = detectable. */
  hidden: string | null;
}

/** The truth of a made month as rows of its file. */
export function truthRows({ parcels, vendorTruths }: MadeMonth): Row[] {
  const labels = parcels.flatMap((parcel) => [
    ...parcel.cases.map((fraud) =>
      caseRow(fraud, { vendor: parcel.vendor.name, number: writtenNumber(parcel), may: parcel.may }),
    ),
    ...(parcel.cases.length === 0 && parcel.story !== '' ? [noiseRow(parcel)] : []),
  ]);
  const vendors = vendorTruths.map(({ vendor, may, case: fraud, story }) =>
    fraud === null
      ? { kind: 'noise', story, subject: 'vendor', vendor: vendor.name, may: may.join(';') }
      : caseRow(fraud, { vendor: vendor.name, number: '', may }),
  );
  return [...vendors, ...labels];
}

function caseRow(fraud: Case, at: { vendor: string; number: string; may: readonly string[] }): Row {
  return {
    kind: 'scheme',
    story: fraud.scheme,
    subject: fraud.subject,
    vendor: at.vendor,
    tracking_number: at.number,
    rules: fraud.rules.join(';'),
    also: fraud.also?.join(';') ?? '',
    may: [...new Set(at.may)].join(';'),
    blame: 'yes',
    stolen: dollars(fraud.stolenMills),
    detectable: fraud.hidden === null ? 'yes' : 'no',
    why: fraud.hidden ?? '',
  };
}

function noiseRow(parcel: Parcel): Row {
  return {
    kind: 'noise',
    story: parcel.story,
    subject: 'label',
    vendor: parcel.vendor.name,
    tracking_number: writtenNumber(parcel),
    may: [...new Set(parcel.may)].join(';'),
    blame: parcel.blame ? 'yes' : 'no',
  };
}

/** The number as the vendor's file has it. */
export function writtenNumber({ set, number }: Parcel): string {
  return set['tracking_number'] ?? number;
}

/** Reads a truth file. Throws an error that names the line of the first thing that is wrong. */
export function readTruth(path: string): Truth[] {
  const { header, rows } = parseCsv(readFileSync(path, 'utf8'), path);
  for (const column of ['kind', 'story', 'subject']) {
    if (!header.includes(column)) throw new Error(`${path} has no column ${column}`);
  }
  return rows.map(({ line, cells }) => {
    const cell = (column: string): string => cells[column]?.trim() ?? '';
    const list = (column: string): string[] =>
      cell(column)
        .split(';')
        .filter((each) => each !== '');
    const kind = cell('kind');
    const subject = cell('subject');
    if (kind !== 'scheme' && kind !== 'noise') throw new Error(`${path}:${line}: kind is scheme or noise`);
    if (subject !== 'label' && subject !== 'vendor' && subject !== 'charge') {
      throw new Error(`${path}:${line}: subject is label, charge or vendor`);
    }
    if (kind === 'scheme' && list('rules').length === 0) throw new Error(`${path}:${line}: no rules prove it`);
    return {
      kind,
      subject,
      story: cell('story'),
      vendor: cell('vendor'),
      number: canonicalNumber(cell('tracking_number')).canonical,
      rules: list('rules'),
      also: list('also').map((written) => canonicalNumber(written).canonical),
      may: list('may'),
      blame: cell('blame') === 'yes',
      stolenMills: parseMills(cell('stolen') || '0') ?? 0,
      hidden: cell('detectable') === 'no' ? cell('why') || 'not stated' : null,
    };
  });
}
