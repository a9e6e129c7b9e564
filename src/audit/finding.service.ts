/** What people decide about findings: one change of state, with who, when and why. */
import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { type SettableState, settableFrom } from '../core/finding/lifecycle.ts';
import { ConflictError, NotFoundError } from '../platform/errors.ts';
import { type StandingFinding, addDecision, lookAgain, readStanding } from './decision.store.ts';
import { takeTurnWithFindings } from './finding.store.ts';
import { readSuspectedVendors } from './suspicion.query.ts';

export interface Decision {
  /** The finding, 32 hex digits. */
  id: string;
  state: SettableState;
  /** In the person's own words. */
  reason: string;
  /** Name of their access key. */
  by: string;
  now: Date;
}

@Injectable()
export class FindingService {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  /** Vendors that a grave finding which is somebody's work names as its doer. */
  async suspectedVendors(): Promise<string[]> {
    return readSuspectedVendors(this.dataSource);
  }

  /**
   * Sets the state a person decided on and keeps it in the history. Setting the state it is in adds a note; the same state
   * with the same reason changes nothing. Throws a NotFoundError for an unknown id and a ConflictError for a state that
   * cannot follow, naming those that can.
   */
  async setState(decision: Decision): Promise<void> {
    await this.dataSource.transaction((manager) => decide(manager, decision));
  }
}

async function decide(manager: EntityManager, decision: Decision): Promise<void> {
  await takeTurnWithFindings(manager);
  const standing = await readStanding(manager, decision.id);
  if (standing === null) throw new NotFoundError(`there is no finding ${decision.id}`);
  if (standing.state === decision.state) {
    if (standing.note === decision.reason) return;
  } else {
    checkMayFollow(standing, decision.state);
  }
  await addDecision(manager, standing, decision);
  // While it was closed its rule may have fallen silent: only a new judgement can tell whether it still stands.
  if (decision.state === 'open' && standing.state !== 'open') await lookAgain(manager, standing.trackingNumber);
}

function checkMayFollow({ state }: StandingFinding, wanted: SettableState): void {
  const allowed = settableFrom(state);
  if (allowed.includes(wanted)) return;
  throw new ConflictError(
    `the finding is ${state}, which cannot become ${wanted}; it can become ${allowed.join(', ')}`,
  );
}
