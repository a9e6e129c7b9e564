/** The work of `vendors`: the scorecards of the latest report, told as text. */
import { SEVERITIES } from '../core/rules/answer.ts';
import type { DatabaseSchema } from '../platform/database.ts';
import { type VendorCard, VendorReader } from '../reports/vendor-reader.service.ts';
import type { CliIo } from './io.ts';
import { openRooms } from './rooms.ts';

/** Prints one block a vendor, the worst decision first. */
export async function listVendors(io: CliIo, schema: DatabaseSchema): Promise<void> {
  const rooms = await openRooms(io, schema);
  try {
    const cards = await rooms.get(VendorReader).list();
    const text = cards.map(cardText).join('\n');
    io.stdout.write(text === '' ? 'no vendor is judged yet: make a report first (report)\n' : text);
  } finally {
    await rooms.close();
  }
}

function cardText({ vendor, labels, decision, reasons, day, findings }: VendorCard): string {
  const open = SEVERITIES.toReversed()
    .filter((severity) => findings[severity] > 0)
    .map((severity) => `${findings[severity]} ${severity}`);
  const lines = [
    `${vendor}: ${decision} (report of ${day})`,
    `  ${labels} ${labels === 1 ? 'label' : 'labels'}; open findings: ${open.length === 0 ? 'none' : open.join(', ')}`,
    ...reasons.map((reason) => `  ${reason}`),
  ];
  return `${lines.join('\n')}\n`;
}
