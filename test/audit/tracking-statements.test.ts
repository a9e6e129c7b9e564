/** Whole audits of parcels something was stated about: seized, unpaid, on two pieces, held; and words that are none of it. */
import {
  ANSWERED,
  LOS_ANGELES,
  NEWARK,
  PHOENIX,
  type Row,
  type Told,
  asked,
  coded,
  said,
  testStories,
} from '../support/told-audit.ts';

const announced = coded('GX', '09 20:00');
const accepted = coded('03', '10 18:00', LOS_ANGELES);
const delivered = coded('01', '13 18:00', PHOENIX);

const SEIZED = 'Seized by Law Enforcement';
const UNPAID = 'Unpaid package: scanned without a payment record';
const PAID = 'Unpaid package: payment received';
const HELD = 'Package delayed for postage assessment and held awaiting payment';

/** A journey of the usual answers, and what happens beside. */
function tracked(...rows: Row[]): Told {
  return { tracking: [announced, accepted, ...rows, ANSWERED] };
}

/** The same with another label. */
function labelled(label: Row, ...rows: Row[]): Told {
  return { label, ...tracked(...rows) };
}

testStories('seized-by-law-enforcement', [
  [
    'the carrier scans it as seized',
    tracked(coded('11', '12 18:00')),
    { severity: 'critical', verdict: 'process_gap', attribution: 'open' },
  ],
  [
    'a relay says so',
    tracked(said(SEIZED, '12 18:00', { source: '17track' })),
    { severity: 'critical', attribution: 'open' },
  ],
  [
    'seized for its postage',
    tracked(said('Seized/Counterfeit Postage', '12 18:00')),
    { severity: 'critical', attribution: 'open' },
  ],
  [
    'a source nobody knows says so',
    tracked(said(SEIZED, '12 18:00', { source: 'erp' })),
    { severity: 'high', attribution: 'open' },
  ],
  ["a customer's note says so", tracked(said(SEIZED, '12 18:00', { source: 'customer note' })), 'clear'],
  ['delivered in peace', tracked(delivered), 'clear'],
  [
    'only a note is on file',
    { tracking: [said(SEIZED, '12 18:00', { source: 'vendor note' })] },
    'unknown: journey.seized',
  ],
  ['no access', { tracking: [asked('no_access', '30 05:00')] }, 'unknown: journey.seized'],
  ['an error', { tracking: [asked('error', '30 05:00')] }, 'unknown: journey.seized'],
]);

testStories('duplicate-label-scan', [
  [
    'the carrier met the number a second time',
    tracked(coded('46', '12 18:00', NEWARK)),
    { severity: 'high', verdict: 'number_cloned', attribution: 'open' },
  ],
  ['in words alone', tracked(said('Duplicate Label ID', '12 18:00')), { severity: 'high', attribution: 'open' }],
  [
    'a source nobody knows says so',
    tracked(said('Duplicate Label ID', '12 18:00', { source: 'erp' })),
    { severity: 'medium', attribution: 'open' },
  ],
  [
    'a label printed again for its order on its day',
    {
      labels: [{ order_id: 'O1' }, { order_id: 'O1', purchased_at: '2026-11-09T18:00:00Z' }],
      ...tracked(coded('46', '12 18:00')),
    },
    'clear; clear',
  ],
  [
    'a label printed again, free of charge',
    {
      labels: [{ order_id: 'O1' }, { order_id: 'O1', purchased_at: '2026-11-09T18:00:00Z', charged: '0.00' }],
      ...tracked(coded('46', '12 18:00')),
    },
    'clear; clear',
  ],
  ['on its way back to its sender', tracked(coded('09', '12 12:00'), coded('46', '14 18:00')), 'clear'],
  ["a seller's note says so", tracked(said('Duplicate Label ID', '12 18:00', { source: 'seller' })), 'clear'],
  ['delivered in peace', tracked(delivered), 'clear'],
  ['no access', { tracking: [asked('no_access', '30 05:00')] }, 'unknown: journey.duplicate'],
]);

