/** Vendors whom a grave finding names are watched more closely, and only as long as it is somebody's work. */
import { readSuspectedVendors } from '../../src/audit/suspicion.query.ts';
import { Auditing } from '../support/auditing.ts';
import { useDatabase } from '../support/database.ts';

const database = useDatabase();
const auditing = new Auditing(() => database.dataSource());

test('a vendor of flat prices is under suspicion until the findings are dismissed; an honest one never is', async () => {
  const label = (number: string, vendor: string, charged: string) => ({
    tracking_number: number,
    vendor,
    label_id: number,
    purchased_at: '2026-11-05T15:00:00-08:00',
    service: 'ground_advantage',
    packaging: 'package',
    charged,
    weight_oz: '48',
    origin_zip: '90058',
    destination_zip: '10001',
  });
  await auditing.take('labels', [
    label('9400111899223197428497', 'Lucky Parcel', '2.00'),
    label('9400111899223197428503', 'Harbor Postage', '14.00'),
  ]);
  await auditing.audit('2026-11-10T06:00:00Z');
  expect(await readSuspectedVendors(database.dataSource(), new Date('2026-12-01T08:00:00Z'))).toEqual(['Lucky Parcel']);
  await database.dataSource().query(`UPDATE finding SET state = 'dismissed'`);
  expect(await readSuspectedVendors(database.dataSource(), new Date('2026-12-01T08:00:00Z'))).toEqual([]);
});
