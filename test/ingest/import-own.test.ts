/** Mailer ids, warehouses and what is on file about vendors: small files about no parcel. */
import { useDatabase } from '../support/database.ts';
import { column, csv, dump, importBytes } from './importing.ts';

const database = useDatabase();

test('mailers are kept by their id; a corrected row replaces the one before', async () => {
  const header = ['mailer_id', 'owner'];
  const file = csv(header, ['901234567', 'us'], ['012345', 'Alpha'], ['12345', 'us']);
  expect(await importBytes(database.dataSource(), file)).toMatchObject({
    kind: 'mailers',
    vendor: null,
    rows: 3,
    accepted: 2,
    rejected: 1,
  });
  expect(await importBytes(database.dataSource(), file)).toMatchObject({ accepted: 0, repeated: 2, rejected: 1 });
  const corrected = csv(header, ['012345', 'Beta'], ['901234567', 'us']);
  expect(await importBytes(database.dataSource(), corrected)).toMatchObject({ accepted: 1, repeated: 1 });
  const owners = 'SELECT mailer_id || owner FROM mailer ORDER BY mailer_id';
  expect(await column(database.dataSource(), owners)).toEqual(['012345Beta', '901234567us']);
});

test('warehouses need no vendor and no name', async () => {
  const named = csv(['zip', 'name', 'dock'], ['90058', 'LA', '4'], ['07094-1234', '', '']);
  expect(await importBytes(database.dataSource(), named)).toMatchObject({ kind: 'warehouses', accepted: 2 });
  const bare = csv(['zip'], ['60607'], ['90058']);
  expect(await importBytes(database.dataSource(), bare, { kind: 'warehouses' })).toMatchObject({ accepted: 2 });
  const { warehouse } = await dump(database.dataSource());
  expect(warehouse).toMatchObject([
    { zip: '07094', name: null },
    { zip: '60607', name: null },
    { zip: '90058', name: null, extra: null },
  ]);
});

test('vendors are kept under the name they go by', async () => {
  const labels = csv(
    ['tracking_number', 'vendor', 'purchased_at', 'service', 'charged'],
    ['9200190164917312345670', 'Harbor Postage', '2026-11-05T10:00:00Z', 'ground_advantage', '4.10'],
  );
  await importBytes(database.dataSource(), labels);
  const file = csv(
    ['vendor', 'legal_name', 'licence_expires_on', 'contact', 'phone', 'decision'],
    ['HARBOR  postage', 'Harbor Postage LLC', '2027-05-31', 'desk@harbor.example', '555 0100', 'watch'],
  );
  expect(await importBytes(database.dataSource(), file)).toMatchObject({
    kind: 'vendors',
    vendor: 'Harbor Postage',
    accepted: 1,
    personalDropped: 1,
  });
  const { vendor } = await dump(database.dataSource());
  expect(vendor).toMatchObject([
    {
      vendor: 'Harbor Postage',
      legal_name: 'Harbor Postage LLC',
      licence_expires_on: '2027-05-31',
      contact: 'desk@harbor.example',
      decision: 'watch',
      extra: null,
    },
  ]);
});

test('no parcel is touched by any of them', async () => {
  expect(await column(database.dataSource(), 'SELECT revision FROM parcel')).toEqual([1]);
});
