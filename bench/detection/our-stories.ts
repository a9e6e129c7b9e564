/** What we and honest vendors do to labels: voids, refunds, reprints, ways to rate, weights typed wrongly, spoilt numbers. */
import { DAY_MS, HOUR_MS, addDays, dayOf, formatInstant, startOfDay } from '../../src/core/units/day.ts';
import { roundToCents } from '../../src/core/units/money.ts';
import { acceptance, without } from './journey.ts';
import { packageNumber, spoilt } from './number.ts';
import type { Parcel } from './parcel.ts';
import { type Piece, likelyPrice, pieceOf, published, zoneBeyondEdge } from './prices.ts';
import { type Shop, chargedMills, dollars, tenths } from './shop.ts';
import { type Story, inland, last, ofWeight, story, watched } from './story.ts';

export const OUR_STORIES: readonly Story[] = [
  story('voided-in-time', 0.015, {
    may: ['refund-due', 'refund-overdue'],
    tell: ({ chance }, parcel) => {
      const at = parcel.purchasedAt + chance.whole(1, 40) * HOUR_MS;
      const day = dayOf(at + chance.whole(1, 5) * DAY_MS);
      parcel.set = { ...parcel.set, status: 'voided', voided_by: 'us', voided_at: formatInstant(at) };
      takeBack(parcel, day);
      parcel.steps = parcel.steps.slice(0, 1);
      parcel.answer = 'answered';
    },
  }),
  story('refunded-unused', 0.01, {
    tell: ({ chance }, parcel) => {
      const at = parcel.purchasedAt + chance.whole(60, 200) * HOUR_MS;
      const given = at + chance.whole(14, 17) * DAY_MS;
      const done = given < shopClock(parcel);
      parcel.set = { ...parcel.set, status: 'refunded', refund_requested_at: formatInstant(at), voided_by: 'us' };
      if (done) {
        const refund = { refunded_at: formatInstant(given), refunded_amount: dollars(chargedMills(parcel)) };
        parcel.set = { ...parcel.set, ...refund };
        takeBack(parcel, dayOf(given));
      }
      parcel.steps = parcel.steps.slice(0, 1);
      parcel.answer = 'answered';
    },
    may: ['refund-overdue', 'refund-due'],
  }),
  story('left-behind', 0.006, {
    incident: true,
    may: ['never-accepted', 'refund-due'],
    tell: (_, parcel) => {
      parcel.steps = parcel.steps.slice(0, 1);
      parcel.answer = 'answered';
    },
  }),
  story('void-used-by-mistake', 0.001, {
    incident: true,
    may: ['void-label-used', 'counterfeit-postage-notice', 'charged-after-void', 'adjustment-without-label'],
    tell: (_, parcel) => {
      const at = Math.max(parcel.purchasedAt + HOUR_MS, acceptance(parcel) - 20 * HOUR_MS);
      parcel.set = { ...parcel.set, status: 'voided', voided_by: 'us', voided_at: formatInstant(at) };
      takeBack(parcel, addDays(dayOf(at), 2));
    },
  }),
  story('void-refused', 0.002, {
    may: ['refund-overdue'],
    tell: (_, parcel) => {
      const at = acceptance(parcel) + 30 * HOUR_MS;
      parcel.set = { ...parcel.set, refund_requested_at: formatInstant(at) };
    },
  }),
  story('printed-again', 0.006, {
    incident: true,
    may: ['tracking-number-reused'],
    tell: (_, parcel) => {
      const at = formatInstant(parcel.purchasedAt + 11 * 60_000);
      parcel.copies = [
        {
          label_id: `${parcel.labelId}R`,
          purchased_at: at,
          charged: '0.00',
          postage: '0.00',
          surcharges: '0.00',
          insurance_fee: '',
        },
      ];
    },
  }),
  story('cubic', 0.04, {
    fits: (parcel) =>
      watched(parcel) &&
      parcel.rateType === 'weight' &&
      parcel.service === 'priority_mail' &&
      parcel.vendor.columns.has('rate_type'),
    tell: (shop, parcel) => sellPacked(shop, parcel, 'cubic'),
  }),
  story('flat-rate', 0.12, {
    fits: (parcel) =>
      watched(parcel) &&
      parcel.service === 'priority_mail' &&
      parcel.rateType === 'weight' &&
      parcel.vendor.columns.has('packaging'),
    tell: (shop, parcel) =>
      sellPacked(
        shop,
        parcel,
        shop.chance.pick(['small_flat_rate_box', 'medium_flat_rate_box', 'padded_flat_rate_envelope']),
      ),
  }),
  story('zone-of-another-chart', 0.3, {
    fits: (parcel) => watched(parcel) && parcel.nearEdge && parcel.rateType === 'weight',
    tell: ({ catalog }, parcel) => {
      const zone = zoneBeyondEdge(pieceOf(parcel), catalog.rating);
      const there = published(pieceOf(parcel, { zone }), catalog.rating);
      if (there === null || parcel.publishedMills === 0) return;
      parcel.postageMills = roundToCents(
        Math.round((parcel.postageMills * there.postageMills) / parcel.publishedMills),
      );
      parcel.set = { ...parcel.set, zone: String(zone) };
    },
  }),
  story('weighed-again-dearer', 0.012, {
    incident: true,
    fits: (parcel) => watched(parcel) && parcel.vendor.adjusts && parcel.rateType === 'weight',
    may: ['weight-understated', 'adjustment-disputable'],
    tell: (shop, parcel) => weighAgain(shop, parcel, shop.chance.between(1.2, 2.2)),
  }),
  story('weighed-again-cheaper', 0.006, {
    fits: (parcel) => watched(parcel) && parcel.vendor.adjusts && parcel.rateType === 'weight' && parcel.weightOz > 20,
    tell: (shop, parcel) => weighAgain(shop, parcel, shop.chance.between(0.5, 0.8)),
  }),
  story('number-spoilt-by-spreadsheet', 0.04, {
    fits: (parcel) => watched(parcel) && parcel.vendor.damaged,
    may: ['label-not-invoiced', 'charge-without-label'],
    tell: ({ chance }, parcel) => {
      parcel.set = { ...parcel.set, tracking_number: spoilt(parcel.number, chance.chance(0.6)) };
      parcel.steps = [];
    },
  }),
  story('declared-nearly', 0.05, {
    // What is insured with the carrier may not be more than what is declared.
    fits: ({ set }) => set['insurance_provider'] !== 'usps',
    tell: ({ chance }, parcel) => {
      const declared = roundToCents(Math.round(parcel.orderMills * chance.between(0.92, 0.99)));
      parcel.set = { ...parcel.set, declared_value: dollars(declared) };
    },
  }),
  story('declared-blank', 0.06, {
    fits: inland,
    tell: (_, parcel) => {
      parcel.set = { ...parcel.set, declared_value: '' };
    },
  }),
  story('better-class-printed', 0.003, {
    incident: true,
    fits: (parcel) => watched(parcel) && parcel.service === 'ground_advantage' && parcel.insuranceMills === 0,
    tell: (_, parcel) => {
      const { vendor, mailerId } = parcel;
      parcel.number = packageNumber({ channel: vendor.channel, code: '055', mailerId, serial: vendor.serial });
    },
  }),
  story('code-nobody-knows', 0.01, {
    fits: (parcel) => watched(parcel) && parcel.insuranceMills === 0,
    tell: ({ chance }, parcel) => {
      const { vendor, mailerId } = parcel;
      parcel.number = packageNumber({
        channel: vendor.channel,
        code: chance.pick(['936', '979', '942']),
        mailerId,
        serial: vendor.serial,
      });
    },
  }),
  story('bought-at-counter', 0.002, {
    tell: ({ chance }, parcel) => {
      const serial = chance.whole(100_000_000, 999_999_999);
      parcel.number = packageNumber({ channel: '95', code: '055', mailerId: '1', serial });
      parcel.steps = without(parcel.steps, 'GX', 'MA');
      parcel.service = 'priority_mail';
      parcel.postageMills = parcel.publishedMills;
    },
    fits: (parcel) => ofWeight(parcel) && parcel.service === 'priority_mail' && parcel.insuranceMills === 0,
  }),
  story('booked-late', 0.006, {
    tell: ({ chance }, parcel) => {
      parcel.purchasedAt = acceptance(parcel) + chance.whole(2, 33) * HOUR_MS;
    },
  }),
  story('return-label', 0.012, {
    fits: (parcel) => watched(parcel) && parcel.vendor.columns.has('kind'),
    tell: ({ chance }, parcel) => {
      parcel.set = {
        ...parcel.set,
        kind: chance.pick(['return', 'pay_on_use']),
        order_destination_zip: '',
        declared_value: '',
      };
      parcel.steps = chance.chance(0.3) ? parcel.steps : [];
      parcel.answer = 'answered';
    },
    may: ['return-charged-unused'],
  }),
  story('billed-twice-and-reversed', 0.004, {
    fits: (parcel) => watched(parcel) && parcel.vendor.billing.everyDays > 0,
    tell: ({ chance }, parcel) => {
      const day = addDays(dayOf(parcel.purchasedAt), chance.whole(0, 2));
      parcel.rebill.push(([first, ...rest]) => {
        if (first === undefined) return [];
        const again = { ...first, day };
        return [first, ...rest, again, { ...again, mills: -again.mills, reverses: again, description: 'Correction' }];
      });
    },
  }),
  story('billed-late', 0.01, {
    fits: (parcel) => watched(parcel) && parcel.vendor.billing.everyDays > 0,
    may: ['label-not-invoiced'],
    tell: ({ chance }, parcel) => {
      const later = chance.whole(2, 6);
      parcel.rebill.push((bills) => bills.map((bill) => ({ ...bill, day: addDays(bill.day, later) })));
    },
  }),
  story('voided-and-charged-before', 0.004, {
    fits: (parcel) => watched(parcel) && parcel.vendor.columns.has('voided_at'),
    may: ['refund-due', 'refund-overdue'],
    tell: ({ chance }, parcel) => {
      const at = parcel.purchasedAt + chance.whole(26, 60) * HOUR_MS;
      parcel.set = { ...parcel.set, status: 'voided', voided_by: 'us', voided_at: formatInstant(at) };
      takeBack(parcel, dayOf(at + chance.whole(2, 6) * DAY_MS));
      parcel.steps = parcel.steps.slice(0, 1);
      parcel.answer = 'answered';
    },
  }),
  story('sent-in-exchange', 0.004, {
    fits: (parcel) => watched(parcel) && parcel.vendor.columns.has('order_parcels'),
    tell: ({ chance }, parcel) => {
      // The customer moved: the order's address was changed in the shop, and the label made for the new one.
      parcel.set = { ...parcel.set, order_destination_zip: `${parcel.to.zip.slice(0, 3)}${chance.whole(10, 98)}` };
    },
  }),
];

