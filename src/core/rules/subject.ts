/** Which facts a rule may name: those about its own subject, and words for one that names another's. */
import { chargeVocabulary, labelVocabulary, vendorVocabulary } from '../facts/dictionary.ts';
import type { Vocabulary } from '../facts/vocabulary.ts';
import type { SubjectKind } from './answer.ts';
import { didYouMean } from './suggest.ts';

const vocabularies: Readonly<Record<SubjectKind, Vocabulary>> = {
  label: labelVocabulary,
  vendor: vendorVocabulary,
  charge: chargeVocabulary,
};

/** The facts about a kind of subject. */
export function vocabularyAbout(subject: SubjectKind): Vocabulary {
  return vocabularies[subject];
}

/** The vocabulary that has a fact of the name; undefined when none has. */
export function vocabularyWith(name: string): Vocabulary | undefined {
  return Object.values(vocabularies).find((vocabulary) => vocabulary.named(name) !== undefined);
}

/** Why a name is no fact of the vocabulary: it is about another subject, or there is no such fact, but perhaps a similar one. */
export function noFactNamed(name: string, { subject, facts }: Vocabulary): string {
  const other = vocabularyWith(name);
  if (other !== undefined) {
    return `${name} is a fact about a ${other.subject}, and this rule judges a ${subject}: see its line "subject"`;
  }
  return `no fact is named ${name}${didYouMean(name, facts.map((fact) => fact.name))}`;
}

/** The currency of an amount that names none; null where charges may be in any, and every amount has to say in which. */
export function standardCurrency({ subject }: Vocabulary): string | null {
  if (subject === 'charge') return null;
  return subject === 'label' ? 'label.currency' : 'USD';
}
