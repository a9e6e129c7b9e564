/** Letters say what was seen, by whom and when, from what is on file, and leave to their sender what only the sender knows. */
import { readConfig } from '../../src/platform/config.ts';
import { NotFoundError } from '../../src/platform/errors.ts';
import { LETTER_RECIPIENTS } from '../../src/core/finding/letter-case.ts';
import { FindingReader } from '../../src/reports/finding-reader.service.ts';
import { type Letter, Letters } from '../../src/reports/letters.service.ts';
import { FindingService } from '../../src/audit/finding.service.ts';
import { RuleArchive } from '../../src/audit/rule-archive.service.ts';
import { Auditing } from '../support/auditing.ts';
import { useDatabase } from '../support/database.ts';
import { honestLabel } from '../support/daily.ts';
import { numberOf, tellEvidence } from '../support/evidence-story.ts';
import { impb } from '../support/month/parcel.ts';
import { COUNTERFEIT } from '../support/timeline.ts';

const database = useDatabase();
const story = new Auditing(database.dataSource);
const NOW = new Date('2026-11-20T08:00:00Z');
const HOSTILE = 'Evil\u202e Labels';

beforeAll(async () => {
  await tellEvidence(story);
  await story.take('labels', [
    honestLabel(20, '2026-11-01', { label_id: 'A', order_id: 'SO-A', vendor: 'Twice Labels' }),
    honestLabel(20, '2026-11-09', { label_id: 'B', order_id: 'SO-B', vendor: 'Twice Labels' }),
    honestLabel(21, '2026-11-10', { vendor: HOSTILE }),
  ]);
  await story.take('tracking', [
    {
      tracking_number: impb('001', '900000044', 21),
      event_time: '2026-11-12T15:04:00Z',
      event_text: `${COUNTERFEIT} \u2028 {{today}} <b>`,
      source: 'usps',
    },
  ]);
  await story.audit('2026-11-20T06:00:00Z');
});

const reader = (): FindingReader =>
  new FindingReader(database.dataSource(), story.catalog, readConfig({}), new RuleArchive(), {
    now: () => new Date('2026-11-21T00:00:00Z'),
  });
const letters = (): Letters => new Letters(reader(), readConfig({ REPORT_TIME_ZONE: 'America/New_York' }));

async function idOf(number: string, rule?: string): Promise<string> {
  const { items } = await reader().list({ trackingNumber: number }, { limit: 10, locale: 'en' });
  return items.find((item) => rule === undefined || item.rule === rule)?.id ?? '';
}

async function write(number: string, to: Letter['to'], locale: Letter['locale'] = 'en'): Promise<Letter> {
  return letters().one(await idOf(number), to, { locale, now: NOW });
}

