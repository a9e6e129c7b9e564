/** The mailpieces under one number, told apart by the ids that the carrier gives them. */
import type { CarrierEvent } from './event.ts';
import type { Meaning } from './classify.ts';
import type { Mailpiece, PhysicalScan } from './digest.ts';

/** More tell nobody anything. */
const MOST_PIECES = 5;

/** Gathers what bears each id; events without one belong to no piece. */
export class Pieces {
  /** Null until an id is told, which few sources do. */
  private byId: Map<string, Mailpiece> | null = null;

  /** The next event in the order of telling. */
  tell({ at, mailpieceId: id }: CarrierEvent, meaning: Meaning, scan: PhysicalScan | null): void {
    if (id === null) return;
    this.byId ??= new Map();
    const piece = this.byId.get(id) ?? { id, firstScan: null, lastScan: null, delivered: null, statedAt: null };
    this.byId.set(id, piece);
    if (scan !== null) {
      piece.firstScan ??= scan;
      piece.lastScan = scan;
      if (meaning.stage === 'delivered') piece.delivered ??= scan;
    }
    if (meaning.notice || meaning.hold) piece.statedAt ??= at;
  }

  /** How many there are. */
  get count(): number {
    return this.byId?.size ?? 0;
  }

  /** In order of their ids; null while there are fewer than two. */
  list(): Mailpiece[] | null {
    if (this.byId === null || this.byId.size < 2) return null;
    return [...this.byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1)).slice(0, MOST_PIECES);
  }
}
