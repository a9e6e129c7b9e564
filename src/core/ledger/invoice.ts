/** A vendor's invoice as a whole, and whether it says once more what another one of his had said. */
import type { Day } from '../units/day.ts';
import { compareText } from './reversal.ts';

/** One invoice of a vendor over all its lines; gathered in SQL by the audit. Money in mills of the currency. */
export interface InvoiceTold {
  vendor: string;
  invoiceNumber: string;
  /** Lines in another currency make another row: currencies are never added up. */
  currency: string;
  /** The earliest that a line states; null = none does. */
  invoiceDate: Day | null;
  /** From the earliest to the latest day that its lines state as their period; null = none does. */
  periodFrom: Day | null;
  periodTo: Day | null;
  lines: number;
  /** Those of them that are about a parcel. */
  numberedLines: number;
  /** All its lines added up, credits with their sign. */
  sumMills: number;
  /** As the invoice states it. */
  statedTotalMills: number | null;
  /**
   * The same text exactly where two invoices of the vendor hold the same lines: a hash over number, type, code, amount and
   * currency of each, in an order of their own; of an invoice that adds up to what no other one does, its own. Neither invoice
   * number, line number, day nor period counts.
   */
  contentKey: string;
  /**
   * The same text exactly where two invoices of the vendor name the same parcels, each however often: a hash over their numbers
   * in an order of their own; of an invoice that names none, or whose total no other one has, its own.
   */
  parcelsKey: string;
  /**
   * What other invoices of the vendor give back of its lines: negative lines that stand against a positive line of this
   * invoice with the same number, currency and amount; as a positive sum. Zero = nothing.
   */
  creditedMills: number;
}

/** That an invoice says what an earlier one had said. */
export interface Repetition {
  /** The earliest invoice it repeats. */
  of: InvoiceTold;
  /** The lines are the same; else no more than total, period and currency are. */
  sameLines: boolean;
  /** What was not given back of it; never negative. In mills. */
  openMills: number;
}

/** The total: as stated, else its lines added up. That of a credit note may be written without its sign. */
export function totalOf({ statedTotalMills, sumMills }: Pick<InvoiceTold, 'statedTotalMills' | 'sumMills'>): number {
  return statedTotalMills === null || statedTotalMills === -sumMills ? sumMills : statedTotalMills;
}

/** What an invoice repeats; null = nothing, undefined = another one may be the same, and no period tells. */
type Repeats = Repetition | null | undefined;

/**
 * What each of some invoices repeats, in any order. Undefined where another one may be the same but no period tells a bill of
 * this month from that of the next. Invoices that ask for nothing repeat nothing. Every invoice is looked at once.
 */
export function repetitionsOf(invoices: readonly InvoiceTold[]): Map<InvoiceTold, Repeats> {
  const repeats = new Map<InvoiceTold, Repeats>();
  for (const book of booksOf(invoices)) addRepetitions(repeats, book);
  return repeats;
}

/** The invoices of one vendor and currency, in order. */
function booksOf(invoices: readonly InvoiceTold[]): InvoiceTold[][] {
  const books = new Map<string, InvoiceTold[]>();
  for (const invoice of invoices.toSorted(inOrder)) {
    const key = JSON.stringify([invoice.vendor, invoice.currency]);
    const book = books.get(key) ?? [];
    books.set(key, book);
    book.push(invoice);
  }
  return [...books.values()];
}

/** By date, those without one last; then by number. */
function inOrder(a: InvoiceTold, b: InvoiceTold): number {
  return compareText(a.invoiceDate ?? '~', b.invoiceDate ?? '~') || compareText(a.invoiceNumber, b.invoiceNumber);
}

