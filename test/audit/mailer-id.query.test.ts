/** The mailer ids that SQL takes out of numbers are those that core/barcode reads, whatever the number. */
import { readMailerIds } from '../../src/audit/mailer-id.query.ts';
import type { MailerIdUse } from '../../src/core/finding/mailer-id.ts';
import { mod10CheckDigit, passesMod10 } from '../../src/core/barcode/check-digit.ts';
import { sureMailerId } from '../../src/core/barcode/mailer-id.ts';
import { parseBarcode } from '../../src/core/barcode/parse.ts';
import { Auditing } from '../support/auditing.ts';
import { useDatabase } from '../support/database.ts';
import { Dice } from '../support/month/dice.ts';
import { impb } from '../support/month/parcel.ts';

const AS_OF = Date.parse('2026-12-01T06:00:00Z');

function label(number: string, over: Record<string, string> = {}): Record<string, string> {
  return {
    tracking_number: number,
    vendor: 'Story Labels',
    label_id: 'S1',
    purchased_at: '2026-11-10T09:00:00Z',
    service: 'ground_advantage',
    charged: '7.31',
    ...over,
  };
}

/** Any digits of the length behind a beginning, rich in zeros; their check digit is right three times in four. */
function digits(dice: Dice, beginning: string, length: number): string {
  const zeros = dice.chance(0.3) ? dice.whole(4, length - beginning.length - 1) : 0;
  const middle = Array.from({ length: length - beginning.length - 1 }, (_, index) =>
    index < zeros && dice.chance(0.9) ? 0 : dice.whole(0, 9),
  );
  const body = beginning + (dice.chance(0.5) ? middle : middle.toReversed()).join('');
  return body + String((mod10CheckDigit(body) + (dice.chance(0.75) ? 0 : dice.whole(1, 9))) % 10);
}

/** Right by its check digit, and with zeros for an end, as a spreadsheet leaves numbers and as one in a million is. */
function endingInZeros(dice: Dice, beginning: string, length: number, zeros: number): string {
  for (;;) {
    const front =
      beginning + Array.from({ length: length - beginning.length - zeros }, () => dice.whole(0, 9)).join('');
    const number = front + '0'.repeat(zeros);
    if (passesMod10(number)) return number;
  }
}

/** Zeros but for one digit, at every place of every construct: a number is blank or not by a single place. */
function almostNothing(): string[] {
  return ['91', '92', '93', '94', '71'].flatMap((beginning) =>
    [20, 22, 26, 30].flatMap((length) =>
      Array.from({ length: length - 3 }, (_, place) => {
        const zeros = '0'.repeat(length - 3);
        const body = beginning + zeros.slice(0, place) + '9' + zeros.slice(place + 1);
        return body + String(mod10CheckDigit(body));
      }),
    ),
  );
}

function anyNumber(dice: Dice): string {
  const channel = dice.pick(['91', '92', '92', '93', '93', '94', '95', '90', '96', '71']);
  const length = dice.pick([20, 20, 22, 22, 22, 26, 30, 34, 21, 12]);
  if (dice.chance(0.1)) return endingInZeros(dice, channel, length, dice.whole(4, 9));
  if (dice.chance(0.02)) return `${digits(dice, channel, length).slice(0, -2)}X4`;
  const routing = dice.chance(0.1) ? `420${dice.whole(10_000, 99_999)}` : '';
  return routing + digits(dice, channel, length);
}

describe('mailer ids', () => {
  const database = useDatabase();
  const story = new Auditing(database.dataSource);
  const read = async (asOf = AS_OF): Promise<MailerIdUse[]> => {
    const runner = database.dataSource().createQueryRunner();
    try {
      return await readMailerIds(runner, asOf, null);
    } finally {
      await runner.release();
    }
  };

  test('are read by SQL as by core/barcode: every channel and length, zeros in all places', async () => {
    const dice = new Dice(20_261_101);
    const written = [
      ...Array.from({ length: 3_000 }, () => anyNumber(dice)),
      // Honest numbers as vendors have them, a small serial with many zeros, and an old one printed without its 91.
      ...['900000011', '912345678'].flatMap((mailer) =>
        [0, 1, 100_000, 9_000_000].map((serial) => impb('001', mailer, serial)),
      ),
      ...almostNothing(),
      '71969010756003077385',
      'EA123456785US',
      "9200190000001100000'19",
    ];
    const labels = written.map((number, index) => label(number, { vendor: `Vendor ${index}` }));
    await story.take('labels', labels);
    const bySql = new Map((await read()).map(({ vendor, mailerId }) => [vendor, mailerId]));
    const wrong = written.flatMap((number, index) => {
      const barcode = parseBarcode(number, story.catalog.barcodes);
      const byCore = sureMailerId(barcode) ?? null;
      const told = bySql.get(`Vendor ${index}`) ?? null;
      // Of a wrong number the rule says nothing, whatever account it names.
      return told === byCore || !barcode.valid ? [] : [{ number, told, byCore }];
    });
    expect(wrong).toEqual([]);
    // Both kinds must be among them, or nothing was compared.
    expect(bySql.size).toBeGreaterThan(500);
    expect(bySql.size).toBeLessThan(written.length - 500);
  });
});

describe('the first label under a mailer id', () => {
  const database = useDatabase();
  const story = new Auditing(database.dataSource);
  const read = async (asOf: string): Promise<unknown[]> => {
    const runner = database.dataSource().createQueryRunner();
    try {
      const uses = await readMailerIds(runner, Date.parse(asOf), null);
      return uses
        .toSorted((a, b) => (a.mailerId < b.mailerId ? -1 : 1))
        .map(({ mailerId, labels, first }) => [mailerId, labels, first?.trackingNumber, first?.labelsBefore]);
    } finally {
      await runner.release();
    }
  };
  const [old, second, third] = ['900000011', '900000012', '900000013'] as const;

  test('is the earliest, of several at one instant that of the least number, with the labels before it', async () => {
    const at = (time: string): Record<string, string> => ({ purchased_at: `2026-11-10T${time}Z` });
    await story.take('labels', [
      label(impb('001', old, 1), { label_id: 'A1', ...at('09:00:00') }),
      label(impb('001', old, 2), { label_id: 'A2', ...at('09:10:00') }),
      // A postage vendor's number reads in two ways and is no history; one with a wrong check digit names its account all the same.
      label('9400111899223197428497', { label_id: 'A3', ...at('09:20:00') }),
      label('9200190000001100000099', { label_id: 'A4', ...at('09:20:00') }),
      label(impb('001', second, 2), { label_id: 'B2', ...at('09:30:00') }),
      label(impb('001', second, 1), { label_id: 'B1', ...at('09:30:00') }),
      label(impb('001', second, 0), { label_id: 'B0', ...at('09:40:00') }),
      label(impb('001', third, 1), { label_id: 'C1', purchased_at: '2026-11-12' }),
    ]);
    expect(await read('2026-12-01T06:00:00Z')).toEqual([
      [old, 3, undefined, undefined],
      [second, 3, impb('001', second, 1), 3],
      [third, 1, impb('001', third, 1), 6],
    ]);
  });

  test('is asked as of the clock of the audit', async () => {
    expect(await read('2026-11-10T09:35:00Z')).toEqual([
      [old, 3, undefined, undefined],
      [second, 2, impb('001', second, 1), 3],
    ]);
    expect(await read('2026-11-10T09:05:00Z')).toEqual([[old, 1, undefined, undefined]]);
  });
});
