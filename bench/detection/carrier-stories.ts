/** What the carrier does to honest labels: late, missing and odd events, holds, returns, strangers' copies. */
import { DAY_MS, HOUR_MS } from '../../src/core/units/day.ts';
import { acceptance, atFacility, businessDay, midway, ordinary, said, step, tripOf, upTo, without } from './journey.ts';
import type { Parcel } from './parcel.ts';
import type { Shop } from './shop.ts';
import { type Story, delay, last, story, watched } from './story.ts';

export const CARRIER_STORIES: readonly Story[] = [
  story('late-manifest', 0.035, {
    tell: ({ chance }, parcel) => {
      const at = acceptance(parcel) + chance.whole(20, 22 * 60) * 60_000;
      parcel.steps = parcel.steps.map((each) => (each.code === 'GX' || each.code === 'MA' ? { ...each, at } : each));
    },
  }),
  story('scan-form', 0.3, {
    fits: (parcel) => watched(parcel) && parcel.vendor.scanForms,
    tell: ({ chance }, parcel) => {
      const at = acceptance(parcel) - chance.whole(10, 90) * 60_000;
      const kept = chance.chance(0.6) ? parcel.steps : without(parcel.steps, '03');
      parcel.steps = [...kept, step(at, 'TM', parcel.from)];
      parcel.set = { ...parcel.set, scan_form_id: `SF${parcel.shipDay.replaceAll('-', '')}${parcel.from.zip}` };
    },
  }),
  story('returned', 0.01, {
    tell: ({ chance }, parcel) => {
      const there = last(parcel) - HOUR_MS;
      const back = there + chance.whole(4, 7) * DAY_MS;
      const kept = without(parcel.steps, '01');
      const why = chance.pick(['04', '21', '09']);
      const home = [atFacility(back - DAY_MS, 'A1', parcel.from), step(back, '01', parcel.from)];
      const sentBack = why === '09' ? [] : [step(there + HOUR_MS, '09', parcel.to)];
      parcel.steps = [...kept, step(there, why, parcel.to), ...sentBack, ...home];
    },
  }),
  story('forwarded', 0.006, {
    tell: ({ chance, world }, parcel) => {
      const there = last(parcel);
      const elsewhere = world.destination();
      const arrives = there + chance.whole(3, 5) * DAY_MS;
      const onward = [atFacility(arrives - 20 * HOUR_MS, 'A1', elsewhere), step(arrives, '01', elsewhere)];
      parcel.steps = [...without(parcel.steps, '01'), step(there, '06', parcel.to), ...onward];
    },
  }),
  story('held-and-released', 0.004, {
    tell: ({ chance }, parcel) => {
      const held = midway({ chance }, parcel, [9, 30]);
      const released = chance.whole(14, 70) * HOUR_MS;
      delay(parcel, held, released);
      parcel.steps = [...parcel.steps, said(held, 'held'), atFacility(held + released - HOUR_MS, 'T1', parcel.from)];
    },
  }),
  story('weather', 0.008, {
    tell: ({ chance }, parcel) => {
      const stopped = midway({ chance }, parcel, [18, 40]);
      delay(parcel, stopped, 2 * DAY_MS);
      parcel.steps = [...parcel.steps, step(stopped, '57', null)];
    },
  }),
  story('held-for-customer', 0.008, {
    tell: ({ chance }, parcel) => {
      const there = last(parcel);
      const fetched = there + chance.whole(1, 5) * DAY_MS;
      const kept = without(parcel.steps, '01');
      parcel.steps = [...kept, step(there, chance.pick(['58', '14']), parcel.to), step(fetched, '01', parcel.to)];
    },
  }),
  story('second-attempt', 0.03, {
    tell: (_, parcel) => {
      const there = last(parcel);
      const kept = without(parcel.steps, '01');
      const again = [step(there + 18 * HOUR_MS, 'OF', parcel.to), step(there + DAY_MS, '01', parcel.to)];
      parcel.steps = [...kept, step(there, '02', parcel.to), ...again];
    },
  }),
  story('missing-scans', 0.06, {
    tell: ({ chance }, parcel) => {
      const gone = chance.choose([
        [['03'], 4],
        [['T1', 'A1', 'TL'], 3],
        [['07', 'OF'], 2],
        [['01'], 1],
      ] as const);
      parcel.steps = without(parcel.steps, ...gone);
    },
  }),
  story('seen-only-at-delivery', 0.004, {
    // Where a partner announces, nothing of the partner's left would leave nothing of an announcement.
    fits: (parcel) => watched(parcel) && !parcel.vendor.partner,
    tell: (_, parcel) => {
      parcel.steps = parcel.steps.filter(({ code }) => ['GX', 'MA', '07', '01'].includes(code));
    },
  }),
  story('lost', 0.006, {
    fits: (parcel) => watched(parcel) && !parcel.vendor.partner,
    may: ['claim-due'],
    tell: (_, parcel) => {
      parcel.steps = upTo(parcel.steps, acceptance(parcel) + 12 * HOUR_MS);
    },
  }),
  story('number-copied-by-stranger', 0.003, {
    incident: true,
    may: [
      'counterfeit-postage-notice',
      'impossible-journey',
      'duplicate-label-scan',
      'delivered-elsewhere',
      'held-for-postage',
      'own-mailer-id-abused',
      'off-route-acceptance',
    ],
    tell: copiedByStranger,
  }),
  story('intercepted-though-paid', 0.002, {
    incident: true,
    may: ['counterfeit-postage-notice'],
    tell: ({ chance }, parcel) => {
      const stopped = midway({ chance }, parcel, [10, 30]);
      const lifted = chance.whole(2, 6) * DAY_MS;
      delay(parcel, stopped, lifted);
      parcel.steps = [
        ...parcel.steps,
        said(stopped, 'improper'),
        atFacility(stopped + lifted - HOUR_MS, 'T1', parcel.from),
      ];
    },
  }),
];

/** A stranger printed our number on a parcel of his: its scans, and what the carrier says of it, stand among ours. */
function copiedByStranger(shop: Shop, parcel: Parcel): void {
  const { chance, world } = shop;
  const [from, to] = [world.destination(), world.destination()];
  const shipDay = businessDay(shop, parcel.shipDay, chance.whole(3, 8));
  const trip = tripOf(shop, { shipDay, transitDays: chance.whole(3, 6) });
  const theirs = without(ordinary(shop, { from, to, purchasedAt: parcel.purchasedAt }, trip), 'GX', 'MA');
  const caught = chance.chance(0.6);
  const kept = caught
    ? [...upTo(theirs, trip.accepted + 9 * HOUR_MS), said(trip.accepted + 10 * HOUR_MS, 'notice')]
    : theirs;
  const told = chance.chance(0.7);
  const marked = (piece: string) => (each: Parcel['steps'][number]) => (told ? { ...each, mailpiece: piece } : each);
  parcel.steps = [...parcel.steps.map(marked(`${parcel.number}-1`)), ...kept.map(marked(`${parcel.number}-2`))];
}
