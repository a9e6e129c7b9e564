/** A mail that says anything else than its report is found out, whichever part of it says so. */
import ExcelJS from 'exceljs';
import { differencesIn } from '../../src/alerts/self-check.ts';
import { LOCALES_SHOWN, rowsToFollow } from '../support/report.ts';
import { type MadeMail, composed, madeMail } from '../support/report-mail.ts';

let mail: MadeMail;
beforeAll(async () => {
  mail = await madeMail();
});

const attachment = (filename: string): Buffer => {
  const found = mail.letter.attachments.find((each) => each.filename === filename);
  if (found === undefined) throw new Error(`no ${filename}`);
  return found.content;
};

/** The mail with another file attached; the archive is said to hold the same, so that only its content can tell. */
async function withFile(filename: string, content: Buffer): Promise<string | null> {
  const swap = <T extends { filename: string }>(files: readonly T[]): T[] =>
    files.map((file) => (file.filename === filename ? { ...file, content } : file));
  const raw = await composed(mail, { attachments: swap(mail.letter.attachments) });
  return differencesIn(raw, { ...mail.checked, attachments: swap(mail.checked.attachments) });
}

test.each(LOCALES_SHOWN)('an honest mail in %s passes', async (locale) => {
  const honest = await madeMail({ locale });
  expect(await differencesIn(await composed(honest), honest.checked)).toBeNull();
});

test('an honest mail without a finding passes', async () => {
  const honest = await madeMail({ rows: { findings: [], charged: [] } });
  expect(await differencesIn(await composed(honest), honest.checked)).toBeNull();
});

test.each([
  {
    story: 'a count in the text',
    part: 'text' as const,
    from: 'Critical: 84',
    to: 'Critical: 48',
    says: 'the text part says severity.critical is 48, the report says 84',
  },
  {
    story: 'an amount in the text',
    part: 'text' as const,
    from: /At stake \(USD\): [\d,.]+/,
    to: 'At stake (USD): 0.01',
    says: 'the text part says USD.atStake is 0.01',
  },
  {
    story: 'a line left out of the text',
    part: 'text' as const,
    from: /Recoverable \(USD\).*\n/,
    to: '',
    says: 'the text part says USD.recoverable is nothing',
  },
  {
    story: 'a count in the page',
    part: 'html' as const,
    from: /(data-figure="findings"[^>]*>)\d+/,
    to: '$17',
    says: 'the HTML part says findings is 7',
  },
  {
    story: 'an amount in the page',
    part: 'html' as const,
    from: /(data-figure="USD.charged"[^>]*>)[\d,.]+/,
    to: '$11.00',
    says: 'the HTML part says USD.charged is 1.00',
  },
])('$story is found out', async ({ part, from, to, says }) => {
  const changed = mail.letter[part].replace(from, to);
  expect(changed).not.toBe(mail.letter[part]);
  expect(await differencesIn(await composed(mail, { [part]: changed }), mail.checked)).toContain(says);
});

test('a row missing from the table is found out', async () => {
  const lines = attachment('findings.csv').toString('utf8').trimEnd().split('\n');
  const found = await withFile('findings.csv', Buffer.from(`${lines.slice(0, -1).join('\n')}\n`));
  expect(found).toContain(`findings.csv says findings is ${lines.length - 2}, the report says ${lines.length - 1}`);
});

test('another amount in the table is found out', async () => {
  const text = attachment('findings.csv').toString('utf8').replace(',2.10,USD,', ',2.11,USD,');
  expect(await withFile('findings.csv', Buffer.from(text))).toContain('findings.csv says USD.sum of findings is');
});

test.each([
  { story: 'a total in the summary of the workbook', sheet: 'Summary', says: 'the summary of report.xlsx says USD.' },
  {
    story: 'an amount in the findings of the workbook',
    sheet: 'Findings',
    says: 'the findings of report.xlsx says USD.sum',
  },
])('$story is found out', async ({ sheet, says }) => {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(Uint8Array.from(attachment('report.xlsx')).buffer);
  const page = workbook.getWorksheet(sheet);
  const column = sheet === 'Summary' ? 2 : 11;
  page?.eachRow((row) => {
    const cell = row.getCell(column);
    if (typeof cell.value === 'number' && !Number.isInteger(cell.value)) cell.value += 1;
  });
  expect(await withFile('report.xlsx', Buffer.from(await workbook.xlsx.writeBuffer()))).toContain(says);
});

