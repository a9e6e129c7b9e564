/** With whom of those that can be asked we have an account, by what is configured. */
import { ASKABLE, type Askable } from '../catalog/providers.ts';
import type { Config } from '../platform/config.ts';

/** In the order in which they are preferred. */
export function accountsIn({ usps, track17 }: Pick<Config, 'usps' | 'track17'>): Askable[] {
  const has = { usps: usps.clientId !== null && usps.clientSecret !== null, '17track': track17.key !== null };
  return ASKABLE.filter((provider) => has[provider]);
}
