/** A billed weight in whole ounces may stand for a little less, and the band under a pound then holds. */
import { rateLabel } from '../../../src/core/rating/rate-label.ts';
import { priceOf } from '../../../src/core/rating/price.ts';
import { aParcel, aRatedLabel, shippedTables } from '../../support/rating.ts';

test.each([
  [16_000, 15_999],
  [16_001, 32_000],
  [32_000, 32_000],
])('%i thousandths of an ounce have the floor of %i', (weightMilliOz, billed) => {
  const purchasedDay = '2026-08-03';
  const price = priceOf(aParcel({ day: purchasedDay, weightMilliOz: billed }), shippedTables);
  expect(rateLabel(aRatedLabel({ purchasedDay, weightMilliOz }), shippedTables).floor).toMatchObject({
    known: true,
    mills: price.known ? price.mills : null,
  });
});
