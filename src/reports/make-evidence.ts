/** The evidence document of one number, a pure function of what was read: the same records and clock give the same bytes. */
import type { Catalog } from '../catalog/catalog.ts';
import { DIGEST_VERSION } from '../core/journey/digest.ts';
import type { Rule } from '../core/rules/rule.ts';
import { formatInstant } from '../core/units/day.ts';
import { describeAdjustment, describeCharge } from './parcel-records.ts';
import {
  EVIDENCE_SCHEMA,
  type EvidenceDocument,
  EvidenceDocumentSchema,
  type EvidenceParts,
  type RawBody,
  type RawDocument,
} from './evidence-document.ts';
import { type BookInForce, findingsPart, judgedPart } from './evidence-findings.ts';
import { manifestOf } from './evidence-manifest.ts';
import { barcodePart, eventsPart, importsPart, purchasesPart, timelinePart } from './evidence-parcel.ts';
import type { EvidenceRecords } from './evidence.query.ts';

export interface EvidenceInput {
  trackingNumber: string;
  records: EvidenceRecords;
  raw: { documents: RawDocument[]; bodies: RawBody[]; leftOut: number };
  catalog: Pick<Catalog, 'barcodes' | 'tracking' | 'rules' | 'dataVersion'>;
  /** The rules of its findings as they judged, by version. */
  archive: ReadonlyMap<string, Rule>;
  /** Of the day on which the number was judged; null where it never was. */
  book: BookInForce | null;
  asOf: Date;
  madeAt: Date;
}

/** Throws when a stored value breaks the form of the document. */
export function makeEvidence(input: EvidenceInput): EvidenceDocument {
  const { trackingNumber, records, raw, catalog, book } = input;
  const files = new Map(records.imports.map(({ id, file }) => [id, file]));
  const parts: Omit<EvidenceParts, 'notKnown'> = {
    schema: EVIDENCE_SCHEMA,
    trackingNumber,
    asOf: formatInstant(input.asOf.getTime()),
    madeAt: formatInstant(input.madeAt.getTime()),
    versions: { ruleBook: catalog.rules.version, data: catalog.dataVersion, journey: DIGEST_VERSION },
    barcode: barcodePart(trackingNumber, records.sales, catalog.barcodes),
    purchases: purchasesPart(records),
    charges: records.charges.map((charge) => describeCharge(charge, files)),
    adjustments: records.adjustments.map((adjustment) => describeAdjustment(adjustment, files)),
    ...eventsPart(records.events, catalog.tracking),
    timeline: timelinePart(records.events, catalog.tracking),
    rawDocuments: raw.documents,
    rawBodies: raw.bodies,
    imports: importsPart(records.imports),
    findings: findingsPart(records, { book: catalog.rules, archive: input.archive }),
    judged: judgedPart(records, book),
  };
  const leftOut = { rows: records.leftOut, bytes: raw.leftOut };
  // What is hashed is what is written: a field that the schema does not know is in neither.
  const checked = EvidenceDocumentSchema.omit({ manifest: true }).parse({
    ...parts,
    notKnown: notKnown(parts, leftOut),
  });
  return { ...checked, manifest: manifestOf(checked) };
}

type NotKnown = EvidenceParts['notKnown'];

/** What a reader must not take the document to show. */
function notKnown(
  { events, answers, purchases, rawDocuments, judged, timeline }: Omit<EvidenceParts, 'notKnown'>,
  leftOut: { rows: number; bytes: number },
): NotKnown {
  const unknownRules = judged?.answers?.filter(({ answer }) => answer === 'unknown').length ?? 0;
  const accused = timeline.told.some(({ countsAs }) => countsAs.includes('notice'));
  const all: [NotKnown[number]['what'], boolean | number][] = [
    ['payment', true],
    ['absence', !accused],
    ['no_purchase', purchases.length === 0],
    ['no_events', events.length === 0],
    ['no_answer', answers.length === 0],
    ['no_documents', rawDocuments.length === 0],
    ['file_bytes', events.length],
    ['local_times', events.length > 0],
    ['not_judged', judged === null],
    ['judged_before', judged !== null && !(judged.current && judged.upToDate)],
    ['unknown_rules', unknownRules],
    ['rows_left_out', leftOut.rows],
    ['bytes_left_out', leftOut.bytes],
  ];
  return all.flatMap(([what, holds]) => {
    if (holds === false || holds === 0) return [];
    return [{ what, count: holds === true ? null : holds }];
  });
}

/** Two-space JSON with a newline at its end. */
export function evidenceJson(document: unknown): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}