testStories('unpaid-piece-notice', [
  [
    'unpaid for weeks',
    tracked(said(UNPAID, '11 18:00')),
    { severity: 'critical', verdict: 'payment_unproven', attribution: 'vendor' },
  ],
  [
    'unpaid for 23 hours',
    tracked(said(UNPAID, '30 07:00')),
    { severity: 'info', verdict: 'payment_unproven', attribution: 'open' },
  ],
  [
    'unpaid for a day, and not read since it was over',
    tracked(said(UNPAID, '30 06:00')),
    { severity: 'high', attribution: 'open' },
  ],
  [
    'a source last answered an hour after it, weeks ago',
    { tracking: [announced, accepted, said(UNPAID, '11 12:00'), asked('answered', '11 13:00')] },
    { severity: 'high', verdict: 'payment_unproven', attribution: 'open' },
  ],
  [
    'an event after it that nobody can read',
    tracked(said(UNPAID, '11 18:00'), said('Zorble frobnicated', '12 18:00')),
    { severity: 'high', attribution: 'open' },
  ],
  [
    'told again each day, it counts from the first',
    tracked(said(UNPAID, '29 05:00'), said(UNPAID, '30 07:00')),
    { severity: 'critical' },
  ],
  [
    'paid, then unpaid again a few hours ago',
    tracked(said(UNPAID, '11 18:00'), said(PAID, '12 18:00'), said(UNPAID, '30 18:00')),
    { severity: 'info', attribution: 'open' },
  ],
  [
    'we had voided it',
    labelled({ status: 'voided', voided_by: 'us', voided_at: '2026-11-10T09:00:00Z' }, said(UNPAID, '11 18:00')),
    { verdict: 'own_error', attribution: 'us' },
  ],
  [
    'voided, and the file does not say by whom',
    labelled({ status: 'voided', voided_at: '2026-11-10T09:00:00Z' }, said(UNPAID, '11 18:00')),
    { severity: 'critical', attribution: 'open' },
  ],
  [
    'two mailpieces bear the number, and one of them may be paid',
    tracked(said(UNPAID, '11 18:00', { mailpiece_id: '1' }), { ...delivered, mailpiece_id: '2' }),
    { severity: 'critical', attribution: 'open' },
  ],
  [
    'the carrier scanned the number on two pieces',
    tracked(said(UNPAID, '11 18:00'), coded('46', '12 18:00')),
    { severity: 'critical', attribution: 'open' },
  ],
  [
    'two vendors sold the number within its time',
    {
      labels: [{}, { vendor: 'Other Labels', order_id: 'O2', purchased_at: '2026-11-10T09:00:00Z' }],
      ...tracked(said(UNPAID, '11 18:00')),
    },
    [
      { vendor: 'Other Labels', severity: 'critical', attribution: 'open' },
      { vendor: 'Story Labels', severity: 'critical', attribution: 'open' },
    ],
  ],
  [
    'a source nobody knows says so',
    tracked(said(UNPAID, '11 18:00', { source: 'erp' })),
    { severity: 'high', verdict: 'payment_unproven', attribution: 'open' },
  ],
  [
    'a source nobody knows says that it was paid, against the carrier',
    tracked(said(UNPAID, '11 18:00'), said(PAID, '12 18:00', { source: 'erp' })),
    { severity: 'critical', attribution: 'vendor' },
  ],
  [
    'no payment was received',
    tracked(said('Unpaid package: no payment was received', '11 18:00')),
    { severity: 'critical' },
  ],
  ['paid within hours', tracked(said(UNPAID, '11 18:00'), said(PAID, '12 02:00')), 'clear'],
  ['paid at last', tracked(said(UNPAID, '11 18:00'), said(PAID, '29 02:00')), 'clear'],
  ["a vendor's note says so", tracked(said(UNPAID, '11 18:00', { source: 'vendor note' })), 'clear'],
  ['duties at customs', tracked(said('Customs: unpaid package, duties are due', '11 18:00')), 'clear'],
  ['delivered in peace', tracked(delivered), 'clear'],
  ['no access', { tracking: [asked('no_access', '30 05:00')] }, 'unknown: journey.unpaid'],
  ['not found', { tracking: [asked('not_found', '30 05:00')] }, 'unknown: journey.unpaid'],
]);

testStories('held-for-postage', [
  [
    'held for weeks',
    tracked(said(HELD, '12 18:00')),
    { severity: 'high', verdict: 'payment_unproven', attribution: 'open' },
  ],
  ['held since yesterday', tracked(said('Postage Due', '30 18:00')), { severity: 'medium', attribution: 'open' }],
  [
    'held, and nobody says that it was lifted but a note',
    tracked(said(HELD, '12 18:00'), { ...delivered, source: 'vendor note' }),
    { severity: 'high' },
  ],
  ['held by customs', tracked(coded('HP', '12 18:00')), 'clear'],
  [
    'held by customs, in words of payment',
    tracked(coded('HP', '12 18:00', { event_text: 'Held, awaiting payment' })),
    'clear',
  ],
  [
    'held for duties, in words alone',
    tracked(said('Held in customs, awaiting payment of duties', '12 18:00')),
    'clear',
  ],
  ['held as the customer wished', tracked(coded('58', '12 18:00', PHOENIX)), 'clear'],
  ['available for pickup', tracked(coded('14', '12 18:00', PHOENIX)), 'clear'],
  ['lifted by a scan', tracked(said(HELD, '11 18:00'), coded('T1', '12 18:00')), 'clear'],
  ['lifted by its delivery', tracked(said(HELD, '11 18:00'), delivered), 'clear'],
  ['on its way back', tracked(said(HELD, '11 18:00'), coded('09', '12 18:00')), 'clear'],
  ['returned for want of postage', tracked(said('Returned to sender: postage due', '12 18:00')), 'clear'],
  [
    'a return label, which its addressee pays',
    { ...tracked(said(HELD, '12 18:00')), label: { kind: 'return' } },
    'clear',
  ],
  [
    'an event after it that nobody can read',
    tracked(said(HELD, '12 18:00'), said('Quantum tunnelling', '13 18:00')),
    'unknown: journey.held',
  ],
  ['no access', { tracking: [asked('no_access', '30 05:00')] }, 'unknown: journey.held'],
  ['an error', { tracking: [asked('error', '30 05:00')] }, 'unknown: journey.held'],
]);
