/** Builders for tests of journeys: events of November 2026, answers, and the digest of them by the shipped data. */
import { loadTrackingCodes } from '../../src/catalog/tracking.ts';
import type { JourneyDigest } from '../../src/core/journey/digest.ts';
import type { Asked, CarrierEvent } from '../../src/core/journey/event.ts';
import { foldJourney } from '../../src/core/journey/fold.ts';
import type { Instant } from '../../src/core/units/day.ts';
import { ROOT, shippedTables } from './rating.ts';

/** What the shipped data say of codes and words. */
export const codes = loadTrackingCodes(ROOT, shippedTables.zones);

export const COUNTERFEIT =
  'Tracking information will not be displayed because this package was shipped with fraudulent postage. Please contact the merchant or seller with any questions.';

/** An instant of November 2026: day of the month and hour, UTC. */
export function at(day: number, hour = 12): Instant {
  return Date.UTC(2026, 10, day, hour);
}

/** An event of USPS, unless another source is given. */
export function event(given: Partial<CarrierEvent> & { at: Instant }): CarrierEvent {
  const { code = null, text = null, city = null, state = null, zip = null, country = null } = given;
  const hash = [code, text, city, state, zip, country].join('|');
  return {
    code,
    text,
    city,
    state,
    zip,
    country,
    source: 'usps',
    retrievedAt: null,
    mailpieceId: null,
    hash,
    ...given,
  };
}

export function asked(outcome: Asked['outcome'], when: Instant): Asked {
  return { source: 'usps', outcome, at: when };
}

export function fold(events: CarrierEvent[], asks: Asked[] = []): JourneyDigest {
  return foldJourney(events, asks, codes);
}
