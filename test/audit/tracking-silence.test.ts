/** Whole audits of parcels the carrier was never told of, or knows nothing of: who may be accused by silence, and who not. */
import { mod10CheckDigit } from '../../src/core/barcode/check-digit.ts';
import { Auditing } from '../support/auditing.ts';
import { useDatabase } from '../support/database.ts';
import {
  ANSWERED,
  LOS_ANGELES,
  PHOENIX,
  type Row,
  asked,
  coded,
  honestLabel,
  said,
  testStories,
} from '../support/told-audit.ts';

const accepted = coded('03', '10 18:00', LOS_ANGELES);
const delivered = coded('01', '13 18:00', PHOENIX);

/** A number with the check digit it needs. */
function checked(data: string): string {
  return `${data}${mod10CheckDigit(data)}`;
}

testStories('unmanifested-acceptance', [
  [
    'scanned and delivered, and never announced',
    { tracking: [accepted, delivered, ANSWERED] },
    { severity: 'medium', verdict: 'payment_unproven', attribution: 'open' },
  ],
  [
    'the carrier also says that nobody has paid',
    { tracking: [accepted, said('Unpaid package: scanned without a payment record', '10 18:05'), ANSWERED] },
    { severity: 'high', attribution: 'open' },
  ],
  [
    'announced 25 hours after the scan',
    { tracking: [accepted, coded('MA', '11 19:00'), ANSWERED] },
    { severity: 'medium', attribution: 'open' },
  ],
  ['announced the day before', { tracking: [coded('GX', '09 20:00'), accepted, ANSWERED] }, 'clear'],
  [
    'a manifest in the evening, after the scan of the afternoon',
    { tracking: [accepted, coded('MA', '11 03:00'), ANSWERED] },
    'clear',
  ],
  ['a manifest exactly a day late', { tracking: [accepted, coded('MA', '11 18:00'), ANSWERED] }, 'clear'],
  ['on a SCAN form', { tracking: [coded('TM', '10 17:00', LOS_ANGELES), accepted, ANSWERED] }, 'clear'],
  [
    'a SCAN form by its words',
    { tracking: [said('Shipment Received, Package Acceptance Pending', '10 17:00'), accepted, ANSWERED] },
    'clear',
  ],
  ...['80', '81', '82', '84'].map(
    (code) =>
      [
        `inducted by a shipping partner (${code})`,
        { tracking: [coded(code, '10 02:00'), accepted, ANSWERED] },
        'clear',
      ] as const,
  ),
  ['a return label', { label: { kind: 'return' }, tracking: [accepted, ANSWERED] }, 'clear'],
  ['a label charged on use', { label: { kind: 'pay_on_use' }, tracking: [accepted, ANSWERED] }, 'clear'],
  [
    'paid at a counter (95)',
    { label: { tracking_number: checked('950551106960504860062') }, tracking: [accepted, ANSWERED] },
    'clear',
  ],
  [
    'a label whose refund we had asked for',
    { label: { refund_requested_at: '2026-11-09T20:00:00Z' }, tracking: [accepted, ANSWERED] },
    'clear',
  ],
  ['never scanned', { tracking: [ANSWERED] }, 'clear'],
  ['scanned less than three days before the audit', { tracking: [coded('03', '28 07:00'), ANSWERED] }, 'clear'],
  [
    'a file of events that states no answer',
    { tracking: [accepted, delivered] },
    'unknown: journey.announced, journey.history_at',
  ],
  [
    'the last answer came before an announcement was due',
    { tracking: [accepted, asked('answered', '11 10:00')] },
    'unknown: journey.history_at',
  ],
  [
    'the answer of a source nobody knows is no whole history',
    { tracking: [accepted, asked('answered', '30 05:00', { source: 'erp' })] },
    'unknown: journey.announced, journey.history_at',
  ],
  [
    'the answer of a person is none at all',
    { tracking: [accepted, asked('answered', '30 05:00', { source: 'vendor' })] },
    'unknown: journey.announced, journey.history_at',
  ],
  [
    'scans of a relay, and no access to the carrier',
    { tracking: [{ ...accepted, source: '17track' }, asked('no_access', '30 05:00')] },
    'unknown: journey.announced, journey.history_at',
  ],
  [
    'an event nobody can read may be the announcement',
    { tracking: [accepted, said('Quantum tunnelling', '09 20:00'), ANSWERED] },
    'unknown: journey.announced, journey.inducted',
  ],
  [
    'the carrier withholds since',
    { tracking: [accepted, asked('withheld', '30 06:00'), ANSWERED] },
    'unknown: journey.announced',
  ],
  [
    'packed in our own house, whose system speaks of a pickup a week before the carrier',
    { tracking: [said('Picked up', '03 10:00', { source: 'erp' }), coded('GX', '10 16:00'), accepted, ANSWERED] },
    'clear',
  ],
]);

