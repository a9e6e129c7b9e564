/** A row of a mailers file, which says whose a mailer id is, or what is wrong with it. */
import type { Result } from '../units/result.ts';
import type { ColumnPlan, Layout } from './column-plan.ts';
import { RowCells } from './row-cells.ts';

/** A mailer id and its owner. */
export interface Mailer {
  /** Six or nine digits. */
  mailerId: string;
  owner: string;
  extra: Readonly<Record<string, string>> | null;
}

const REQUIRED = ['mailer_id', 'owner'] as const;

export type MailerColumn = (typeof REQUIRED)[number];
export const MAILER_LAYOUT: Layout<MailerColumn> = { columns: REQUIRED, required: REQUIRED };

/** Shorter mailer ids begin with 0 to 8 and longer ones with 9, so only the shorter can lose zeros in front. */
const SHORT = 6;

/** A function from the cells of a row to its Mailer. */
export function mailerReader(plan: ColumnPlan<MailerColumn>) {
  const row = new RowCells(plan);
  return (cells: readonly string[]): Result<Mailer> => {
    if (!row.load(cells)) return { ok: false, problems: row.problems };
    const mailerId = row.required('mailer_id', mailerIdOf(row));
    const owner = row.required('owner', row.text('owner'));
    if (mailerId === null || owner === null) return { ok: false, problems: row.problems };
    return { ok: true, value: { mailerId, owner, extra: row.extra() } };
  };
}

function mailerIdOf(row: RowCells<MailerColumn>): string | null {
  const text = row.text('mailer_id');
  if (text === null || /^(?:\d{6}|\d{9})$/.test(text)) return text;
  if (/^\d{3,5}$/.test(text)) {
    const whole = text.padStart(SHORT, '0');
    return row.reject('mailer_id', `has lost its leading zeros, as spreadsheets do; write ${whole} as text`, text);
  }
  return row.reject('mailer_id', 'is not a mailer id of six or nine digits', text);
}
