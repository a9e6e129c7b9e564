/** What is on file about a parcel as parts of its evidence: purchases, events, answers, the timeline, the number itself. */
import type { BarcodeData } from '../core/barcode/data.ts';
import { parseBarcode } from '../core/barcode/parse.ts';
import { serviceOf } from '../core/barcode/service-type.ts';
import type { TrackingCodes } from '../core/journey/codes.ts';
import { foldJourney, tellInOrder } from '../core/journey/fold.ts';
import { Speakers } from '../core/journey/speaker.ts';
import { mailingDay } from '../core/label/label.ts';
import { formatInstant } from '../core/units/day.ts';
import type { EventRow } from '../ingest/event.table.ts';
import type { ImportRow } from '../ingest/import.table.ts';
import type { LabelRow } from '../ingest/label.table.ts';
import type { EvidenceParts, EvidencePurchase } from './evidence-document.ts';
import type { EvidenceRecords } from './evidence.query.ts';
import { askedOf, eventOf, milestonesOf } from './journey-words.ts';
import { describePurchase, money } from './parcel-records.ts';

/** What the number says, read from how the first purchase wrote it; its meaning is that of the first mailing day. */
export function barcodePart(
  trackingNumber: string,
  sales: readonly LabelRow[],
  published: BarcodeData,
): EvidenceParts['barcode'] {
  const [sale] = sales;
  const { length: _length, ...read } = parseBarcode(sale?.trackingRaw ?? trackingNumber, published);
  const on = sale === undefined ? null : mailingDay(sale);
  const meaning = on === null ? null : serviceOf(read.serviceTypeCode, published.serviceTypes, on);
  if (on === null || meaning === null) return { ...read, meaning: null };
  const { code: _code, extraServices, ...said } = meaning;
  return { ...read, meaning: { on, ...said, extraServices: [...extraServices] } };
}

/** Every purchase under the number, each with the rows that stood in its place before. */
export function purchasesPart({ sales, earlier, imports }: EvidenceRecords): EvidencePurchase[] {
  const files = new Map(imports.map(({ id, file }) => [id, file]));
  const importedAt = new Map(imports.map((each) => [each.id, each.importedAt.getTime()]));
  return sales.map((sale) => {
    const { concerned: _concerned, ...purchase } = describePurchase(sale, { files, concerned: false });
    const replaced = earlier.filter((row) => row.vendor === sale.vendor && row.saleKey === sale.saleKey);
    const order = (row: (typeof replaced)[number]): number => importedAt.get(row.replacedBy) ?? 0;
    return {
      ...purchase,
      saleKey: sale.saleKey,
      trackingRaw: sale.trackingRaw,
      routingZip: sale.routingZip,
      scanFormId: sale.scanFormId,
      insuranceProvider: sale.insuranceProvider,
      customs: money(sale.customsMills, sale.customsCurrency ?? sale.currency),
      extra: sale.extra,
      import: sale.importId,
      earlier: replaced
        .sort((a, b) => order(a) - order(b) || (a.replacedBy < b.replacedBy ? -1 : 1) || a.sequence - b.sequence)
        .map(({ replacedBy, sequence, label }) => ({ replacedBy, sequence, label })),
    };
  });
}

/** Events and answers as stored, in order of time. */
export function eventsPart(rows: readonly EventRow[], codes: TrackingCodes): Pick<EvidenceParts, 'events' | 'answers'> {
  const sources = new Speakers(codes.sources);
  const events = rows
    .filter(({ kind }) => kind === 'event')
    .map((row) => ({
      at: formatInstant(row.eventTime.getTime()),
      hash: row.eventHash,
      code: row.code,
      text: row.text,
      city: row.city,
      state: row.state,
      zip: row.zip,
      country: row.country,
      source: row.source,
      sourceKind: sources.kindOf(row.source),
      retrievedAt: row.retrievedAt && formatInstant(row.retrievedAt.getTime()),
      mailpieceId: row.mailpieceId,
      import: row.importId,
    }));
  const answers = rows.flatMap((row) =>
    askedOf(row).map(({ source, outcome, at }) => ({
      at: formatInstant(at),
      source,
      sourceKind: sources.kindOf(source),
      outcome,
      import: row.importId,
    })),
  );
  return { events, answers };
}

/** The events as they are told, and what they add up to. */
export function timelinePart(rows: readonly EventRow[], codes: TrackingCodes): EvidenceParts['timeline'] {
  const events = rows.filter(({ kind }) => kind === 'event').map(eventOf);
  const digest = foldJourney(events, rows.flatMap(askedOf), codes);
  return {
    digest: { ...digest },
    milestones: milestonesOf(digest).map(({ what, at }) => ({ what, at: formatInstant(at) })),
    told: tellInOrder(events, codes).map(({ event, meaning }) => ({
      at: formatInstant(event.at),
      hash: event.hash,
      stage: meaning.stage,
      countsAs: Object.entries(meaning).flatMap(([name, value]) => (value === true ? [name] : [])),
    })),
  };
}

/** Where rows came from, the earliest first. */
export function importsPart(imports: readonly ImportRow[]): EvidenceParts['imports'] {
  return imports.map(({ id, kind, vendor, file, contentSha256, bytes, rows, importedAt }) => ({
    id,
    kind,
    vendor,
    file,
    contentSha256,
    bytes,
    rows,
    importedAt: formatInstant(importedAt.getTime()),
  }));
}
