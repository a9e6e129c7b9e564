/** Whole audits of numbers that two parcels bear: which is ours and how we know, and numbers that lawfully came round again. */
import { Auditing } from '../support/auditing.ts';
import { useDatabase } from '../support/database.ts';
import { impb } from '../support/month/parcel.ts';
import {
  ANSWERED,
  LOS_ANGELES,
  NEWARK,
  PHOENIX,
  type Row,
  asked,
  coded,
  honestLabel,
  testStories,
} from '../support/told-audit.ts';

const REFUSED =
  'Tracking information will not be displayed because this package was shipped with fraudulent postage. Please contact the merchant or seller with any questions.';
const MIAMI = { city: 'MIAMI', state: 'FL', zip: '33101' };

/** A mailpiece of its own: accepted at one place and, unless it is still under way, delivered at another, at minutes of its own. */
function piece(mailpieceId: string, from: Row, to: Row | null): Row[] {
  const minute = mailpieceId.slice(-2);
  const accepted = coded('03', `10 18:${minute}`, { ...from, mailpiece_id: mailpieceId });
  return to === null ? [accepted] : [accepted, coded('01', `13 18:${minute}`, { ...to, mailpiece_id: mailpieceId })];
}

function notice(mailpieceId: string): Row {
  return coded('150012', '14 18:00', { event_text: REFUSED, mailpiece_id: mailpieceId });
}

interface FoundEvidence {
  message: string;
  evidence: Record<string, { value: unknown }>;
}

describe('a notice under a number that two mailpieces bear', () => {
  const database = useDatabase();
  const auditing = new Auditing(database.dataSource);
  let serial = 2000;

  /** What the finding about a label from Los Angeles to Phoenix says of these pieces. */
  async function found(tracking: Row[]): Promise<{ finding: object; message: string; evidence: string }> {
    serial += 1;
    const number = impb('001', '900000092', serial);
    await auditing.take('labels', [honestLabel({ tracking_number: number, label_id: `C${serial}` })]);
    await auditing.take(
      'tracking',
      tracking.map((row) => ({ tracking_number: number, source: 'USPS', ...row })),
    );
    await auditing.audit('2026-12-01T06:00:00Z');
    const [finding] = await auditing.findings({ number, rule: 'counterfeit-postage-notice' });
    if (finding === undefined) throw new Error(`nothing was found about ${number}`);
    const { message, evidence } = finding as unknown as FoundEvidence;
    return { finding, message: JSON.stringify(message), evidence: JSON.stringify(evidence) };
  }

  test.each([
    ['by origin and destination', piece('1026', LOS_ANGELES, PHOENIX), piece('2041', NEWARK, MIAMI)],
    ['by its destination', piece('1026', NEWARK, PHOENIX), piece('2041', NEWARK, MIAMI)],
    ['by its origin, still under way', piece('1026', LOS_ANGELES, null), piece('2041', NEWARK, MIAMI)],
  ])('is a stranger’s, and ours is known %s', async (_story, ours, theirs) => {
    const { finding, message } = await found([...ours, ...theirs, notice('2041')]);
    expect(finding).toMatchObject({ severity: 'critical', verdict: 'number_cloned', attribution: 'third_party' });
    expect(message).toContain('Ours is 1026');
    expect(message).toContain('the other is 2041');
  });

  test.each([
    ['neither fits the label', piece('1026', NEWARK, MIAMI), piece('2041', MIAMI, NEWARK)],
    ['both fit it', piece('1026', LOS_ANGELES, PHOENIX), piece('2041', LOS_ANGELES, PHOENIX)],
  ])('is a stranger’s, and nobody can say which is ours: %s', async (_story, one, other) => {
    const { finding, message } = await found([...one, ...other, notice('2041')]);
    expect(finding).toMatchObject({ verdict: 'number_cloned', attribution: 'third_party' });
    expect(message).not.toContain('Ours is');
    expect(message).toContain('2 mailpieces were seen');
  });

  test('may name ours: then a stranger is not to blame for sure, and the finding names nobody', async () => {
    const { finding, message } = await found([
      ...piece('1026', LOS_ANGELES, PHOENIX),
      ...piece('2041', NEWARK, MIAMI),
      notice('1026'),
    ]);
    expect(finding).toMatchObject({ severity: 'critical', verdict: 'number_cloned', attribution: 'open' });
    expect(message).toContain('The statement is about 1026');
  });

  test('is a stranger’s where the carrier scanned the number on a second piece', async () => {
    const { finding } = await found([coded('03', '10 18:00', LOS_ANGELES), coded('46', '12 18:00'), notice('')]);
    expect(finding).toMatchObject({ verdict: 'number_cloned', attribution: 'third_party' });
  });

  test('tells in its evidence whether it named our piece', async () => {
    const pieces = [...piece('1026', LOS_ANGELES, PHOENIX), ...piece('2041', NEWARK, MIAMI)];
    const ofTheirs = await found([...pieces, notice('2041')]);
    const ofOurs = await found([...pieces, notice('1026')]);
    expect(ofTheirs.evidence).toMatch(/"clone.stated_of_ours":[^}]*false/);
    expect(ofOurs.evidence).toMatch(/"clone.stated_of_ours":[^}]*true/);
  });

  test('with one mailpiece is the vendor’s to answer', async () => {
    const { finding } = await found([...piece('1026', LOS_ANGELES, null), notice('1026')]);
    expect(finding).toMatchObject({ verdict: 'payment_unproven', attribution: 'vendor' });
  });
});

