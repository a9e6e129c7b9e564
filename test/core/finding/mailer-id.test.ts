import { type MailerIdUse, firstsOfMailerIds, sharedMailerIds } from '../../../src/core/finding/mailer-id.ts';
import { judgeVendors } from '../../../src/core/finding/vendor.ts';
import { sha256Hex } from '../../../src/platform/hash.ts';
import { AS_OF, shippedBook } from '../../support/judge.ts';

function use(vendor: string, mailerId: string, labels: number, first: MailerIdUse['first'] = null): MailerIdUse {
  return { vendor, mailerId, labels, first };
}

const uses = [
  use('Alpha', '900000011', 300),
  use('Alpha', '900000012', 20),
  use('Alpha', '123456', 7),
  use('Beta', '900000012', 40),
  use('Beta', '123456', 90),
  use('Gamma', '123456', 1),
  use('Delta', '900000099', 5),
];

describe('mailer ids shared by vendors', () => {
  test('are told to each of them, the one on the most labels first, in whatever order they were read', () => {
    const rows = sharedMailerIds(uses);
    expect(rows.find(({ vendor }) => vendor === 'Alpha')).toEqual({
      vendor: 'Alpha',
      week: null,
      gathered: {
        mailerIds: {
          shared: [
            { mailerId: '900000012', labels: 20, vendors: ['Beta'] },
            { mailerId: '123456', labels: 7, vendors: ['Beta', 'Gamma'] },
          ],
        },
      },
    });
    const byName = (list: typeof rows): typeof rows => list.toSorted((a, b) => (a.vendor < b.vendor ? -1 : 1));
    expect(byName(sharedMailerIds(uses.toReversed()))).toEqual(byName(rows));
  });

  test('are one finding a vendor, and clear for one who shares with nobody', () => {
    const { findings, outcomes } = judgeVendors(sharedMailerIds(uses), { asOf: AS_OF, book: shippedBook, sha256Hex });
    expect(findings.map(({ rule, vendor, severity }) => [rule, vendor, severity])).toEqual([
      ['mailer-id-shared', 'Alpha', 'info'],
      ['mailer-id-shared', 'Beta', 'info'],
      ['mailer-id-shared', 'Gamma', 'info'],
    ]);
    expect(findings[0]?.message.en).toContain('27 labels of Alpha');
    expect(findings[0]?.message.en).toContain('2 (Beta, Gamma)');
    expect(outcomes.find(({ rule }) => rule === 'mailer-id-shared')).toMatchObject({ fires: 3, clear: 1, unknown: 0 });
  });

  test('name five ids and five vendors, and count the others', () => {
    const many = Array.from({ length: 9 }, (_, n) => [
      use('Alpha', `90000010${n}`, 10 - n),
      use(`V${n}`, `90000010${n}`, 1),
    ]);
    const [finding] = judgeVendors(sharedMailerIds(many.flat()), {
      asOf: AS_OF,
      book: shippedBook,
      sha256Hex,
    }).findings;
    expect(finding?.evidence).toMatchObject({
      'vendor.shared_mailer_ids': 9,
      'vendor.shared_mailer_ids_named': '900000100, 900000101, 900000102, 900000103, 900000104',
      'vendor.mailer_sharers': 9,
      'vendor.mailer_sharers_named': 'V0, V1, V2, V3, V4',
    });
  });

  test('are unknown for a vendor of whom no mailer id can be read', () => {
    const unread = [{ vendor: 'Alpha', week: null, gathered: {} }];
    const { outcomes } = judgeVendors(unread, { asOf: AS_OF, book: shippedBook, sha256Hex });
    expect(outcomes.find(({ rule }) => rule === 'mailer-id-shared')).toMatchObject({
      unknown: 1,
      missing: { 'vendor.shared_mailer_ids': 1 },
    });
  });
});

test('firsts are found by their number, also where two vendors sold it', () => {
  const first = { trackingNumber: '9200190000001100000019', saleKey: 'L1', labelsBefore: 600 };
  const firsts = firstsOfMailerIds([
    ...uses,
    use('Alpha', '5', 1, first),
    use('Beta', '5', 1, { ...first, labelsBefore: 9 }),
  ]);
  expect([...firsts]).toEqual([
    [
      first.trackingNumber,
      [
        { vendor: 'Alpha', saleKey: 'L1', labelsBefore: 600 },
        { vendor: 'Beta', saleKey: 'L1', labelsBefore: 9 },
      ],
    ],
  ]);
});
