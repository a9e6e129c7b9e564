/** Documentation of audits, findings, letters about them and the evidence of a number. */
import { z } from 'zod';
import { MOST_AT_ONCE } from '../../audit/finding.service.ts';
import { EvidenceDocumentSchema } from '../../reports/evidence-document.ts';
import { FindingDetailSchema } from '../../reports/finding-detail.ts';
import { auditList, auditRequested, auditWithFindings, newAudit } from '../audits.schema.ts';
import { evidenceQuery, letterAnswer, letterQuery, numberParam } from '../evidence.schema.ts';
import { bulkDecision, decided, decision, findingList, findingsQuery, historyQuery } from '../findings.schema.ts';
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
      {
        status: 200,
        description: 'The finding.',
        json: { name: 'FindingDetail', schema: FindingDetailSchema },
        headers: { ETag: 'Its version, for If-Match of a decision.' },
      },
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
      'Sets the state with its reason, the assignee, a day of your own, the reference of a dispute and what came back, or ' +
      'adds a comment; what is left out stays. A state that cannot follow is refused, naming those that can. The same once ' +
      'more changes nothing. What a person closed stays closed while audits find the same, and opens again when it grew. ' +
      'With If-Match a finding that changed meanwhile is left as it is.',
    params: idParam,
    headers: z.object({
      'If-Match': z.string().optional().meta({
        description:
          'The ETag the finding was answered with, or its `version` in quotes: whoever changed it since is not overwritten.',
      }),
    }),
    body: {
      description: 'What changes, and why.',
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
        headers: { ETag: 'Its version, for If-Match of the next decision.' },
      },
    ],
    problems: [404, 409, 412, 413, 415],
    example: { path: FINDING },
  },
  {
    method: 'POST',
    path: '/api/v1/findings/decisions',
    id: 'decideFindings',
    tag: 'Findings',
    summary: 'Decide the same about many findings',
    description: `All of them or none, at most ${MOST_AT_ONCE}; each change is kept in the history of its finding.`,
    body: {
      description: 'Which findings, what changes, and why.',
      required: true,
      content: {
        'application/json': {
          schema: bulkDecision,
          example: { ids: [FINDING.split('/').at(-1)], assignee: 'Ann', comment: 'Ann asks the vendor about these.' },
        },
      },
    },
    answers: [
      { status: 200, description: 'How many were decided about.', json: { name: 'FindingsDecided', schema: decided } },
    ],
    problems: [404, 409, 413, 415],
    example: { path: '/api/v1/findings/decisions' },
  },
  {
    method: 'GET',
    path: '/api/v1/findings/history',
    id: 'exportFindingHistory',
    tag: 'Findings',
    summary: 'Get the history of findings as CSV',
    description:
      'Who changed what, when, from what to what, and why: one line a field that changed. Left out, `state` takes every state.',
    query: historyQuery,
    answers: [{ status: 200, description: 'The file.', types: ['text/csv'] }],
    problems: [],
    example: { path: '/api/v1/findings/history?by=people&from=2026-12-01' },
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