/** Sold on July 10 and mailed the next day; a year before the last number was free again. */
const FIRST_SALE = { purchased_at: '2026-07-10T17:00:00Z', ship_date: '2026-07-11', order_id: 'O1' };
/** 121 and 119 days later, for Phoenix. */
const AFTER_121 = { purchased_at: '2026-11-08T17:00:00Z', ship_date: '2026-11-09', order_id: 'O2' };
const AFTER_119 = { purchased_at: '2026-11-06T17:00:00Z', ship_date: '2026-11-07', order_id: 'O2' };

/** The first parcel went from Newark to Miami and was refused tracking there. */
const FIRST_LIFE = [
  coded('GX', '2026-07-10T20:00:00Z'),
  coded('03', '2026-07-11T18:00:00Z', NEWARK),
  coded('01', '2026-07-15T18:00:00Z', MIAMI),
  coded('150012', '2026-07-20T18:00:00Z', { event_text: REFUSED }),
];
/** The first parcel, of a label from Newark to Miami, as it was sold. */
const FIRST_LABEL = { ...FIRST_SALE, origin_zip: '07102', destination_zip: '33101' };
const SECOND_LIFE = [
  coded('GX', '09 20:00'),
  coded('03', '10 18:00', LOS_ANGELES),
  coded('01', '13 18:00', PHOENIX),
  ANSWERED,
];

const SOLD_ANEW = { labels: [FIRST_LABEL, AFTER_121], tracking: [...FIRST_LIFE, ...SECOND_LIFE] };

// In order of their sales: the earlier purchase, then the later one.
testStories('counterfeit-postage-notice', [
  ['of a number sold anew after 121 days stays with the first sale', SOLD_ANEW, 'fires; clear'],
  [
    'of the second parcel never touches the first sale',
    {
      labels: [FIRST_LABEL, AFTER_121],
      tracking: [...FIRST_LIFE.slice(0, 3), ...SECOND_LIFE, coded('150012', '15 18:00', { event_text: REFUSED })],
    },
    'clear; fires',
  ],
  [
    'of an earlier use, half a year before we bought the number, is none of ours',
    { label: AFTER_121, tracking: [coded('150012', '2026-05-01T18:00:00Z', { event_text: REFUSED }), ...SECOND_LIFE] },
    'clear',
  ],
  [
    'of an earlier use, with nothing heard since, leaves it unknown',
    { label: AFTER_121, tracking: [coded('150012', '2026-05-01T18:00:00Z', { event_text: REFUSED })] },
    'unknown: journey.notice',
  ],
  [
    'an answer of an earlier use clears nothing',
    { label: AFTER_121, tracking: [asked('answered', '2026-05-01T18:00:00Z')] },
    'unknown: journey.notice',
  ],
]);

