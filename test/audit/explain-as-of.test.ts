/** What is explained as of a time is what an audit as of that time says, whatever audits were made before or after. */
import { AuditService } from '../../src/audit/audit.service.ts';
import { ExplainService } from '../../src/audit/explain.service.ts';
import { FoldService } from '../../src/tracking/fold.service.ts';
import { Auditing } from '../support/auditing.ts';
import { useDatabase } from '../support/database.ts';
import { impb } from '../support/month/parcel.ts';
import { honestLabel } from '../support/told-audit.ts';

const database = useDatabase();
const story = new Auditing(database.dataSource);
const [NUMBER, INVOICED] = [1, 2].map((serial) => impb('001', '900000098', serial)) as [string, string];
const RULE = 'label-not-invoiced';
const LATE = '2026-12-20T06:00:00Z';

async function explain(asOf: string): Promise<{ answers: string[]; book: string }> {
  const fold = new FoldService(database.dataSource(), story.catalog);
  const audits = new AuditService(database.dataSource(), story.catalog, fold);
  const explaining = new ExplainService(database.dataSource(), story.catalog, audits);
  const { answers, book } = await explaining.explain(RULE, NUMBER, Date.parse(asOf));
  return { answers: answers.map(({ explanation }) => explanation.result.answer), book };
}

async function judgedBy(): Promise<string> {
  const [row] = await database
    .dataSource()
    .query<{ book: string }[]>('SELECT book FROM judged WHERE tracking_number = $1', [NUMBER]);
  return row?.book ?? '';
}

test('coverage is what was known by then, before any audit and after a later one', async () => {
  await story.take('labels', [
    honestLabel({ tracking_number: NUMBER, label_id: 'L1' }),
    honestLabel({ tracking_number: INVOICED, label_id: 'L2' }),
  ]);
  const line = {
    vendor: 'Story Labels',
    invoice_number: 'ST-11',
    line_number: '1',
    charge_type: 'postage',
    amount: '7.31',
  };
  const period = { invoice_date: '2026-12-01', period_from: '2026-11-01', period_to: '2026-11-30' };
  await story.take('invoice', [{ ...line, ...period, tracking_number: INVOICED, charged_at: '2026-11-09' }]);
  expect((await explain(LATE)).answers).toEqual(['fires']);
  await story.audit(LATE);
  expect(await story.answers(NUMBER, RULE)).toEqual(['fires']);
  expect((await explain('2026-11-20T06:00:00Z')).answers).toEqual(['unknown']);
});

test('the book is named as judgements name it, with what we said of ourselves', async () => {
  expect((await explain(LATE)).book).toBe(await judgedBy());
  await story.take('warehouses', [{ zip: '90058', name: 'West' }]);
  await story.audit(LATE);
  expect((await explain(LATE)).book).toBe(await judgedBy());
});
