/** The facts about one kind of subject, in a fixed order, findable by name. A rule sees one vocabulary and no other. */
import type { FactWords } from './fact.ts';

/** What facts can be about. */
export type FactSubject = 'label' | 'vendor' | 'charge';

export interface Vocabulary {
  subject: FactSubject;
  /** Places in this list are used within one process only; names are what is written down. */
  facts: readonly FactWords[];
  /** The place of a fact in the list; undefined when no fact has the name. */
  indexOf(name: string): number | undefined;
  /** The fact of that name. */
  named(name: string): FactWords | undefined;
}

/** The vocabulary of these facts; no two of them may have one name. */
export function vocabularyOf(subject: FactSubject, facts: readonly FactWords[]): Vocabulary {
  const places = new Map(facts.map((fact, index) => [fact.name, index]));
  return {
    subject,
    facts,
    indexOf: (name) => places.get(name),
    named: (name) => facts[places.get(name) ?? -1],
  };
}