testStories('number-unknown-to-carrier', [
  [
    'not found three weeks after the mailing day',
    { tracking: [asked('not_found', '30 05:00')] },
    { severity: 'medium', verdict: 'payment_unproven', attribution: 'vendor' },
  ],
  [
    'handed over, as our records say',
    { label: { handed_over_at: '2026-11-10T18:00:00Z' }, tracking: [asked('not_found', '30 05:00')] },
    { severity: 'high', attribution: 'vendor' },
  ],
  ['an answer that shows nothing', { tracking: [ANSWERED] }, { severity: 'medium', attribution: 'vendor' }],
  [
    'not found by a relay',
    { tracking: [asked('not_found', '30 05:00', { source: '17track' })] },
    { severity: 'medium', attribution: 'vendor' },
  ],
  ['announced, never scanned', { tracking: [coded('GX', '09 20:00'), ANSWERED] }, 'clear'],
  [
    'in transit, as a relay predicts',
    { tracking: [coded('TL', '12 20:00', { source: '17track' }), ANSWERED] },
    'clear',
  ],
  ['scanned once, and not found since', { tracking: [accepted, asked('not_found', '30 05:00')] }, 'clear'],
  [
    'withheld, so that the carrier knows it',
    { tracking: [asked('withheld', '20 05:00'), asked('not_found', '30 05:00')] },
    'clear',
  ],
  ['no access', { tracking: [asked('no_access', '30 05:00')] }, 'unknown: journey.heard_at, journey.known_to_carrier'],
  ['an error', { tracking: [asked('error', '30 05:00')] }, 'unknown: journey.heard_at, journey.known_to_carrier'],
  ['nobody was asked', {}, 'unknown: journey.heard_at, journey.known_to_carrier'],
  [
    'only the vendor says that it is not found',
    { tracking: [asked('not_found', '30 05:00', { source: 'vendor' })] },
    'unknown: journey.heard_at, journey.known_to_carrier',
  ],
  [
    'only a source nobody knows saw it',
    { tracking: [{ ...accepted, source: 'erp' }, asked('not_found', '30 05:00')] },
    'unknown: journey.known_to_carrier',
  ],
  [
    'an event nobody can read',
    { tracking: [said('Quantum tunnelling', '12 20:00'), ANSWERED] },
    'unknown: journey.known_to_carrier',
  ],
  ['last asked in the first days', { tracking: [asked('not_found', '12 05:00')] }, 'unknown: journey.heard_at'],
  [
    'mailed four business days ago',
    { label: { ship_date: '2026-11-24' }, tracking: [asked('not_found', '30 23:00')] },
    'clear',
  ],
  ['a return label', { label: { kind: 'return' }, tracking: [asked('not_found', '30 05:00')] }, 'clear'],
  ['a label charged on use', { label: { kind: 'pay_on_use' }, tracking: [asked('not_found', '30 05:00')] }, 'clear'],
  [
    'voided',
    {
      label: { status: 'voided', voided_by: 'us', voided_at: '2026-11-11T09:00:00Z' },
      tracking: [asked('not_found', '30 05:00')],
    },
    'clear',
  ],
  [
    'a refund was asked for',
    { label: { refund_requested_at: '2026-11-11T09:00:00Z' }, tracking: [asked('not_found', '30 05:00')] },
    'clear',
  ],
  [
    'spoilt by a spreadsheet',
    { label: { tracking_number: '9400111899560000000000' }, tracking: [asked('not_found', '30 05:00')] },
    'clear',
  ],
  [
    'of another carrier',
    { label: { tracking_number: '1Z5R89390357567127' }, tracking: [asked('not_found', '30 05:00')] },
    'clear',
  ],
]);

describe('a tracking file whose times name no zone', () => {
  const database = useDatabase();
  const auditing = new Auditing(database.dataSource);
  const number = checked('940011189956223197428');

  test.each([
    ['a local time', '2026-11-10T18:00:00'],
    ['a day alone', '2026-11-10'],
  ])('is rejected row by row and proves nothing: %s', async (_story, time) => {
    const rows: Row[] = [{ tracking_number: number, event_time: time, event_code: '03', source: 'USPS' }];
    await expect(auditing.take('tracking', rows)).rejects.toThrow('1 rows of the story are rejected');
    await auditing.take('labels', [honestLabel({ tracking_number: number, label_id: 'Z1' })]);
    await auditing.audit('2026-12-01T06:00:00Z');
    expect(await auditing.answers(number, 'unmanifested-acceptance')).toEqual([
      'unknown: journey.announced, journey.first_scan_at, journey.history_at, journey.inducted, journey.scanned',
    ]);
  });
});
