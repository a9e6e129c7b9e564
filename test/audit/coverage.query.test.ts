/** The coverage of vendors on a real database: of which days their invoices and label files speak, and of which they do not. */
import { readCoverages } from '../../src/audit/coverage.query.ts';
import type { VendorCoverage } from '../../src/core/ledger/charge.ts';
import { Auditing } from '../support/auditing.ts';
import { useDatabase } from '../support/database.ts';
import { impb } from '../support/month/parcel.ts';

const AS_OF = Date.parse('2026-12-20T06:00:00Z');
const OCTOBER = { period_from: '2026-10-01', period_to: '2026-10-31' };
const database = useDatabase();
const story = new Auditing(database.dataSource);

async function coverageOf(vendor: string): Promise<VendorCoverage | undefined> {
  const runner = database.dataSource().createQueryRunner();
  try {
    return (await readCoverages(runner, AS_OF)).get(vendor);
  } finally {
    await runner.release();
  }
}

function line(vendor: string, over: Record<string, string>): Record<string, string> {
  return {
    invoice_number: 'A-1',
    vendor,
    charge_type: 'postage',
    amount: '7.40',
    invoice_date: '2026-11-02',
    tracking_number: impb('001', '900000011', 1),
    ...OCTOBER,
    ...over,
  };
}

describe('the invoiced days', () => {
  test.each<[string, Record<string, string>[], { from: string; to: string }[]]>([
    ['are those of an invoice that charges labels', [{}], [{ from: '2026-10-01', to: '2026-10-31' }]],
    ['are none of an invoice of adjustments', [{ charge_type: 'adjustment' }], []],
    ['are none of an invoice of credits', [{ amount: '-7.40' }, { charge_type: 'refund' }], []],
    ['are none of an invoice about no label', [{ charge_type: 'fee', tracking_number: '' }], []],
    [
      'are not those of the adjustments on an invoice that charges the labels of another month',
      [{ charge_type: 'adjustment', period_from: '2026-09-01', period_to: '2026-09-30' }, { line_number: '2' }],
      [{ from: '2026-10-01', to: '2026-10-31' }],
    ],
    [
      'are those that any line of the invoice states where the lines about labels state none',
      [
        { charge_type: 'fee', tracking_number: '' },
        { line_number: '2', period_from: '', period_to: '' },
      ],
      [{ from: '2026-10-01', to: '2026-10-31' }],
    ],
  ])('%s', async (name, lines, expected) => {
    await story.take(
      'invoice',
      lines.map((over) => line(name, over)),
    );
    const { invoiced, currencies } = (await coverageOf(name)) ?? { invoiced: [], currencies: [] };
    expect(invoiced).toEqual(expected);
    expect(currencies).toEqual(expected.length > 0 ? ['USD'] : []);
  });
});
