import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { registerBarcode } from '../../src/cli/barcode.command.ts';
import { runCli } from '../../src/cli/program.ts';

async function run(...words: string[]): Promise<{ exitCode: number; out: string }> {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const root = join(import.meta.dirname, '../..');
  const now = () => Date.UTC(2026, 10, 23);
  const commands = { barcode: () => Promise.resolve(registerBarcode) };
  const exitCode = await runCli(['barcode', ...words], commands, { stdout, stderr, now, root });
  return { exitCode, out: String(stdout.read() ?? '') };
}

describe('barcode', () => {
  test('--json says everything, in the order asked, and exits with 0 for refused numbers too', async () => {
    const { exitCode, out } = await run(
      '420787459400109104250532908587',
      '9434611206206407667131',
      'TBA502887274000',
      '--json',
    );
    expect(exitCode).toBe(0);
    expect(JSON.parse(out)).toEqual([
      {
        input: '420787459400109104250532908587',
        valid: true,
        reason: null,
        kind: 'impb',
        canonical: '9400109104250532908587',
        serviceType: '001',
        service: 'ground_advantage',
        extraServices: ['tracking'],
        mailerId: '104250',
        serial: '53290858',
        checkDigit: '7',
        destinationZip: '78745',
      },
      expect.objectContaining({
        valid: false,
        reason: 'check_digit',
        kind: 'impb',
        canonical: '9434611206206407667131',
      }),
      expect.objectContaining({ valid: false, reason: 'other_carrier', kind: 'other_carrier', service: null }),
    ]);
  });

  test('in words it tells the service, and what is wrong', async () => {
    const { out } = await run('9400109104250532908587', '9.4001E+21', 'RB123456785GB', ' ');
    expect(out).toContain('9400109104250532908587  valid');
    expect(out).toContain('USPS Ground Advantage: USPS Tracking (as seen in carrier responses)');
    expect(out).toContain('9.4001E+21  not valid: a spreadsheet has cut its last digits');
    expect(out).toContain('international postal item');
    expect(out).toContain('" "  not valid: nothing is written');
  });

  test('without a number it is wrong usage', async () => {
    expect((await run()).exitCode).toBe(2);
  });
});
