/** Sums over the findings of a backtest: how many each side told of, their money, and what people had decided about them. */
import { type Severity, SEVERITIES } from '../rules/answer.ts';
import type { BothSides, Compared, Told } from './backtest.ts';
import type { FindingState } from './lifecycle.ts';

/** Amounts of one currency and kind, added up over findings; several findings may be about one label. */
export interface AmountSums extends BothSides<number> {
  currency: string;
  /** recoverable, exposure or saving. */
  kind: string;
}

export interface Sums {
  /** Told of on any day of the range. */
  findings: BothSides<number>;
  /** Of these, those that still stand on the last day. */
  standing: BothSides<number>;
  /** By currency and kind; in mills. */
  money: AmountSums[];
}

type KindCounts = Record<Compared['kind'], number>;

export interface DecidedSums extends KindCounts {
  state: FindingState;
}

export interface NamedSums extends Sums {
  /** A vendor, a severity or a rule; null = about no vendor. */
  name: string | null;
}

const SIDES = ['active', 'candidate'] as const;

export class BacktestTotals {
  readonly kinds: KindCounts = { same: 0, new: 0, gone: 0, changed: 0 };
  readonly all: Sums = nothing();
  private readonly decided = new Map<FindingState, KindCounts>();
  private readonly vendors = new Map<string | null, Sums>();
  private readonly severities = new Map<Severity, Sums>();
  private readonly rules = new Map<string, Sums>();

  /** Adds one finding; `state` = what a person had decided about it, null where nobody had. */
  add(compared: Compared, { state, stands }: { state: FindingState | null; stands: (told: Told) => boolean }): void {
    this.kinds[compared.kind] += 1;
    if (state !== null) {
      const counts = this.decided.get(state) ?? { same: 0, new: 0, gone: 0, changed: 0 };
      counts[compared.kind] += 1;
      this.decided.set(state, counts);
    }
    for (const side of SIDES) {
      const told = compared[side];
      if (told === null) continue;
      const { vendor, severity, rule } = told.finding;
      const groups = [this.all, of(this.vendors, vendor), of(this.severities, severity), of(this.rules, rule)];
      for (const sums of groups) addTold(sums, { side, told, stands: stands(told) });
    }
  }

  /** By state, in order of their names. */
  byDecision(): DecidedSums[] {
    return [...this.decided]
      .map(([state, counts]) => ({ state, ...counts }))
      .toSorted((a, b) => order(a.state, b.state));
  }

  /** By name; findings about no vendor come last. */
  byVendor(): NamedSums[] {
    return named(this.vendors).toSorted(
      (a, b) => Number(a.name === null) - Number(b.name === null) || order(a.name, b.name),
    );
  }

  /** The gravest first. */
  bySeverity(): NamedSums[] {
    return named(this.severities).toSorted((a, b) => rank(b.name) - rank(a.name));
  }

  byRule(): NamedSums[] {
    return named(this.rules).toSorted((a, b) => order(a.name, b.name));
  }
}

function nothing(): Sums {
  return { findings: { active: 0, candidate: 0 }, standing: { active: 0, candidate: 0 }, money: [] };
}

function of<K>(groups: Map<K, Sums>, key: K): Sums {
  const known = groups.get(key) ?? nothing();
  groups.set(key, known);
  return known;
}

function addTold(
  sums: Sums,
  { side, told, stands }: { side: (typeof SIDES)[number]; told: Told; stands: boolean },
): void {
  sums.findings[side] += 1;
  if (stands) sums.standing[side] += 1;
  const { amount, amountKind } = told.finding;
  if (amount === null) return;
  const { currency, mills } = amount;
  const kind = amountKind ?? 'exposure';
  let known = sums.money.find((each) => each.currency === currency && each.kind === kind);
  if (known === undefined) {
    known = { currency, kind, active: 0, candidate: 0 };
    sums.money.push(known);
    sums.money.sort((a, b) => order(a.currency, b.currency) || order(a.kind, b.kind));
  }
  known[side] += mills;
}

function named(groups: ReadonlyMap<string | null, Sums>): NamedSums[] {
  return [...groups].map(([name, sums]) => ({ name, ...sums }));
}

function rank(severity: string | null): number {
  return SEVERITIES.findIndex((each) => each === severity);
}

function order(a: string | null, b: string | null): number {
  if (a === b) return 0;
  return (a ?? '') < (b ?? '') ? -1 : 1;
}
