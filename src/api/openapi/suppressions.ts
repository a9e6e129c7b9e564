/** Documentation of suppressions. */
import { idParam } from '../id-param.ts';
import { endQuery, newSuppression, suppression, suppressionList, suppressionsQuery } from '../suppressions.schema.ts';
import type { Operation } from './operation.ts';

const ONE = '/api/v1/suppressions/$SUPPRESSION';

export const suppressionOperations: readonly Operation[] = [
  {
    method: 'POST',
    path: '/api/v1/suppressions',
    id: 'addSuppression',
    tag: 'Findings',
    summary: 'Suppress findings',
    description:
      'Hides findings from reports, totals, decisions about vendors, alerts and lists; they are judged and stored as ever. ' +
      'Every criterion given has to hold, and at least one is to be given. A critical finding of counterfeit postage is ' +
      'hidden only by a suppression that names its number and its rule. It ends by itself on its last day.',
    body: {
      description: 'What to hide, why, who answers for it, and until when.',
      required: true,
      content: {
        'application/json': {
          schema: newSuppression,
          example: {
            rule: 'below-floor-price',
            expression: 'label.charged_mills < 500.0',
            reason: 'Test labels of our own.',
            owner: 'Ann',
          },
        },
      },
    },
    answers: [
      {
        status: 201,
        description: 'The suppression with what it hides at once.',
        json: { name: 'Suppression', schema: suppression },
        headers: { Location: 'Address of the suppression.' },
      },
    ],
    problems: [413, 415],
    example: { path: '/api/v1/suppressions', keepsIdAs: 'SUPPRESSION' },
  },
  {
    method: 'GET',
    path: '/api/v1/suppressions',
    id: 'listSuppressions',
    tag: 'Findings',
    summary: 'List suppressions',
    query: suppressionsQuery,
    answers: [
      { status: 200, description: 'The last made first.', json: { name: 'SuppressionList', schema: suppressionList } },
    ],
    problems: [],
    example: { path: '/api/v1/suppressions?state=active,expired' },
  },
  {
    method: 'GET',
    path: '/api/v1/suppressions/{id}',
    id: 'getSuppression',
    tag: 'Findings',
    summary: 'See what a suppression hides',
    params: idParam,
    answers: [{ status: 200, description: 'The suppression.', json: { name: 'Suppression', schema: suppression } }],
    problems: [404],
    example: { path: ONE },
  },
  {
    method: 'DELETE',
    path: '/api/v1/suppressions/{id}',
    id: 'endSuppression',
    tag: 'Findings',
    summary: 'End a suppression',
    description: 'What nothing else hides is shown again at once. The suppression is kept, with who ended it.',
    params: idParam,
    query: endQuery,
    answers: [{ status: 200, description: 'As it stands.', json: { name: 'Suppression', schema: suppression } }],
    problems: [404],
    example: { path: `${ONE}?reason=done` },
  },
];
