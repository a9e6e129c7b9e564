/** What is said about audits over HTTP. */
import { z } from 'zod';
import { SEVERITIES } from '../core/rules/answer.ts';
import { wholeBody } from '../platform/given-text.ts';

const instant = z.iso.datetime();
const count = z.int().nonnegative();

/** Open findings by severity, every severity named. */
export const openFindings = z.record(z.enum(SEVERITIES), count);

/** The body of POST /audits; none at all is one without `asOf`. */
export const newAudit = wholeBody(
  {
    asOf: z.iso
      .datetime({ offset: true, error: 'must be an instant with its offset, such as 2026-12-01T06:00:00Z' })
      .transform((text) => Date.parse(text))
      .optional()
      .meta({ description: 'The clock of the audit; left out: now.' }),
  },
  '{"asOf": "2026-12-01T06:00:00Z"}, or none at all for an audit as of now',
).nullish();

export const auditRequested = z.object({ id: z.string(), state: z.enum(['queued', 'running']), asOf: instant });
export type AuditRequested = z.infer<typeof auditRequested>;

export const audit = z.object({
  id: z.string(),
  state: z.enum(['queued', 'running', 'done', 'failed']),
  asOf: instant,
  book: z.string().meta({
    description: 'Hash of the rules, the published data and what you said of yourselves, by which it judges.',
  }),
  parcels: count.meta({ description: 'Judged so far; when it is done, those judged as of this clock by this book.' }),
  laterRows: z
    .object({
      labels: count,
      events: count,
      charges: count.optional().meta({ description: 'Lines of invoices and adjustments.' }),
    })
    .nullable()
    .meta({ description: 'Rows dated after its clock, which it ignored; null until it is done.' }),
  startedAt: instant.meta({ description: 'When it began; of a queued one, when it was asked for.' }),
  finishedAt: instant.nullable(),
  problem: z.string().nullable().meta({ description: 'Why it failed.' }),
});
export type Audit = z.infer<typeof audit>;

export const auditWithFindings = audit.extend({
  findings: openFindings.meta({ description: 'Findings that are somebody’s work now.' }),
});
export type AuditWithFindings = z.infer<typeof auditWithFindings>;

export const auditList = z.object({ items: z.array(audit), nextCursor: z.string().nullable() });
export type AuditList = z.infer<typeof auditList>;
