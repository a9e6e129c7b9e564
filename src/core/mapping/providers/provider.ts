/** Who tells about parcels over the network, and the names under which what they tell is kept. */

/** Those that can be asked or that push to us. */
export const PROVIDERS = ['usps', '17track', 'easypost', 'shippo'] as const;
export type Provider = (typeof PROVIDERS)[number];

/** The source of an event by how it came; data/tracking/sources.yaml knows whose words each of them are. */
export const SOURCE_NAMES = {
  asked: { usps: 'USPS Tracking API', '17track': '17TRACK' },
  pushed: { usps: 'USPS webhook', '17track': '17TRACK', easypost: 'EasyPost', shippo: 'Shippo' },
  /** A page of tools.usps.com that a person saved. */
  page: 'USPS tracking page',
} as const satisfies { asked: Partial<Record<Provider, string>>; pushed: Record<Provider, string>; page: string };
