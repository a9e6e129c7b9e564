/** What the mailer ids of all labels tell: where one is new to a vendor, and where several vendors share one. */
import type { SharedMailerId } from '../facts/vendor-input.ts';
import type { GatheredRow } from './vendor.ts';

/** A mailer id on labels of one vendor, over numbers in which it can be read in one way only. */
export interface MailerIdUse {
  vendor: string;
  mailerId: string;
  labels: number;
  /** The vendor's first label under it, where he had sold labels with another mailer id before; null elsewhere. */
  first: { trackingNumber: string; saleKey: string; labelsBefore: number } | null;
}

/** A label that is a vendor's first under a mailer id, and not his first of all. */
export interface FirstOfMailerId {
  vendor: string;
  saleKey: string;
  /** The labels with a mailer id that the vendor had sold before. */
  labelsBefore: number;
}

/** Those labels, by tracking number. */
export function firstsOfMailerIds(uses: readonly MailerIdUse[]): ReadonlyMap<string, readonly FirstOfMailerId[]> {
  const firsts = new Map<string, FirstOfMailerId[]>();
  for (const { vendor, first } of uses) {
    if (first === null) continue;
    const { trackingNumber, saleKey, labelsBefore } = first;
    firsts.set(trackingNumber, [...(firsts.get(trackingNumber) ?? []), { vendor, saleKey, labelsBefore }]);
  }
  return firsts;
}

/** One row a vendor, with the mailer ids that he shares with others; in the same order whatever the order of the uses. */
export function sharedMailerIds(uses: readonly MailerIdUse[]): GatheredRow[] {
  const vendorsOf = groupBy(uses, ({ mailerId }) => mailerId);
  return [...groupBy(uses, ({ vendor }) => vendor)].map(([vendor, own]) => {
    const shared = own.flatMap(({ mailerId, labels }): SharedMailerId[] => {
      const others = (vendorsOf.get(mailerId) ?? []).map((use) => use.vendor).filter((other) => other !== vendor);
      return others.length === 0 ? [] : [{ mailerId, labels, vendors: others.toSorted(inOrder) }];
    });
    shared.sort((a, b) => b.labels - a.labels || inOrder(a.mailerId, b.mailerId));
    return { vendor, week: null, gathered: { mailerIds: { shared } } };
  });
}

function groupBy(uses: readonly MailerIdUse[], keyOf: (use: MailerIdUse) => string): Map<string, MailerIdUse[]> {
  const groups = new Map<string, MailerIdUse[]>();
  for (const use of uses) {
    const group = groups.get(keyOf(use));
    if (group) group.push(use);
    else groups.set(keyOf(use), [use]);
  }
  return groups;
}

function inOrder(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