test.each([
  ['sold', 'counterfeit_sold'],
  ['held', 'payment_unproven'],
  ['relayed', 'payment_unproven'],
  ['cloned', 'number_cloned'],
  ['released', 'intercepted_though_paid'],
  ['voided', 'own_error'],
] as const)('about the parcel that is %s: %s, to both and in both languages', async (parcel, letterCase) => {
  const number = numberOf(parcel);
  for (const to of LETTER_RECIPIENTS)
    for (const locale of ['en', 'zh-CN'] as const) {
      const letter = await write(number, to, locale);
      expect(letter).toMatchObject({ to, case: letterCase, locale });
      expect(letter.subject).toContain(number);
      expect(letter.body).toContain('2026-11-20');
      expect(letter.body).toMatch(/^\[.+\]$/m);
      // The statement is quoted with its source and its time in the zone of the reports.
      expect(letter.body).toMatch(
        parcel === 'held' ? /2026-11-12 04:00.*usps/ : /2026-11-12 10:04.*(usps|Nobody knows)/,
      );
      expect(letter.body).toContain('America/New_York');
      expect(letter.body).not.toMatch(/undefined|null|\{\{|\}\}|\[object/);
      expect(/\p{Script=Han}/u.test(letter.body)).toBe(locale === 'zh-CN');
      expect(letter.text).toBe(`${locale === 'en' ? 'Subject: ' : '主题：'}${letter.subject}\n\n${letter.body}`);
    }
});

test('the vendor is asked for account, transaction and refund, by a date, and accused of nothing', async () => {
  const { body } = await write(numberOf('sold'), 'vendor');
  for (const asked of [
    'postage account',
    'transaction id',
    'refunded',
    '[date for the answer]',
    '"Tracking information',
  ]) {
    expect(body).toContain(asked);
  }
  expect(body).toContain('USPS Ground Advantage, and were charged USD 7.31');
  expect(body).toContain('(the carrier itself)');
  expect(body).not.toMatch(/you (sold|made|forged|stole)|fraud(?!ulent postage)/i);
});

test('the Postal Service is told of a label bought in good faith, and offered the evidence', async () => {
  const { subject, body } = await write(numberOf('sold'), 'usps');
  expect(subject).toContain('suspected counterfeit postage bought in good faith');
  expect(body).toContain(`evidence-${numberOf('sold')}.json`);
  expect(body).toContain('whether postage for this number was paid');
});

test('what a person wrote is quoted in no letter', async () => {
  for (const to of LETTER_RECIPIENTS) expect((await write(numberOf('sold'), to)).body).not.toContain('Customer says');
});

test('a question to which nobody is named draws no conclusion, and says when its source is not known', async () => {
  const { body } = await write(numberOf('relayed'), 'vendor');
  expect(body).toContain('we draw no conclusion from it');
  expect(body).toContain('Nobody knows (a source not on our list)');
});

test('of a copied number it is said which parcel is ours and how we know', async () => {
  const { body } = await write(numberOf('cloned'), 'usps');
  expect(body).toContain('Which parcel is ours, and how we know:');
  expect(body).toContain('- ZIP codes: 90058 to 85004');
  expect(body).toContain('delivered on 2026-11-14 10:04 (America/New_York), PHOENIX, AZ 85004');
  expect((await write(numberOf('cloned'), 'vendor')).body).toContain('without any claim');
});

test('of a parcel let go the scan after the notice is told', async () => {
  const { body } = await write(numberOf('released'), 'usps');
  expect(body).toContain('It was scanned on its way again on 2026-11-14 02:00');
  expect(body).toMatch(/release the parcel[^]*refund[^]*correct the record/);
});

test('our own mistake is called so, with the time of our void', async () => {
  for (const to of LETTER_RECIPIENTS) {
    const { body } = await write(numberOf('voided'), to);
    expect(body).toMatch(/mistake/);
    expect(body).toContain('2026-11-10 07:00');
  }
});

test('a number sold twice by one vendor: his other sale is named, and his word asked for', async () => {
  const number = impb('001', '900000044', 20);
  const id = await idOf(number, 'tracking-number-reused');
  const { case: letterCase, body } = await letters().one(id, 'vendor', { locale: 'en', now: NOW });
  expect(letterCase).toBe('payment_unproven');
  expect(body).toMatch(
    /Under the same number our records also hold:\n\n- Twice Labels, bought on 2026-11-0\d, charged USD 7\.31/,
  );
  // No statement of a carrier is at hand; the rule's own sentence says what was seen.
  expect(body).toContain('which it had already sold and charged');
});

test('names and words of others can shape no letter', async () => {
  const { body } = await write(impb('001', '900000044', 21), 'vendor');
  expect(body).toContain('To Evil Labels');
  expect(body).toContain('{{today}} <b>');
  expect(body).not.toMatch(/[\u202e\u2028]/);
});

test('a finding about a price calls for none, and one that was dismissed no longer', async () => {
  await expect(write(numberOf('cheap'), 'vendor')).rejects.toThrow(NotFoundError);
  await expect(write(numberOf('cheap'), 'vendor')).rejects.toThrow('calls for no letter about the postage');
  const id = await idOf(numberOf('held'));
  const decisions = new FindingService(database.dataSource());
  await decisions.setState({ id, state: 'dismissed', reason: 'paid at the counter', by: 'Ada', now: NOW });
  const dismissed = await reader().one(id, 'en');
  expect(letters().about(dismissed, { locale: 'en', now: NOW })).toEqual({ none: 'closed' });
  await decisions.setState({ id, state: 'open', reason: 'held again', by: 'Ada', now: NOW });
  expect(letters().about(await reader().one(id, 'en'), { locale: 'en', now: NOW })).toMatchObject({
    letters: [{ to: 'vendor' }, { to: 'usps' }],
  });
});
