/** A label as it was known at an instant in the past. */
import type { Label, LabelStatus } from '../label/label.ts';
import type { Instant } from '../units/day.ts';

/** The label as it was known at `asOf`: what its row says of later times had not happened. */
export function asKnown(label: Label, asOf: Instant): Label {
  const later = (at: Instant | null): boolean => at !== null && at > asOf;
  const undone = later(label.voidedAt) || later(label.refundedAt);
  const voided = label.voidedAt !== null && !later(label.voidedAt);
  if (!undone && !later(label.printedAt) && !later(label.handedOverAt) && !later(label.refundRequestedAt)) return label;
  const until = (at: Instant | null): Instant | null => (later(at) ? null : at);
  return {
    ...label,
    printedAt: until(label.printedAt),
    handedOverAt: until(label.handedOverAt),
    voidedAt: until(label.voidedAt),
    refundRequestedAt: until(label.refundRequestedAt),
    refundedAt: until(label.refundedAt),
    refundedMills: later(label.refundedAt) ? null : label.refundedMills,
    status: statusBefore(label.status, { undone, voided }),
    voidedBy: later(label.voidedAt) ? null : label.voidedBy,
  };
}

/** What the status was before the later of void and refund: a refund not yet made leaves a void as it is. */
function statusBefore(status: LabelStatus, { undone, voided }: { undone: boolean; voided: boolean }): LabelStatus {
  if (!undone) return status;
  return voided ? 'voided' : 'purchased';
}
