/** Why a rule fired, in words: for the page of a finding and for its evidence. */
import { type EvidenceContext, nameText, valueText } from './evidence-text.ts';
import type { ExplanationDocument } from './explanation.ts';
import type { Wording } from './wording.ts';

/** Deeper parts are shown no further in. */
const MOST_DEPTH = 5;

export type ExplanationView = ReturnType<typeof explanationView>;

/** What the tables show; null where a finding has no explanation. */
export function explanationView(explained: ExplanationDocument | null, context: EvidenceContext) {
  if (explained === null) return null;
  const { wording } = context;
  return {
    parts: explained.parts.map(({ depth, kind, text, value, decided }) => ({
      depth: Math.min(depth, MOST_DEPTH),
      text: kind === 'all' || kind === 'any' ? wording.say(`why.${kind}`) : text,
      isCode: kind !== 'all' && kind !== 'any',
      value: wording.say(`why.value_${value}`),
      decided,
    })),
    needs: explained.needs.map(({ text, value }) => ({ text, value: wording.say(`why.value_${value}`) })),
    chosen: explained.chosen.map(({ what, is, when }) => ({
      label: `${wording.say(`column.${what}`)}: ${wordOf(what, is, wording)}`,
      when: when ?? wording.say('why.no_other'),
      isCode: when !== null,
    })),
    values: [...explained.facts, ...explained.lets].map((each) => shown(each, context)),
    params: explained.params.map((each) => ({
      ...shown({ ...each, name: each.name }, context),
      own:
        each.value === each.standard
          ? null
          : wording.say('why.own', { standard: shown({ ...each, value: each.standard }, context).value }),
    })),
    replays: explained.replays === null ? null : wording.say(explained.replays ? 'why.replays' : 'why.differs'),
  };
}

function wordOf(what: string, is: string, wording: Wording): string {
  const key = what === 'attribution' ? `page.attributed_${is}` : `${what}.${is}`;
  return wording.knows(key) ? wording.say(key) : is;
}

type Named = Pick<ExplanationDocument['facts'][number], 'name' | 'value' | 'unit' | 'currency'>;

function shown({ name, value, unit, currency }: Named, context: EvidenceContext) {
  const text = value === null ? context.wording.say('why.value_unknown') : valueText(value, unit, context);
  return {
    name,
    label: nameText(name, context.wording),
    value: currency === null || value === null ? text : `${text} ${currency}`,
  };
}
