/** Leaps that nothing travels and deliveries at two places: what makes them, and everything that explains them. */
import type { CarrierEvent } from '../../../src/core/journey/event.ts';
import { at, event, fold } from '../../support/timeline.ts';

const NEWARK = { city: 'NEWARK', state: 'NJ', zip: '07102' };
const NEW_YORK = { city: 'NEW YORK', state: 'NY', zip: '10001' };
const PHOENIX = { city: 'PHOENIX', state: 'AZ', zip: '85004' };
const MESA = { city: 'MESA', state: 'AZ', zip: '85201' };
const LOS_ANGELES = { city: 'LOS ANGELES', state: 'CA', zip: '90058' };
const HONOLULU = { city: 'HONOLULU', state: 'HI', zip: '96819' };

type Place = Partial<CarrierEvent>;

/** A scan of the code at a place, on a day and hour of November. */
function scan(code: string, place: Place, day: number, hour = 12): CarrierEvent {
  return event({ at: at(day, hour), code, ...place });
}

describe('two scans far apart', () => {
  const inNewark = scan('10', NEWARK, 4, 8);

  test('within an hour are a leap, told with what lies near either end', () => {
    const events = [scan('03', NEW_YORK, 4, 6), inNewark, scan('07', HONOLULU, 4, 9), scan('OF', HONOLULU, 4, 11)];
    expect(fold(events)).toMatchObject({
      located: 4,
      leap: {
        from: { zip: '07102', at: at(4, 8) },
        to: { zip: '96819', at: at(4, 9) },
        miles: expect.closeTo(5000, -3),
        fromScans: 2,
        toScans: 2,
      },
    });
  });

  test.each([
    ['four days by ground', scan('07', LOS_ANGELES, 8)],
    ['overnight by air: 2,450 miles in 14 hours', scan('07', LOS_ANGELES, 4, 22)],
    ['the next town within the hour', scan('10', NEW_YORK, 4, 9)],
    ['the same place at the same instant', scan('10', NEWARK, 4, 8)],
  ])('are ordinary where they took %s', (_story, to) => {
    expect(fold([inNewark, to]).leap).toBeNull();
  });

  test('of several leaps the hardest is kept', () => {
    const events = [scan('10', LOS_ANGELES, 4, 0), inNewark, scan('07', PHOENIX, 4, 10), scan('OF', HONOLULU, 4, 11)];
    expect(fold(events).leap).toMatchObject({ from: { zip: '07102' }, to: { zip: '96819' } });
  });

  test.each<[string, CarrierEvent]>([
    ['a facility that is named by its city only', scan('07', { city: 'HONOLULU HI DISTRIBUTION CENTER' }, 4, 9)],
    ['a prediction of movement', scan('TL', HONOLULU, 4, 9)],
    ['an announcement', scan('GX', HONOLULU, 4, 9)],
    ['a shipping partner', scan('81', HONOLULU, 4, 9)],
    ['a military post office, whose area has the place of a gateway', scan('07', { zip: '96201' }, 4, 9)],
    ['an area without a place', scan('07', { zip: '00000' }, 4, 9)],
    ['a postal code abroad that looks like a ZIP', scan('07', { zip: '96819', country: 'DE' }, 4, 9)],
    ['words of a person', { ...scan('07', HONOLULU, 4, 9), source: 'customer note' }],
    ['an unlisted source beside the carrier', { ...scan('07', HONOLULU, 4, 9), source: 'erp' }],
  ])('%s has no place to leap to', (_story, elsewhere) => {
    expect(fold([inNewark, elsewhere])).toMatchObject({ leap: null, located: 1 });
  });

  test.each([
    ['a return', '09'],
    ['another return', '28'],
    ['a forwarding', '06'],
  ])('after %s the parcel is elsewhere by right', (_story, code) => {
    const events = [inNewark, event({ at: at(4, 8), code }), scan('07', HONOLULU, 4, 9)];
    expect(fold(events)).toMatchObject({ leap: null, located: 1 });
  });

  test('a return that comes later leaves what was before it', () => {
    const events = [inNewark, scan('07', HONOLULU, 4, 9), scan('09', NEWARK, 9)];
    expect(fold(events).leap).toMatchObject({ to: { zip: '96819' } });
  });

  test('in a territory are compared as in the states', () => {
    const inSanJuan = scan('07', { zip: '00926', country: 'PR' }, 4, 9);
    expect(fold([scan('10', HONOLULU, 4, 8), inSanJuan]).leap).toMatchObject({ to: { zip: '00926' } });
  });

  test('among the wide areas of Hawaii say nothing', () => {
    const events = [scan('10', HONOLULU, 4, 8), scan('01', { zip: '96720' }, 4, 8)];
    expect(fold(events)).toMatchObject({ leap: null, located: 2 });
  });

  test('a number written into thousands of rows is folded all the same', () => {
    const many = Array.from({ length: 3000 }, (_, index) =>
      event({ at: at(1) + index * 1000, code: '10', ...(index % 2 === 0 ? NEWARK : HONOLULU), text: `row ${index}` }),
    );
    const started = performance.now();
    expect(fold(many).leap).not.toBeNull();
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

describe('two deliveries', () => {
  const first = scan('01', NEWARK, 4);
  const second = scan('01', PHOENIX, 6);

  test('at places far apart are two parcels', () => {
    const events = [scan('03', NEW_YORK, 3), first, scan('07', PHOENIX, 6, 6), scan('OF', MESA, 6, 8), second];
    expect(fold(events).twoDeliveries).toMatchObject({
      first: { zip: '07102', at: at(4) },
      second: { zip: '85004', at: at(6) },
      miles: expect.closeTo(2130, -3),
      firstScans: 2,
      secondScans: 3,
    });
  });

  test('at one place are one parcel told twice', () => {
    expect(fold([second, scan('13', PHOENIX, 7), scan('01', { zip: '85003' }, 8)]).twoDeliveries).toBeNull();
  });

  test.each<[string, CarrierEvent]>([
    ['a notice left', scan('02', PHOENIX, 5)],
    ['a notice left, in words', event({ at: at(5), text: 'Notice Left (No Authorized Recipient Available)' })],
    ['a business that was closed', scan('51', NEWARK, 5)],
    ['a redelivery that was asked for', scan('74', NEWARK, 5)],
    ['a redelivery, in words', event({ at: at(5), text: 'Redelivery scheduled for November 6' })],
    ['a refusal', scan('04', NEWARK, 5)],
    ['a hold for the customer', scan('58', PHOENIX, 5)],
    ['available for pickup', scan('14', PHOENIX, 5)],
    ['a hold by customs', scan('HP', {}, 5)],
    ['a forwarding', scan('06', NEWARK, 5)],
    ['a return', scan('09', NEWARK, 5)],
    ['handed to an agent', scan('60', NEWARK, 5)],
    ['intercepted by its sender', scan('44', {}, 5)],
    ['handed to the military', scan('45', NEWARK, 5)],
  ])('are explained by what lies between: %s', (_story, between) => {
    expect(fold([first, between, second]).twoDeliveries).toBeNull();
  });

  test.each<[string, CarrierEvent[]]>([
    ['to an agent first', [scan('17', NEWARK, 4), second]],
    ['by an agent at last', [first, scan('63', PHOENIX, 6)]],
    ['to the sender', [first, event({ at: at(6), code: '01', text: 'Delivered, To Original Sender', ...PHOENIX })]],
    ['without a ZIP', [first, scan('01', { city: 'PHOENIX', state: 'AZ' }, 6)]],
    ['at a military post office', [first, scan('01', { zip: '09012' }, 6)]],
    ['abroad', [first, scan('01', { zip: '10115', country: 'DE' }, 6)]],
    ['as a person says', [first, { ...second, source: 'customer note' }]],
    ['as an unlisted source says beside the carrier', [first, { ...second, source: 'erp' }]],
  ])('of which one is %s are one', (_story, events) => {
    expect(fold(events).twoDeliveries).toBeNull();
  });

  test.each([
    ['an attempt before both', [scan('02', NEWARK, 3), first, second]],
    ['an attempt after both', [first, second, scan('02', PHOENIX, 7)]],
    ['an ordinary scan between', [first, scan('07', PHOENIX, 5), second]],
    ['a delay between', [first, scan('57', NEWARK, 5), second]],
  ])('are not explained by %s', (_story, events) => {
    expect(fold(events).twoDeliveries).not.toBeNull();
  });

  test('of three the two that lie farthest apart are kept', () => {
    const third = scan('01', LOS_ANGELES, 8);
    expect(fold([first, second, third]).twoDeliveries).toMatchObject({
      first: { zip: '07102' },
      second: { zip: '90058' },
    });
  });
});
