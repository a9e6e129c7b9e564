/** Documentation of reports, vendors and the service itself. */
import { z } from 'zod';
import { ARCHIVE_FILES } from '../../reports/report-files.ts';
import { listQuery } from '../list-query.ts';
import {
  dateParam,
  dayReport,
  fileParam,
  reportList,
  reportRequested,
  vendor,
  vendorList,
  vendorParam,
} from '../reports.schema.ts';
import type { Operation } from './operation.ts';

const health = z.object({ status: z.enum(['ok', 'unavailable']), checks: z.record(z.string(), z.unknown()) });

export const reportOperations: readonly Operation[] = [
  {
    method: 'POST',
    path: '/api/v1/reports/{date}',
    id: 'requestReport',
    tag: 'Reports',
    summary: 'Have the report of a day made anew',
    description:
      'It is made in the background, archived and not mailed. A day to come is looked ahead to: findings stand as of it ' +
      'until the next audit. A day that audits have left behind without a report is refused.',
    params: dateParam,
    answers: [
      {
        status: 202,
        description: 'Queued.',
        json: { name: 'ReportRequested', schema: reportRequested },
        headers: { Location: 'Address of the report, once it is made.' },
      },
    ],
    problems: [409],
    example: { path: '/api/v1/reports/$TODAY' },
  },
  {
    method: 'GET',
    path: '/api/v1/reports',
    id: 'listReports',
    tag: 'Reports',
    summary: 'List days with a report',
    query: listQuery,
    answers: [
      {
        status: 200,
        description: 'The last day first, each with its last edition.',
        json: { name: 'ReportList', schema: reportList },
      },
    ],
    problems: [],
    example: { path: '/api/v1/reports?limit=10' },
  },
  {
    method: 'GET',
    path: '/api/v1/reports/{date}',
    id: 'getReport',
    tag: 'Reports',
    summary: 'Read the report of a day',
    description: 'report.json of its last edition, and what changed since the report before.',
    params: dateParam,
    answers: [{ status: 200, description: 'The report.', json: { name: 'Report', schema: dayReport } }],
    problems: [404],
    example: { path: '/api/v1/reports/$TODAY' },
  },
  {
    method: 'GET',
    path: '/api/v1/reports/{date}/{file}',
    id: 'getReportFile',
    tag: 'Reports',
    summary: 'Download a file of a report',
    description: `One of ${ARCHIVE_FILES.join(', ')}, byte for byte as it was made and mailed. The edition is its ETag.`,
    params: fileParam,
    answers: [
      {
        status: 200,
        description: 'The file.',
        types: [
          'text/html',
          'application/json',
          'text/csv',
          'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        ],
        headers: { ETag: 'The edition of the report.' },
      },
      { status: 304, description: 'The caller has this edition.' },
    ],
    problems: [404],
    example: { path: '/api/v1/reports/$TODAY/findings.csv' },
  },
  {
    method: 'GET',
    path: '/api/v1/vendors',
    id: 'listVendors',
    tag: 'Vendors',
    summary: 'List vendors with the decision on each',
    description: 'As the latest report judges them; none before the first report.',
    answers: [
      { status: 200, description: 'The worst decision first.', json: { name: 'VendorList', schema: vendorList } },
    ],
    problems: [],
    example: { path: '/api/v1/vendors' },
  },
  {
    method: 'GET',
    path: '/api/v1/vendors/{name}',
    id: 'getVendor',
    tag: 'Vendors',
    summary: 'Read the decision on one vendor',
    params: vendorParam,
    answers: [{ status: 200, description: 'The vendor.', json: { name: 'Vendor', schema: vendor } }],
    problems: [404],
    example: { path: '/api/v1/vendors/Example%20Labels' },
  },
  {
    method: 'GET',
    path: '/health/live',
    id: 'isAlive',
    tag: 'Service',
    summary: 'Whether the process lives',
    answers: [
      {
        status: 200,
        description: 'It does.',
        json: { name: 'Alive', schema: z.object({ status: z.literal('ok') }) },
      },
    ],
    problems: [],
    example: { path: '/health/live' },
  },
  {
    method: 'GET',
    path: '/health/ready',
    id: 'isReady',
    tag: 'Service',
    summary: 'Whether the service can work',
    answers: [
      { status: 200, description: 'Every check is ok.', json: { name: 'Health', schema: health } },
      { status: 503, description: 'Some check fails, and says why.', json: { name: 'Health', schema: health } },
    ],
    problems: [],
    example: { path: '/health/ready' },
  },
  {
    method: 'GET',
    path: '/metrics',
    id: 'readMetrics',
    tag: 'Service',
    summary: 'Measures of the process for Prometheus',
    answers: [{ status: 200, description: 'The measures.', types: ['text/plain'] }],
    problems: [],
    example: { path: '/metrics' },
  },
  {
    method: 'GET',
    path: '/api/openapi.json',
    id: 'getOpenApi',
    tag: 'Service',
    summary: 'This interface as an OpenAPI document',
    answers: [
      {
        status: 200,
        description: 'OpenAPI 3.1.',
        json: { name: 'OpenApi', schema: z.looseObject({ openapi: z.string() }) },
      },
    ],
    problems: [],
    example: { path: '/api/openapi.json' },
  },
  {
    method: 'GET',
    path: '/api/docs',
    id: 'readDocs',
    tag: 'Service',
    summary: 'This interface as a page',
    answers: [{ status: 200, description: 'The page.', types: ['text/html'] }],
    problems: [],
    example: { path: '/api/docs' },
  },
  {
    method: 'GET',
    path: '/api/docs/style.css',
    id: 'readDocsStyle',
    tag: 'Service',
    summary: 'The look of that page',
    answers: [{ status: 200, description: 'The stylesheet.', types: ['text/css'] }],
    problems: [],
    example: { path: '/api/docs/style.css' },
  },
];
