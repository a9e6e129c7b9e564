/** The vendors of a month: how each exports, prices, ships, is tracked and bills, drawn whether it is honest or not. */
import type { Service } from '../../src/core/label/label.ts';
import type { Chance, Choices, Spread } from './chance.ts';

/** How a vendor's prices come about; all but `retail` are under the commercial price. */
export type Pricing =
  | { by: 'share'; off: number; wobble: number }
  | { by: 'cents'; offMills: number }
  | { by: 'commercial' }
  | { by: 'retail' }
  | { by: 'contract'; off: number };

/** Who told us of the vendor's parcels. */
export interface Watching {
  source: string;
  /** Hours before the audit at which it was last asked. */
  askedHours: number;
  /** Whether its file says that it answered; without that it proves events, not silence. */
  states: boolean;
  /** Share of its scans that name no ZIP. */
  cityOnly: number;
  /** The vendor's mailer ids are not ours to ask about. */
  refused: boolean;
}

export interface Billing {
  /** Days of one invoice; 0 = the vendor sends none. */
  everyDays: number;
  /** Surcharges and insurance on lines of their own. */
  itemised: boolean;
  /** The last invoice had not come when the month was audited. */
  late: boolean;
  statesTotal: boolean;
  /** For the account, on every invoice; 0 = none. */
  feeMills: number;
  statesDays: boolean;
}

/** What a vendor's customers buy. */
export interface Trade {
  weightsOz: Spread;
  /** For parcels under a pound, and above. */
  light: Choices<Service>;
  heavy: Choices<Service>;
  orderDollars: Spread;
  /** Share of labels of each. */
  cubic: number;
  flatRate: number;
  insured: number;
  abroad: number;
  long: number;
}

export interface Vendor {
  name: string;
  /** Begins its label ids. */
  code: string;
  channel: '92' | '93' | '94';
  mailerIds: readonly string[];
  /** The next serial of its numbers. */
  serial: number;
  labels: number;
  columns: ReadonlySet<string>;
  times: 'instant' | 'zoneless' | 'day';
  pricing: Pricing;
  trade: Trade;
  watching: Watching;
  billing: Billing;
  /** Passes the carrier's adjustments on. */
  adjusts: boolean;
  scanForms: boolean;
  /** Its parcels are brought to the carrier by a partner. */
  partner: boolean;
  /** A label printed for every order a day ahead, as forwarders do. */
  damaged: boolean;
  /** It is we ourselves, buying from the carrier. */
  own: boolean;
}

const FIRST =
  'Harbor,Quick,Blue,North,Summit,Delta,Lucky,Golden,Swift,Prime,Cedar,Metro,Orbit,Lotus,River,Atlas,Pine,Zen,Nova,Silver,Falcon,Coral,Maple,Union'.split(
    ',',
  );
const SECOND = 'Postage,Labels,Parcel,Ship,Mailers,Logistics,Express,Freight,Dispatch,Cargo'.split(',');

const ALWAYS = ['tracking_number', 'vendor', 'purchased_at', 'service', 'charged'];
const BASIC = ['weight_oz', 'origin_zip', 'destination_zip', 'status', 'order_id', 'order_value', 'order_currency'];
const ORDERS = ['order_destination_zip', 'order_parcels', 'scale_weight_oz'];
const VOIDS = ['voided_at', 'voided_by', 'refund_requested_at', 'refunded_at', 'refunded_amount'];
const RATED = ['ship_date', 'zone', 'packaging', 'rate_type'];
const SIDES = ['length_in', 'width_in', 'height_in'];
const PARTS = ['currency', 'postage', 'surcharges', 'insurance_fee'];
const VALUES = ['declared_value', 'insured_value', 'insurance_provider', 'customs_value', 'customs_currency'];
const COUNTRY = ['destination_country', 'kind'];

/** What vendors' exports hold, from everything to next to nothing. */
const EXPORTS: Choices<readonly string[]> = [
  [
    [
      ...BASIC,
      ...ORDERS,
      ...VOIDS,
      ...RATED,
      ...SIDES,
      ...PARTS,
      ...VALUES,
      ...COUNTRY,
      'label_id',
      'extra_services',
      'handed_over_at',
      'scan_form_id',
      'printed_at',
    ],
    5,
  ],
  [[...BASIC, ...ORDERS, ...VOIDS, ...RATED, ...PARTS, ...VALUES, ...COUNTRY, 'label_id', 'scan_form_id'], 4],
  [
    [
      ...BASIC,
      ...ORDERS,
      ...VOIDS,
      ...RATED,
      ...SIDES,
      ...COUNTRY,
      'label_id',
      'declared_value',
      'customs_value',
      'customs_currency',
      'postage',
    ],
    3,
  ],
  [
    [
      ...BASIC,
      ...ORDERS,
      ...VOIDS,
      ...COUNTRY,
      'zone',
      'declared_value',
      'label_id',
      'customs_value',
      'customs_currency',
    ],
    3,
  ],
  [[...BASIC, ...COUNTRY, 'ship_date', 'label_id', 'customs_value', 'customs_currency'], 2],
];