test('a workbook that does not open is found out', async () => {
  expect(await withFile('report.xlsx', Buffer.from('no workbook'))).toContain('report.xlsx does not open');
});

test('a file that is not the archived one, or is missing, is found out', async () => {
  const other = mail.letter.attachments.map((file) => ({
    ...file,
    content: Buffer.concat([file.content, Buffer.from('\n')]),
  }));
  expect(await differencesIn(await composed(mail, { attachments: other.slice(1) }), mail.checked)).toMatch(
    /the list of attachments says report\.xlsx is nothing.*the list of attachments says findings\.csv is \d+ bytes/,
  );
});

test.each([
  { story: 'findings', checks: { findings: 93 }, says: 'the database says findings is 93, the report says 94' },
  { story: 'charges', checks: { chargedMills: { USD: 1 } }, says: 'the database says USD.charged is 0.001' },
  { story: 'amounts', checks: { amountMills: {} }, says: 'the database says USD.sum of findings is nothing' },
])('a database that counted other $story is heard', async ({ checks, says }) => {
  const checked = { ...mail.checked, checks: { ...mail.checked.checks, ...checks } };
  expect(await differencesIn(await composed(mail), checked)).toContain(says);
});

describe('what is to be done', () => {
  let doing: MadeMail;
  beforeAll(async () => {
    doing = await madeMail({ rows: rowsToFollow() });
  });

  test.each(LOCALES_SHOWN)('an honest mail in %s passes', async (locale) => {
    const honest = await madeMail({ rows: rowsToFollow(), locale });
    expect(honest.letter.text).toMatch(locale === 'en' ? /^Labels not to be handed over: 1$/m : /^请勿交寄的面单: 1$/m);
    expect(await differencesIn(await composed(honest), honest.checked)).toBeNull();
  });

  test.each([
    {
      part: 'text' as const,
      from: 'Labels not to be handed over: 1',
      to: 'Labels not to be handed over: 0',
      says: 'stop is 0',
    },
    {
      part: 'text' as const,
      from: 'Goods of their orders (USD): 45.00',
      to: 'Goods of their orders (USD): 90.00',
      says: 'worth.USD is 90.00, the report says 45.00',
    },
    { part: 'html' as const, from: /(data-figure="transit"[^>]*>)2/, to: '$13', says: 'transit is 3' },
    {
      part: 'html' as const,
      from: /(data-figure="claims.USD"[^>]*>)7.70/,
      to: '$10.77',
      says: 'claims.USD is 0.77, the report says 7.70',
    },
  ])('another figure in the $part is found out: $says', async ({ part, from, to, says }) => {
    const changed = doing.letter[part].replace(from, to);
    expect(changed).not.toBe(doing.letter[part]);
    expect(await differencesIn(await composed(doing, { [part]: changed }), doing.checked)).toContain(says);
  });

  test.each([
    { filename: 'claims.csv', from: ',7.70,', to: ',7.07,', says: 'claims.csv says claims.USD is 7.07' },
    { filename: 'stop-list.csv', from: /\n.*\n$/, to: '\n', says: 'stop-list.csv says stop is 0' },
    { filename: 'in-transit.csv', from: 'SO-90', to: 'SO-91', says: 'in-transit.csv says worth.USD is 90.00' },
  ])('another row in $filename is found out', async ({ filename, from, to, says }) => {
    const swap = <T extends { filename: string; content: Buffer }>(files: readonly T[]): T[] =>
      files.map((file) =>
        file.filename === filename ? { ...file, content: Buffer.from(String(file.content).replace(from, to)) } : file,
      );
    const raw = await composed(doing, { attachments: swap(doing.letter.attachments) });
    expect(await differencesIn(raw, { ...doing.checked, attachments: swap(doing.checked.attachments) })).toContain(
      says,
    );
  });

  test('a list that the database counts otherwise is found out', async () => {
    const checks = { ...doing.checked.checks, outstanding: { stop: 2, transit: 2, orderMills: { USD: 45_000 } } };
    const found = await differencesIn(await composed(doing), { ...doing.checked, checks });
    expect(found).toContain('the database says stop is 2, the report says 1');
  });

  test('a report of an earlier release, which counted none of it, passes without it', async () => {
    const { outstanding: _outstanding, claims: _claims, ...checks } = mail.checked.checks;
    expect(await differencesIn(await composed(mail), { ...mail.checked, checks })).toBeNull();
  });
});