function addRepetitions(repeats: Map<InvoiceTold, Repeats>, book: readonly InvoiceTold[]): void {
  const said: Said = { firsts: new Map(), places: new Map() };
  const repeating = new Map<InvoiceTold, InvoiceTold[]>();
  const notes = new Map<number, number>();
  for (const invoice of book) {
    const total = totalOf(invoice);
    repeats.set(invoice, null);
    if (total <= 0) {
      notes.set(-total, (notes.get(-total) ?? 0) + 1);
      continue;
    }
    const first = firstOf(invoice, said);
    if (first === undefined) repeats.set(invoice, undefined);
    if (first) {
      const all = repeating.get(first) ?? [];
      repeating.set(first, all);
      all.push(invoice);
    }
    said.places.set(invoice, said.places.size);
    for (const name of namesOf(invoice)) if (!said.firsts.has(name)) said.firsts.set(name, invoice);
  }
  for (const [first, all] of repeating) {
    for (const [place, invoice] of all.entries()) {
      const spent = notes.get(totalOf(invoice)) ?? 0;
      const openMills = all.length - place <= spent ? 0 : openMillsOf(invoice, first);
      repeats.set(invoice, { of: first, sameLines: first.contentKey === invoice.contentKey, openMills });
    }
  }
}

/** The first of the invoices looked at that goes by a name, and the place of each. */
interface Said {
  firsts: Map<string, InvoiceTold>;
  places: Map<InvoiceTold, number>;
}

/**
 * The earliest that the invoice repeats; null = none, undefined = one may be the same. Lines about parcels name what they are
 * for: they are the same whatever their period, and lines for other parcels are none of it, whatever the total. A subscription
 * asks for the same every month, so that its period decides.
 */
function firstOf(invoice: InvoiceTold, { firsts, places }: Said): InvoiceTold | null | undefined {
  const { contentKey } = invoice;
  const [own, period] = [kindOf(invoice), periodOf(invoice)];
  const named = (name: readonly Name[]): InvoiceTold[] =>
    name.flatMap((each) => firsts.get(JSON.stringify(each)) ?? []);
  const totals = own === 'parcels' ? [parcelsOf(invoice), 'account'] : ['account', 'parcels'];
  const within = (days: string): Name[] => [
    ...(own === 'account' ? [['lines', own, contentKey, days] as const] : []),
    ...totals.map((whose) => ['total', whose, totalOf(invoice), days] as const),
  ];
  const same = [
    ...(own === 'parcels' ? named([['lines', own, contentKey, ANY]]) : []),
    ...(period === UNSTATED ? [] : named(within(period))),
  ];
  const [first] = same.toSorted((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0));
  if (first !== undefined) return first;
  return named(within(period === UNSTATED ? ANY : UNSTATED)).length > 0 ? undefined : null;
}

/** What an invoice is known by to later ones: its lines, or its total with whose it is, of some days. */
type Name = readonly ['lines' | 'total', string, string | number, string];

function namesOf(invoice: InvoiceTold): string[] {
  const kind = kindOf(invoice);
  const names = [periodOf(invoice), ANY].flatMap((days): Name[] => [
    ['lines', kind, invoice.contentKey, days],
    ['total', kind, totalOf(invoice), days],
    ...(kind === 'parcels' ? [['total', parcelsOf(invoice), totalOf(invoice), days] as const] : []),
  ]);
  return names.map((name) => JSON.stringify(name));
}

/** Of which parcels a total is; no kind goes by such a name. */
function parcelsOf({ parcelsKey }: InvoiceTold): string {
  return `of ${parcelsKey}`;
}

/** Whether lines name parcels, or it asks something of the account alone. */
type Kind = 'parcels' | 'account';

function kindOf({ numberedLines }: InvoiceTold): Kind {
  return numberedLines > 0 ? 'parcels' : 'account';
}

/** Whatever days an invoice is for. */
const ANY = '*';
const UNSTATED = '';

function periodOf({ periodFrom, periodTo }: InvoiceTold): string {
  return periodFrom === null || periodTo === null ? UNSTATED : `${periodFrom} ${periodTo}`;
}

/** What is left of a repeated invoice: less the lines of it, or of the one it repeats, that other invoices take back. */
function openMillsOf(invoice: InvoiceTold, first: InvoiceTold): number {
  return Math.max(0, totalOf(invoice) - Math.max(invoice.creditedMills, first.creditedMills));
}
