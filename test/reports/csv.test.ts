/** CSV files that spreadsheets and programs both read, and that run nothing. */
import fc from 'fast-check';
import { findingsCsv, rejectedRowsCsv } from '../../src/reports/csv.ts';
import { harmlessText } from '../../src/reports/formula.ts';
import { listFindings } from '../../src/reports/findings.ts';
import { openFinding } from '../support/report.ts';

describe('text a spreadsheet could run', () => {
  test.each([
    ['=cmd|calc', "'=cmd|calc"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['\r=1', "'\r=1"],
    ['\0=1', "'=1"],
    ['  =1', "'  =1"],
    ['a=1', 'a=1'],
    ['', ''],
    ['9400111899223344556677', '9400111899223344556677'],
  ])('%j becomes %j', (text, harmless) => {
    expect(harmlessText(text)).toBe(harmless);
  });

  test('nothing that comes out starts a formula, however it is cut', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\0', ' ', 'a', '"') }), (text) => {
        expect(harmlessText(text)).not.toMatch(/^[\s\0]*[=+\-@]/);
      }),
    );
  });
});

describe('findings.csv', () => {
  test('has the scalar fields in the order of the document, amounts in two columns', () => {
    const [finding] = [
      openFinding({ id: '1'.repeat(32), amountMills: -2105, vendor: '=HYPERLINK("x")', deadline: '2026-12-01' }),
    ];
    const csv = findingsCsv(listFindings(finding ? [finding] : [], 'en'));
    const [header, row] = csv.split('\n');
    expect(header).toBe(
      'id,rule,severity,verdict,attribution,confidence,subject,trackingNumber,vendor,labelId,amount,currency,message,deadline,nextStep',
    );
    expect(row).toContain(`,9400111899223344556677,"'=HYPERLINK(""x"")",CL-1,-2.105,USD,`);
    expect(row).toContain(',2026-12-01,');
  });

  test('without a finding it is a header', () => {
    expect(findingsCsv([]).split('\n')).toHaveLength(2);
  });
});

test('rejected-rows.csv keeps what was written, quoted where it must be', () => {
  const csv = rejectedRowsCsv([
    { file: 'a.csv', row: 2, field: 'charged', problem: 'is not an amount', value: '1,5 "x"\nend' },
    { file: 'a.csv', row: 3, field: 'vendor', problem: 'is empty', value: null },
  ]);
  expect(csv).toBe(
    'file,row,field,problem,value\na.csv,2,charged,is not an amount,"1,5 ""x""\nend"\na.csv,3,vendor,is empty,\n',
  );
});
