/** How many of a vendor's labels the carrier refuses, from files to findings: it follows the findings about the labels. */
import { FindingService } from '../../src/audit/finding.service.ts';
import { SuppressionService, type SuppressionView } from '../../src/audit/suppression.service.ts';
import { Auditing } from '../support/auditing.ts';
import { useDatabase } from '../support/database.ts';
import { type LabelRow, sales } from '../support/vendor-sales.ts';

const AS_OF = '2025-12-01T06:00:00Z';
const RULE = 'vendor-counterfeit-rate';
const charged = (publishedMills: number): number => publishedMills * 0.88;

const accepted = ({ tracking_number: number = '' }: LabelRow): LabelRow => ({
  tracking_number: number,
  event_time: '2025-11-12T18:00:00-05:00',
  event_code: '03',
  event_text: 'USPS in possession of item',
  city: 'NEW YORK',
  state: 'NY',
  zip: '10001',
  source: 'USPS',
});
const announced = (label: LabelRow): LabelRow => ({
  ...accepted(label),
  event_code: 'MA',
  event_text: 'Shipping Label Created, USPS Awaiting Item',
});
const refused = ({ tracking_number: number = '' }: LabelRow): LabelRow => ({
  tracking_number: number,
  event_time: '2025-11-16T12:00:00Z',
  event_code: '150012',
  event_text: 'Tracking information will not be displayed because this package was shipped with fraudulent postage.',
  source: 'USPS',
});
const delivered = (label: LabelRow): LabelRow => ({
  ...accepted(label),
  event_time: '2025-11-20T12:00:00-08:00',
  event_code: '01',
  event_text: 'Delivered, Front Door/Porch',
  zip: label['destination_zip'] ?? '',
});

describe('notices of the carrier', () => {
  const database = useDatabase();
  const story = new Auditing(database.dataSource);
  const rates = async (): Promise<[string | null, string, string][]> =>
    (await story.findings({ rule: RULE })).map(({ vendor, severity, state }) => [vendor, severity, state]);
  const evidence = async (vendor: string): Promise<Record<string, unknown> | undefined> => {
    const rows: { evidence: Record<string, unknown> }[] = await database
      .dataSource()
      .query('SELECT evidence FROM finding WHERE rule = $1 AND vendor = $2', [RULE, vendor]);
    return rows[0]?.evidence;
  };

  const bad = sales({ vendor: 'Bad', count: 240, charged });
  const few = sales({ vendor: 'Few Answers', count: 40, charged });
  const good = sales({ vendor: 'Good', count: 260, charged });
  const cloned = sales({ vendor: 'Cloned', count: 240, charged });
  const silent = sales({ vendor: 'Announced Only', count: 240, charged });

  test('that are the vendor’s are a share of what the carrier had in hand, others are not', async () => {
    await story.take('labels', [...bad, ...few, ...good, ...cloned, ...silent]);
    await story.take('tracking', [
      ...bad.slice(0, 9).map(refused),
      ...bad.slice(9).map(accepted),
      ...few.slice(0, 3).map(refused),
      ...good.slice(0, 2).map(refused),
      // That a source nobody has listed tells of the delivery makes the carrier's own scan no less.
      ...good.slice(2).flatMap((label) => [accepted(label), { ...delivered(label), source: 'our erp' }]),
      // Refused and delivered: somebody else's copy was refused.
      ...cloned.slice(0, 9).flatMap((label) => [refused(label), delivered(label)]),
      ...cloned.slice(9).map(accepted),
      ...silent.map(announced),
    ]);
    await story.audit(AS_OF);
    expect(await rates()).toEqual([
      ['Bad', 'critical', 'open'],
      ['Few Answers', 'high', 'open'],
    ]);
    expect(await evidence('Bad')).toMatchObject({
      'vendor.carrier_answers': 240,
      'vendor.noticed_labels': 9,
      'vendor.noticed_share': 9 / 240,
      'vendor.peer_answers': 503,
      'vendor.peer_noticed_share': 5 / 503,
    });
  });

  test('are unknown to be few where the carrier told of few labels', async () => {
    // Of Good two hundred and more were seen; of Announced Only none was.
    expect(await story.vendorAnswers(AS_OF, RULE)).toMatchObject({
      fires: 2,
      clear: 2,
      unknown: 1,
      missing: { 'vendor.carrier_answers': 1 },
    });
  });

  test('are hidden neither with the vendor nor with the rule, but by one that names both', async () => {
    const room = new SuppressionService(database.dataSource(), story.catalog);
    const now = new Date('2025-12-01T08:00:00Z');
    const scope = { rule: null, vendor: null, trackingNumber: null, labelId: null, orderId: null, expression: null };
    const make = (names: { rule?: string; vendor?: string }): Promise<SuppressionView> =>
      room.add({ ...scope, ...names, reason: 'being asked', owner: 'Ann', expiresOn: null }, { by: 'ann', now });
    expect(await make({ rule: RULE })).toMatchObject({ hides: 1, spares: 1 });
    // Nine notices, and what follows from them.
    expect((await make({ vendor: 'Bad' })).spares).toBe(10);
    expect(await make({ rule: RULE, vendor: 'Bad' })).toMatchObject({ hides: 1, spares: 0 });
    await database.dataSource().query('DELETE FROM suppression');
  });

  test('that somebody dismissed do not count any more, and later ones do', async () => {
    const labels = await story.findings({ rule: 'counterfeit-postage-notice' });
    const findings = new FindingService(database.dataSource());
    for (const { tracking_number: number, vendor } of labels) {
      if (vendor !== 'Bad') continue;
      const [row]: { id: string }[] = await database
        .dataSource()
        .query(`SELECT id FROM finding WHERE tracking_number = $1 AND rule = 'counterfeit-postage-notice'`, [number]);
      await findings.setState({
        id: row?.id ?? '',
        state: 'dismissed',
        reason: 'proof of payment came',
        by: 'ann',
        now: new Date(0),
      });
    }
    await story.audit('2025-12-02T06:00:00Z');
    expect(await rates()).toEqual([
      ['Bad', 'critical', 'resolved'],
      ['Few Answers', 'high', 'open'],
    ]);
    await story.take('tracking', good.slice(2, 4).map(refused));
    await story.audit('2025-12-03T06:00:00Z');
    expect(await rates()).toContainEqual(['Good', 'high', 'open']);
    expect(await story.history('@vendor/Few Answers', RULE)).toEqual(['found: open', 'changed: open', 'changed: open']);
  });

  test('go on counting when the vendor refunds what the carrier refused', async () => {
    const refund = {
      status: 'refunded',
      refund_requested_at: '2025-11-20T15:00:00Z',
      refunded_at: '2025-11-25T15:00:00Z',
    };
    await story.take(
      'labels',
      few.slice(0, 3).map((label) => ({ ...label, ...refund })),
    );
    await story.audit('2025-12-04T06:00:00Z');
    expect(await rates()).toContainEqual(['Few Answers', 'high', 'open']);
    expect(await evidence('Few Answers')).toMatchObject({ 'vendor.carrier_answers': 3, 'vendor.noticed_labels': 3 });
  });
});
