/** What people decide about findings: one change at a time, with who, when, from what to what, and why. */
import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { type WantedHandling, changesOf } from '../core/finding/handling.ts';
import { type SettableState, settableFrom } from '../core/finding/lifecycle.ts';
import { ConflictError, NotFoundError, OutdatedError } from '../platform/errors.ts';
import { type DecisionRecord, type StandingFinding, addDecision, lookAgain, readStanding } from './decision.store.ts';
import { takeTurnWithFindings } from './finding.store.ts';
import { readSuspectedVendors } from './suspicion.query.ts';

/** What is left out stays as it is; at least one part has to be there. */
export interface Decision extends Omit<WantedHandling, 'state'> {
  state?: SettableState;
  /** In the person's own words: why, or a comment. */
  note: string | null;
}

/** Who decides, and when. */
export interface Author {
  /** Name of their access key. */
  by: string;
  now: Date;
}

/** A finding as somebody saw it when they decided; without a version it is taken as it stands. */
export interface SeenFinding {
  /** 32 hex digits. */
  id: string;
  version?: number | null;
}

/** More decided at once would be more than anybody has looked at, and hold up audits. */
export const MOST_AT_ONCE = 500;

@Injectable()
export class FindingService {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  /** Vendors that a grave finding which is somebody's work names as its doer. */
  async suspectedVendors(now: Date): Promise<string[]> {
    return readSuspectedVendors(this.dataSource, now);
  }

  /** Sets the state a person decided on: `decide` with nothing but a state and its reason. */
  async setState(decision: { id: string; state: SettableState; reason: string } & Author): Promise<void> {
    const { id, state, reason, by, now } = decision;
    await this.decide([{ id }], { state, note: reason }, { by, now });
  }

  /**
   * Decides the same about every one of the findings, or about none: in one transaction, each change kept in its history.
   * Setting the state a finding is in adds a note; the same once more changes nothing. Throws a NotFoundError for an
   * unknown id, an OutdatedError for a finding that changed since it was seen, and a ConflictError for a state that cannot
   * follow, naming those that can.
   */
  async decide(seen: readonly SeenFinding[], decision: Decision, author: Author): Promise<void> {
    if (seen.length > MOST_AT_ONCE) {
      throw new ConflictError(`${seen.length} findings at once are more than ${MOST_AT_ONCE}: narrow the list`);
    }
    await this.dataSource.transaction(async (manager) => {
      await takeTurnWithFindings(manager);
      for (const finding of seen) await decideOne(manager, finding, decision, author);
    });
  }
}

async function decideOne(
  manager: EntityManager,
  seen: SeenFinding,
  { note, ...wanted }: Decision,
  author: Author,
): Promise<void> {
  const standing = await readStanding(manager, seen.id);
  if (standing === null) throw new NotFoundError(`there is no finding ${seen.id}`);
  const changes = changesOf(standing, wanted);
  const record = { changes, note, ...author, reason: reasonOf(wanted, changes) };
  if (saysNothingNew(standing, record)) return;
  checkSeen(standing, seen);
  if (changes.state !== undefined && wanted.state !== undefined) checkMayFollow(standing, wanted.state);
  await addDecision(manager, standing, record);
  // While it was closed its rule may have fallen silent: only a new judgement can tell whether it still stands.
  if (changes.state !== undefined && wanted.state === 'open') await lookAgain(manager, standing.trackingNumber);
}

function reasonOf(wanted: WantedHandling, changes: DecisionRecord['changes']): DecisionRecord['reason'] {
  if (wanted.state !== undefined) return 'set';
  return Object.keys(changes).length > 0 ? 'edited' : 'commented';
}

/** Somebody who sends the same again, since no answer came, must not be told that it is outdated by their own decision. */
function saysNothingNew(standing: StandingFinding, { changes, note, by, reason }: DecisionRecord): boolean {
  if (Object.keys(changes).length > 0) return false;
  if (note === null) return true;
  if (reason === 'set') return standing.note === note;
  return standing.changedBy === by && standing.lastNote === note;
}

function checkSeen({ version, changedBy, id }: StandingFinding, seen: SeenFinding): void {
  if (seen.version === undefined || seen.version === null || seen.version === version) return;
  const who = changedBy === null ? 'an audit' : `"${changedBy}"`;
  throw new OutdatedError(
    `finding ${id} was changed by ${who} since: it is at version ${version}, not ${seen.version}; read it again`,
  );
}

function checkMayFollow({ state }: StandingFinding, wanted: SettableState): void {
  const allowed = settableFrom(state);
  if (allowed.includes(wanted)) return;
  throw new ConflictError(
    `the finding is ${state}, which cannot become ${wanted}; it can become ${allowed.join(', ')}`,
  );
}