/** The audit's clock is not a parcel's to know; a refund is told of when it was given well before any of them. */
function shopClock({ shipDay }: Parcel): number {
  return startOfDay(`${shipDay.slice(0, 8)}28`) + 10 * DAY_MS;
}

/** The vendor gives back what was charged. */
function takeBack(parcel: Parcel, day: string): void {
  parcel.rebill.push((bills) => {
    const mills = -bills.reduce((sum, bill) => sum + bill.mills, 0);
    return [...bills, { type: 'refund', mills, day, code: 'VOID', description: 'Refund of an unused label' }];
  });
}

/** Sold by size or in the carrier's own box, for a price that has nothing to do with its weight. */
function sellPacked({ chance, catalog }: Shop, parcel: Parcel, packaging: Piece['packaging']): void {
  const sides = BOXES[packaging];
  if (sides === undefined) return;
  const price = likelyPrice(
    pieceOf(parcel, { packaging, sides, weightOz: Math.min(parcel.weightOz, 300) }),
    catalog.rating,
  );
  if (price === null) return;
  Object.assign(parcel, {
    packaging,
    sides,
    rateType: packaging === 'cubic' ? 'cubic' : 'flat_rate',
    publishedMills: price.postageMills,
    surchargesMills: 0,
    postageMills: price.postageMills - 10 * chance.whole(0, 25),
  });
  parcel.set = { ...parcel.set, ...(packaging === 'cubic' ? {} : { zone: '' }) };
}

