/** Where something happened, as providers write it, in a form that a row of a tracking file takes. */
import { parseZip5 } from '../../units/zip.ts';
import type { ToldEvent } from '../told.ts';
import type { TimeZones } from './published.ts';

export type Place = Pick<ToldEvent, 'city' | 'state' | 'zip' | 'country'>;

export const NOWHERE: Readonly<Place> = { city: null, state: null, zip: null, country: null };

const UNITED_STATES = /^(?:usa|u\.s\.a?\.?|united states(?: of america)?)$/i;

/**
 * The place of fields as told. A country by its name stays with the city, for a row takes codes alone; a ZIP code that is
 * none is dropped rather than the event.
 */
export function placeOf({ city, state, zip, country }: Place): Place {
  const code = countryCode(country);
  const named = country !== null && code === null ? [city, country].filter((part) => part !== null).join(', ') : city;
  return { city: named, state, zip: zipOf(zip, code), country: code };
}

/** The place of "HERNANDO, FL 34442" or "HERNANDO, FL"; the name of a facility or a country is the city. */
export function placeIn(location: string | null): Place {
  if (location === null) return NOWHERE;
  const written = location.replace(/,\s*(?:usa?|united states)$/i, '').replace(/[\s,]+$/, '');
  const found =
    /^(?<city>.+?),?\s+(?<state>[A-Z]{2})\s+(?<zip>\d{5})(?:-?\d{4})?$/.exec(written) ??
    /^(?<city>.+?)\s*,\s*(?<state>[A-Z]{2})$/.exec(written);
  const { city = written, state = null, zip = null } = found?.groups ?? {};
  return { city: city === '' ? null : city, state, zip, country: null };
}

/** Whether anything is said of where it was, beyond that it was in the United States. */
export function isStated({ city, state, zip, country }: Place): boolean {
  return city !== null || state !== null || zip !== null || (country !== null && country !== 'US');
}

/** The zone of the place's clocks: by its state, or by the state in the name of a facility; null where neither is known. */
export function zoneOf({ city, state, country }: Place, zones: TimeZones): string | null {
  if (country !== null && country !== 'US') return zones.get(country) ?? null;
  if (state !== null) return zones.get(state.toUpperCase()) ?? null;
  // "QUEENS NY DISTRIBUTION CENTER", "ISC NEW YORK NY(USPS)": the name of the town comes first, and may look like a state.
  const [, ...others] = (city ?? '').split(/[^A-Z]+/);
  const named = others.findLast((word) => zones.has(word));
  return named === undefined ? null : (zones.get(named) ?? null);
}

function countryCode(country: string | null): string | null {
  if (country === null) return null;
  if (/^[a-z]{2}$/i.test(country)) return country.toUpperCase();
  return UNITED_STATES.test(country) ? 'US' : null;
}

function zipOf(zip: string | null, country: string | null): string | null {
  if (zip === null || (country !== null && country !== 'US')) return zip;
  return parseZip5(zip);
}
