/** Documentation of files and arrays of records. */
import { arrayAnswer, arrayQuery, recordsBody } from '../arrays.schema.ts';
import { aboutFile, importAnswer, importList, importParam, rejectedList, rejectedQuery } from '../imports.schema.ts';
import { listQuery } from '../list-query.ts';
import type { Operation } from './operation.ts';

/** One label sold far below any price, whose parcel is held: the examples that follow have findings to look at. */
export const EXAMPLE_NUMBER = '9400111899223197428497';
const VENDOR = 'Example Labels';

const LABEL = {
  tracking_number: EXAMPLE_NUMBER,
  vendor: VENDOR,
  label_id: 'EX-1001',
  purchased_at: '2026-11-05T15:00:00-08:00',
  ship_date: '2026-11-05',
  service: 'ground_advantage',
  packaging: 'package',
  weight_oz: '8',
  origin_zip: '90058',
  destination_zip: '85004',
  charged: '2.00',
};
const EVENT = {
  tracking_number: EXAMPLE_NUMBER,
  event_time: '2026-11-06T09:30:00-08:00',
  event_code: '03',
  event_text: 'Accepted at USPS Origin Facility',
  city: 'LOS ANGELES',
  state: 'CA',
  zip: '90058',
  source: 'usps',
};
const HOLD = {
  tracking_number: EXAMPLE_NUMBER,
  event_time: '2026-11-07T16:10:00-08:00',
  event_text: 'Package delayed for postage assessment and held awaiting payment',
  source: 'usps',
};
const CHARGE = {
  invoice_number: 'EX-INV-7',
  vendor: VENDOR,
  charge_type: 'postage',
  amount: '2.00',
  invoice_date: '2026-11-30',
  tracking_number: EXAMPLE_NUMBER,
};
const FILE = `tracking_number,vendor,label_id,purchased_at,service,charged,weight_oz,origin_zip,destination_zip
9400111899223197428503,${VENDOR},EX-1002,2026-11-05T15:05:00-08:00,ground_advantage,7.31,8,90058,85004
`;

const ARRAYS = [
  { path: '/api/v1/labels', id: 'addLabels', summary: 'Add labels', of: 'labels', records: [LABEL] },
  {
    path: '/api/v1/tracking-events',
    id: 'addTrackingEvents',
    summary: 'Add tracking events',
    of: 'tracking',
    records: [EVENT, HOLD],
  },
  { path: '/api/v1/charges', id: 'addCharges', summary: 'Add lines of invoices', of: 'invoice', records: [CHARGE] },
] as const;

const arrays = ARRAYS.map(({ path, id, summary, of, records }): Operation => ({
  method: 'POST',
  path,
  id,
  tag: 'Records',
  summary,
  description:
    `Rows with the columns of the canonical ${of} file as keys. What can be taken is stored when the answer comes; ` +
    'the rest is told row by row. The same rows again change nothing.',
  query: arrayQuery,
  body: {
    description: 'The rows, or an object with them as `items`.',
    required: true,
    content: { 'application/json': { schema: recordsBody, example: records } },
  },
  answers: [{ status: 200, description: 'What became of the rows.', json: { name: 'Records', schema: arrayAnswer } }],
  problems: [413, 415, 422],
  example: { path },
}));

export const recordOperations: readonly Operation[] = [
  {
    method: 'POST',
    path: '/api/v1/imports',
    id: 'sendFile',
    tag: 'Files',
    summary: 'Send a file',
    description:
      'A CSV file of any size as the body, or as the file of a form. It is kept when the answer comes and imported in ' +
      'the background; the same file again changes nothing.',
    query: aboutFile,
    body: {
      description: 'The file.',
      required: true,
      content: { 'text/csv': { example: FILE }, 'multipart/form-data': {}, 'application/octet-stream': {} },
    },
    answers: [
      {
        status: 202,
        description: 'Kept; `Location` says where to see how far it is.',
        json: { name: 'Import', schema: importAnswer },
        headers: { Location: 'Address of the import.' },
      },
    ],
    problems: [413, 415, 422],
    example: { path: '/api/v1/imports?file=labels.csv', keepsIdAs: 'IMPORT' },
  },
  {
    method: 'GET',
    path: '/api/v1/imports',
    id: 'listImports',
    tag: 'Files',
    summary: 'List files and arrays received',
    query: listQuery,
    answers: [{ status: 200, description: 'The newest first.', json: { name: 'ImportList', schema: importList } }],
    problems: [],
    example: { path: '/api/v1/imports?limit=10' },
  },
  {
    method: 'GET',
    path: '/api/v1/imports/{id}',
    id: 'getImport',
    tag: 'Files',
    summary: 'See how far an import is',
    params: importParam,
    answers: [{ status: 200, description: 'The import.', json: { name: 'Import', schema: importAnswer } }],
    problems: [404],
    example: { path: '/api/v1/imports/$IMPORT' },
  },
  {
    method: 'GET',
    path: '/api/v1/imports/{id}/rejected-rows',
    id: 'listRejectedRows',
    tag: 'Files',
    summary: 'See which rows were not taken, and why',
    description: 'With `format=csv`, or `Accept: text/csv`, all of them as one file.',
    params: importParam,
    query: rejectedQuery,
    answers: [
      {
        status: 200,
        description: 'In the order of the file.',
        json: { name: 'RejectedRows', schema: rejectedList },
        types: ['text/csv'],
      },
    ],
    problems: [404],
    example: { path: '/api/v1/imports/$IMPORT/rejected-rows' },
  },
  ...arrays,
];
