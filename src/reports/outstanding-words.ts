/** What is on its way of a vendor, in sentences: the same in an alert and in a report. */
import { millsText } from './number-text.ts';
import { type TransitLabel, orderWorth } from './outstanding.ts';
import type { Wording } from './wording.ts';

/** How many parcels are on their way, and what their orders are worth; of none it says so. */
export function transitSentences(transit: readonly TransitLabel[], vendor: string, wording: Wording): string[] {
  const count = transit.length;
  if (count === 0) return [wording.say('outstanding.transit_none', { vendor })];
  const worth = orderWorth(transit).map(([currency, mills]) => millsText(mills, currency));
  const unknown = transit.filter(
    ({ orderMills, orderCurrency }) => orderMills === null || orderCurrency === null,
  ).length;
  return [
    wording.say('outstanding.transit', { count, vendor }),
    ...(worth.length > 0
      ? [wording.say('outstanding.transit_worth', { worth: worth.join(wording.say('headline.comma')) })]
      : []),
    ...(unknown > 0 ? [wording.say('outstanding.transit_unknown', { count: unknown })] : []),
  ];
}

/** Sentences one after the other; Chinese is written without a space between them. */
export function joinSentences(sentences: readonly string[], { locale }: Wording): string {
  return sentences.join(locale === 'en' ? ' ' : '');
}
