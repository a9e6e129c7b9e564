/** Reads data/tracking/providers.yaml: where carriers and providers of tracking are asked, and how often they may be. */
import { join } from 'node:path';
import { z } from 'zod';
import { readYaml } from './yaml.ts';

/** No more calls than these within any such span. */
export interface QuotaWindow {
  calls: number;
  seconds: number;
}

/** What is published about one that can be asked. */
export interface ProviderFacts {
  /** Where it answers, without a slash at the end. */
  url: string;
  /** All of them hold at once. */
  windows: readonly QuotaWindow[];
}

/** Those that can be asked, in the order in which they are preferred: the carrier itself first. */
export const ASKABLE = ['usps', '17track'] as const;
export type Askable = (typeof ASKABLE)[number];

export interface Providers extends Record<Askable, ProviderFacts> {
  '17track': ProviderFacts & {
    /** The most numbers one call may name. */
    numbersACall: number;
    /** USPS among its carriers. */
    uspsCarrier: number;
  };
}

const source = z.array(z.string()).min(1);
const whole = z.int().positive();
const place = {
  url: z.url({ protocol: /^https$/ }).refine((url) => !url.endsWith('/'), 'no slash at the end expected'),
  source,
  quota: z.strictObject({
    source,
    windows: z.array(z.strictObject({ calls: whole, seconds: whole })).min(1),
  }),
};

const providersFile = z.strictObject({
  as_of: z.iso.date(),
  usps: z.strictObject(place),
  '17track': z.strictObject({
    ...place,
    numbers_a_call: whole,
    usps_carrier: z.strictObject({ source, code: whole }),
  }),
});

/** What the file under the project's root says. Throws a CatalogError that names the key when it is wrong. */
export function loadProviders(root: string): Providers {
  const file = readYaml(join(root, 'data', 'tracking', 'providers.yaml'), providersFile);
  const { usps, '17track': track17 } = file;
  return {
    usps: { url: usps.url, windows: usps.quota.windows },
    '17track': {
      url: track17.url,
      windows: track17.quota.windows,
      numbersACall: track17.numbers_a_call,
      uspsCarrier: track17.usps_carrier.code,
    },
  };
}
