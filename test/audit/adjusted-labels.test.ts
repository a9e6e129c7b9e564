/** What adjustments tell of labels, told over whole audits: weights found, claims altered, second pieces, unpaid and refunded ones. */
import { ANSWERED, coded, type Row, type Story, testStories } from '../support/told-audit.ts';

const HEAVIER = { assessed_weight_oz: '40', claimed_weight_oz: '8' };
const SCANNED = [coded('03', '10 20:00', { zip: '90058' }), coded('01', '14 20:00', { zip: '85004' }), ANSWERED];

testStories('weight-understated', [
  [
    'our scale says what the label says, and the carrier found more',
    { label: { scale_weight_oz: '8' }, adjustments: [HEAVIER] },
    { severity: 'medium', verdict: 'own_error', attribution: 'us' },
  ],
  [
    'our scale says what the carrier found, and the label was bought for less',
    { label: { scale_weight_oz: '40' }, adjustments: [HEAVIER] },
    { severity: 'medium', verdict: 'price_suspect', attribution: 'vendor' },
  ],
  ['nobody knows what our scale said', { adjustments: [HEAVIER] }, { severity: 'medium', attribution: 'open' }],
  ['as heavy as it was bought for', { adjustments: [{ ...HEAVIER, assessed_weight_oz: '8.4' }] }, 'clear'],
  [
    'a cubic label does not go by weight',
    {
      label: { rate_type: 'cubic', packaging: 'cubic', length_in: '8', width_in: '6', height_in: '4', ...AUTUMN() },
      adjustments: [{ ...HEAVIER, assessed_at: '2025-11-23T09:00:00Z' }],
    },
    'clear',
  ],
  ['no adjustment is on file', {}, 'unknown: adjustment.weight_found_milli_oz'],
  [
    'the adjustment is told after the clock of the audit',
    { adjustments: [{ ...HEAVIER, notified_at: '2026-12-05T09:00:00Z' }] },
    'unknown: adjustment.weight_found_milli_oz',
  ],
]);

/** Cubic prices of the list of October 2025 are on file. */
function AUTUMN(): Row {
  return { purchased_at: '2025-11-09T17:00:00Z', ship_date: '2025-11-10' };
}

const SOLD_HEAVY = { weight_oz: '32' };
const CLAIMED_LIGHT = { claimed_weight_oz: '4', assessed_weight_oz: '32' };

testStories('label-specs-altered', [
  ...['Lone Labels', ...Array.from({ length: 5 }, () => 'Series Labels')].map((vendor, index): Story => [
    `less weight was claimed than ${vendor} sold, label ${index}`,
    { label: { ...SOLD_HEAVY, vendor }, adjustments: [{ ...CLAIMED_LIGHT, vendor }] },
    { severity: vendor === 'Lone Labels' ? 'high' : 'critical', verdict: 'payment_unproven', attribution: 'vendor' },
  ]),
  [
    'a nearer zone was claimed than was sold',
    {
      label: { ...SOLD_HEAVY, zone: '8' },
      adjustments: [{ reason: 'zone', claimed_zone: '1', claimed_weight_oz: '32', assessed_zone: '4' }],
    },
    { severity: 'high', attribution: 'vendor' },
  ],
  [
    'the claim rounds up to the pounds that were sold',
    { label: { ...SOLD_HEAVY, zone: '4' }, adjustments: [{ claimed_weight_oz: '25', claimed_zone: '4' }] },
    'clear',
  ],
  [
    'the row said what was claimed before it was corrected',
    {
      labels: [
        { weight_oz: '4', zone: '4', label_id: 'CORRECTED' },
        { ...SOLD_HEAVY, zone: '4', label_id: 'CORRECTED' },
      ],
      adjustments: [{ ...CLAIMED_LIGHT, claimed_zone: '4' }],
    },
    'clear',
  ],
  [
    'the adjustment does not say what was claimed',
    { label: SOLD_HEAVY, adjustments: [{ assessed_weight_oz: '40' }] },
    'unknown: adjustment.claimed_lower',
  ],
]);

testStories('duplicate-label-scan', [
  [
    'the carrier charged a second piece',
    { tracking: SCANNED, adjustments: [{ reason: 'duplicate' }] },
    { severity: 'high', verdict: 'number_cloned', attribution: 'open' },
  ],
  [
    'the charge was given back',
    { tracking: SCANNED, adjustments: [{ reason: 'duplicate' }, { reason: 'duplicate', amount: '-2.50' }] },
    'clear',
  ],
  ['no tracking is on file', { adjustments: [{ reason: 'duplicate' }] }, 'unknown: journey.returned'],
]);

testStories('unpaid-piece-notice', [
  [
    'the carrier charged it as on no manifest a week ago',
    { tracking: SCANNED, adjustments: [{ reason: 'unmanifested' }] },
    { severity: 'critical', verdict: 'payment_unproven', attribution: 'vendor' },
  ],
  [
    'the carrier charged it an hour ago',
    { tracking: SCANNED, adjustments: [{ reason: 'unmanifested', assessed_at: '2026-12-01T05:00:00Z' }] },
    { severity: 'info', attribution: 'open' },
  ],
  ['nothing was charged', { tracking: SCANNED }, 'clear'],
]);

testStories('vendor-voided-label', [
  [
    'the carrier charged a refunded label that was used, and the row shows it live',
    { tracking: SCANNED, adjustments: [{ reason: 'refunded_label_used' }] },
    { severity: 'critical', verdict: 'payment_unproven', attribution: 'vendor' },
  ],
  [
    'we had asked for the refund',
    {
      label: { refund_requested_at: '2026-11-09T20:00:00Z' },
      tracking: SCANNED,
      adjustments: [{ reason: 'refunded_label_used' }],
    },
    'clear',
  ],
]);
