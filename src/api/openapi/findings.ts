/** Documentation of audits, findings, letters about them and the evidence of a number. */
import { EvidenceDocumentSchema } from '../../reports/evidence-document.ts';
import { FindingDetailSchema } from '../../reports/finding-detail.ts';
import { auditList, auditRequested, auditWithFindings, newAudit } from '../audits.schema.ts';
import { evidenceQuery, letterAnswer, letterQuery, numberParam } from '../evidence.schema.ts';
import { decision, findingList, findingsQuery } from '../findings.schema.ts';
import { idParam } from '../id-param.ts';
import { localeQuery } from '../language.ts';
import { listQuery } from '../list-query.ts';
import type { Operation } from './operation.ts';
import { EXAMPLE_NUMBER } from './records.ts';

/** Of the label that the examples add: ids of findings follow from rule and sale alone. */
const FINDING = '/api/v1/findings/5f8ee33875a6f0c4bddeb38cdc6fdf25';
/** The one that its parcel is held for postage. */
const HELD = '/api/v1/findings/64f3613fa11f164e789b7793533cabee';

export const findingOperations: readonly Operation[] = [
  {
    method: 'POST',
    path: '/api/v1/audits',
    id: 'requestAudit',
    tag: 'Audits',
    summary: 'Ask for an audit',
    description:
      'Judges what is due as of `asOf`, now unless it is given. An instant before that of the latest audit is refused: ' +
      'findings would fall back to what was known then.',
    body: {
      description: 'May be left out.',
      required: false,
      content: { 'application/json': { schema: newAudit, example: {} } },
    },
    answers: [
      {
        status: 202,
        description: 'Queued; `Location` says where to see how it stands.',
        json: { name: 'AuditRequested', schema: auditRequested },
        headers: { Location: 'Address of the audit.' },
      },
    ],
    problems: [409, 413, 415],
    example: { path: '/api/v1/audits', keepsIdAs: 'AUDIT' },
  },
  {
    method: 'GET',
    path: '/api/v1/audits',
    id: 'listAudits',
    tag: 'Audits',
    summary: 'List audits',
    query: listQuery,
    answers: [{ status: 200, description: 'The last begun first.', json: { name: 'AuditList', schema: auditList } }],
    problems: [],
    example: { path: '/api/v1/audits?limit=10' },
  },
  {
    method: 'GET',
    path: '/api/v1/audits/{id}',
    id: 'getAudit',
    tag: 'Audits',
    summary: 'See how an audit stands',
    params: idParam,
    answers: [{ status: 200, description: 'The audit.', json: { name: 'Audit', schema: auditWithFindings } }],
    problems: [404],
    example: { path: '/api/v1/audits/$AUDIT' },
  },
  {
    method: 'GET',
    path: '/api/v1/findings',
    id: 'listFindings',
    tag: 'Findings',
    summary: 'List findings',
    description: 'In the order of reports: the worst first, then by currency and amount.',
    query: findingsQuery,
    answers: [{ status: 200, description: 'A page of findings.', json: { name: 'FindingList', schema: findingList } }],
    problems: [],
    example: { path: '/api/v1/findings?severity=critical,high&limit=10' },
  },
  {
    method: 'GET',
    path: '/api/v1/findings/{id}',
    id: 'getFinding',
    tag: 'Findings',
    summary: 'Read one finding with its evidence and its parcel’s journey',
    params: idParam,
    query: localeQuery,
    answers: [
      { status: 200, description: 'The finding.', json: { name: 'FindingDetail', schema: FindingDetailSchema } },
    ],
    problems: [404],
    example: { path: FINDING },
  },
  {
    method: 'PATCH',
    path: '/api/v1/findings/{id}',
    id: 'decideFinding',
    tag: 'Findings',
    summary: 'Decide what becomes of a finding',
    description:
      'A state that cannot follow is refused, naming those that can. The same state with the same reason changes ' +
      'nothing. What a person closed stays closed while audits find the same, and opens again when it grew.',
    params: idParam,
    body: {
      description: 'The state, and why.',
      required: true,
      content: {
        'application/json': {
          schema: decision,
          example: { state: 'acknowledged', reason: 'The vendor is asked for the contract behind this price.' },
        },
      },
    },
    answers: [
      {
        status: 200,
        description: 'The finding as it stands.',
        json: { name: 'FindingDetail', schema: FindingDetailSchema },
      },
    ],
    problems: [404, 409, 413, 415],
    example: { path: FINDING },
  },
  {
    method: 'GET',
    path: '/api/v1/findings/{id}/letters',
    id: 'writeLetter',
    tag: 'Findings',
    summary: 'Have a letter about a finding written',
    description:
      'To the vendor or to the Postal Service, from what is on file and nothing else; its verdict decides which. Not ' +
      'every finding calls for one: the problem says why not. With `format=text`, or `Accept: text/plain`, as a text file.',
    params: idParam,
    query: letterQuery,
    answers: [
      {
        status: 200,
        description: 'The letter.',
        json: { name: 'Letter', schema: letterAnswer },
        types: ['text/plain'],
      },
    ],
    problems: [404],
    example: { path: `${HELD}/letters?to=vendor&locale=en` },
  },
  {
    method: 'GET',
    path: '/api/v1/evidence/{trackingNumber}',
    id: 'getEvidence',
    tag: 'Findings',
    summary: 'Get the evidence of a number',
    description:
      'Everything on file about it as of now: purchases, events, what sources pushed or answered byte for byte, the parsed ' +
      'number, the timeline, findings with rule and version, and a manifest of hashes by which a later change shows. JSON ' +
      'needs the role auditor, since raw documents may name people; with `format=html`, or `Accept: text/html`, it is ' +
      'the page to print, which shows no raw bytes.',
    params: numberParam,
    query: evidenceQuery,
    answers: [
      {
        status: 200,
        description: 'The evidence.',
        json: { name: 'Evidence', schema: EvidenceDocumentSchema },
        types: ['text/html'],
      },
    ],
    problems: [404],
    example: { path: `/api/v1/evidence/${EXAMPLE_NUMBER}` },
  },
];