export const FULL_EXPORT: ReadonlySet<string> = new Set([...ALWAYS, ...(EXPORTS[0]?.[0] ?? [])]);

const PARCELS: Spread = [
  [0, 2],
  [0.2, 6],
  [0.4, 12],
  [0.55, 18],
  [0.75, 44],
  [0.9, 96],
  [0.98, 190],
  [1, 300],
];
const LIGHT: Spread = [
  [0, 1.2],
  [0.5, 2.8],
  [0.9, 3.8],
  [1, 7.6],
];
const HEAVY: Spread = [
  [0, 9],
  [0.4, 28],
  [0.8, 80],
  [1, 310],
];
const ORDERS_WORTH: Spread = [
  [0, 9],
  [0.3, 24],
  [0.6, 48],
  [0.85, 95],
  [0.97, 240],
  [1, 480],
];

const GROUND_FIRST: Pick<Trade, 'light' | 'heavy'> = {
  light: [
    ['ground_advantage', 0.94],
    ['priority_mail', 0.06],
  ],
  heavy: [
    ['ground_advantage', 0.62],
    ['priority_mail', 0.36],
    ['media_mail', 0.02],
  ],
};

/** What an ordinary shop sends. */
export const ORDINARY: Trade = {
  weightsOz: PARCELS,
  ...GROUND_FIRST,
  orderDollars: ORDERS_WORTH,
  cubic: 0.04,
  flatRate: 0.05,
  insured: 0.06,
  abroad: 0.01,
  long: 0.015,
};
/** Small goods, nearly all of them in one weight step. */
export const LIGHT_GOODS: Trade = {
  ...ORDINARY,
  weightsOz: LIGHT,
  light: [['ground_advantage', 1]],
  cubic: 0,
  flatRate: 0,
  insured: 0.01,
  long: 0,
};
/** Heavy goods, some of them dear. */
export const HEAVY_GOODS: Trade = { ...ORDINARY, weightsOz: HEAVY, flatRate: 0.12, insured: 0.12, long: 0.05 };
/** A shop that sends abroad and insures what it sends. */
export const ABROAD: Trade = { ...ORDINARY, abroad: 0.22, insured: 0.22 };

/** A vendor of so many labels, as any is drawn; `changes` overrules what was drawn. */
export function drawVendor(
  chance: Chance,
  at: { index: number; labels: number },
  changes: Partial<Vendor> = {},
): Vendor {
  const name = `${FIRST[at.index % FIRST.length]} ${chance.pick(SECOND)}`;
  const drawn = chance.choose<Vendor['channel']>([
    ['92', 6],
    ['93', 2],
    ['94', 2],
  ]);
  const channel = changes.channel ?? drawn;
  const mailerId = (nth: number): string =>
    channel === '92'
      ? `9${String(chance.whole(1_000_000, 8_999_999)).padStart(7, '0')}${nth}`
      : String(chance.whole(100_000, 899_999));
  const times = chance.choose<Vendor['times']>([
    ['instant', 7],
    ['zoneless', 1],
    ['day', 2],
  ]);
  const vendor: Vendor = {
    name,
    code: name.replace(/[^A-Z]/g, ''),
    channel,
    mailerIds: Array.from({ length: chance.whole(1, 2) }, (_, nth) => mailerId(nth)),
    serial: chance.whole(10_000, 400_000),
    labels: at.labels,
    columns: new Set([...ALWAYS, ...chance.choose(EXPORTS)]),
    times,
    pricing: chance.choose(pricings(chance)),
    trade: chance.choose<Trade>([
      [ORDINARY, 6],
      [LIGHT_GOODS, 1],
      [HEAVY_GOODS, 2],
      [ABROAD, 1],
    ]),
    watching: {
      source: chance.choose([
        ['usps', 4],
        ['17track', 4],
        ['easypost', 2],
      ]),
      askedHours: chance.whole(1, 20),
      states: chance.chance(0.85),
      cityOnly: chance.choose([
        [0.05, 3],
        [0.35, 1],
      ]),
      refused: false,
    },
    billing: {
      everyDays: chance.choose([
        [31, 3],
        [7, 3],
        [15, 2],
        [0, 2],
      ]),
      itemised: chance.chance(0.5),
      late: chance.chance(0.15),
      statesTotal: chance.chance(0.6),
      feeMills: chance.chance(0.3) ? 10 * chance.whole(500, 4_900) : 0,
      statesDays: chance.chance(0.7),
    },
    adjusts: chance.chance(0.7),
    scanForms: chance.chance(0.3),
    partner: false,
    damaged: chance.chance(0.12),
    own: false,
  };
  return { ...vendor, ...changes };
}

function pricings(chance: Chance): Choices<Pricing> {
  return [
    [{ by: 'share', off: chance.between(0.02, 0.19), wobble: 0.01 }, 5],
    [{ by: 'share', off: chance.between(0.05, 0.16), wobble: 0.05 }, 2],
    [{ by: 'cents', offMills: 10 * chance.whole(5, 60) }, 2],
    [{ by: 'commercial' }, 1],
  ];
}