testStories('delivered-elsewhere', [
  ['each parcel of a number sold anew went where its own label goes', SOLD_ANEW, 'clear; clear'],
  [
    'the second one did not',
    {
      labels: [FIRST_LABEL, AFTER_121],
      tracking: [...FIRST_LIFE, ...SECOND_LIFE.slice(0, 2), coded('01', '13 18:00', MIAMI), ANSWERED],
    },
    'clear; fires',
  ],
]);

testStories('impossible-journey', [['two deliveries of two lives are two lawful parcels', SOLD_ANEW, 'clear; clear']]);

testStories('off-route-acceptance', [
  ['each parcel of a number sold anew was accepted where its own label begins', SOLD_ANEW, 'clear; clear'],
]);

testStories('tracking-number-reused', [
  ['121 days later a number may lawfully be sold again', SOLD_ANEW, 'clear; clear'],
  [
    '119 days later it may not',
    { labels: [FIRST_LABEL, AFTER_119], tracking: [...FIRST_LIFE, ...SECOND_LIFE] },
    'clear; fires',
  ],
]);

testStories('number-unknown-to-carrier', [
  [
    'what is known of the first parcel does not make the second one known',
    { labels: [FIRST_LABEL, AFTER_121], tracking: [...FIRST_LIFE, ANSWERED] },
    'clear; fires',
  ],
]);

testStories('never-accepted', [
  [
    'scans of the first parcel are none of the second',
    { labels: [FIRST_LABEL, AFTER_121], tracking: [...FIRST_LIFE, asked('answered', '30 23:00')] },
    'clear; fires',
  ],
]);

testStories('unpaid-piece-notice', [
  [
    'a vendor who sold the number in another life is no rival',
    {
      labels: [FIRST_LABEL, { ...AFTER_121, vendor: 'Young Labels' }],
      tracking: [
        ...FIRST_LIFE,
        ...SECOND_LIFE,
        { event_time: '2026-11-11T18:00:00Z', event_text: 'Unpaid package: scanned without a payment record' },
      ],
    },
    { vendor: 'Young Labels', attribution: 'vendor', severity: 'critical' },
  ],
]);

describe('an audit as of a day before the number was sold again', () => {
  const database = useDatabase();
  const auditing = new Auditing(database.dataSource);

  test('judges the first parcel by all that happened until then', async () => {
    const number = impb('001', '900000092', 3001);
    await auditing.take('labels', [
      honestLabel({ tracking_number: number, label_id: 'L1', ...FIRST_LABEL }),
      honestLabel({ tracking_number: number, label_id: 'L2', ...AFTER_121 }),
    ]);
    // Refused in October, which lies nearer to the second purchase.
    const refused = coded('150012', '2026-10-10T18:00:00Z', { event_text: REFUSED });
    await auditing.take(
      'tracking',
      [...FIRST_LIFE.slice(0, 2), refused].map((row) => ({ tracking_number: number, source: 'USPS', ...row })),
    );
    await auditing.audit('2026-11-01T06:00:00Z');
    expect(await auditing.answers(number, 'counterfeit-postage-notice')).toEqual(['fires']);
    await auditing.audit('2026-11-10T06:00:00Z');
    expect(await auditing.answers(number, 'counterfeit-postage-notice')).toEqual(['clear', 'fires']);
    await auditing.audit('2026-11-01T06:00:00Z');
    expect(await auditing.answers(number, 'counterfeit-postage-notice')).toEqual(['fires']);
  });
});
