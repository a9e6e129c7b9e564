/** The mailer id of a number: the permit or account it was mailed under, where there is no doubt about it. */
import type { Barcode } from './barcode.ts';

type MailerParts = Pick<Barcode, 'valid' | 'kind' | 'mailerId' | 'mailerIdAmbiguous'>;

/**
 * The mailer id that a right number names and that can be read in one way only. Null where its construct has none (retail
 * numbers, S10, other carriers); undefined where nobody can tell, for the number is refused or reads in two ways.
 */
export function sureMailerId({ valid, kind, mailerId, mailerIdAmbiguous }: MailerParts): string | null | undefined {
  if (kind === 'other_carrier') return null;
  if (!valid || mailerIdAmbiguous) return undefined;
  return mailerId;
}