const BOXES: Partial<Record<Piece['packaging'], [number, number, number]>> = {
  cubic: [8, 6, 4],
  small_flat_rate_box: [8.5, 5.25, 1.5],
  medium_flat_rate_box: [11, 8.5, 5.5],
  padded_flat_rate_envelope: [11, 8, 1.5],
};

/** The carrier weighed it after delivery: we had typed the weight wrongly, and the vendor passes the difference on. */
function weighAgain({ chance, catalog }: Shop, parcel: Parcel, ratio: number): void {
  const assessedOz = Math.min(310, tenths(parcel.weightOz * ratio) + (ratio > 1 ? 2 : 0));
  const assessed = published(pieceOf(parcel, { weightOz: assessedOz }), catalog.rating);
  if (assessed === null || assessed.postageMills === parcel.publishedMills) return;
  const mills = roundToCents(
    Math.round(((assessed.postageMills - parcel.publishedMills) * parcel.postageMills) / parcel.publishedMills),
  );
  const assessedAt = last(parcel) + chance.whole(2, 9) * DAY_MS;
  parcel.adjusted = [
    {
      reason: 'weight',
      assessedAt,
      mills,
      feeMills: 0,
      claimed: { weightOz: parcel.weightOz, zone: parcel.zone, service: parcel.service, mills: parcel.postageMills },
      assessed: {
        weightOz: assessedOz,
        zone: parcel.zone,
        service: parcel.service,
        mills: parcel.postageMills + mills,
      },
    },
  ];
  const day = dayOf(assessedAt + DAY_MS);
  const line = { type: 'adjustment' as const, mills, day, code: 'APV', description: 'Carrier adjustment: weight' };
  parcel.rebill.push((bills) => [...bills, line]);
}
