/** The vocabulary of the rules: every fact there is, by the subject it is about. */
import { adjustmentFacts } from './adjustment.ts';
import { chargeAdjustmentFacts } from './charge-adjustment.ts';
import { barcodeFacts } from './barcode.ts';
import { billingFacts } from './billing.ts';
import type { ChargeInput } from './charge-input.ts';
import { chargeFacts, purchaseFacts } from './charge.ts';
import { clockFacts } from './clock.ts';
import { cloneFacts } from './clone.ts';
import { contextFacts } from './context.ts';
import { coverageFacts } from './coverage.ts';
import { eligibilityFacts, fitFacts, parcelFacts } from './eligibility.ts';
import type { Fact, FactWords } from './fact.ts';
import { insuranceFacts } from './insurance.ts';
import { invoiceFacts } from './invoice.ts';
import { journeyFacts } from './journey.ts';
import { labelFacts } from './label.ts';
import { numberFacts } from './number.ts';
import { orderFacts } from './order.ts';
import { priceFacts, zoneFacts } from './rating.ts';
import { refundFacts } from './refund.ts';
import { saleFacts } from './sale.ts';
import { silenceFacts } from './silence.ts';
import { statementFacts } from './statement.ts';
import { surchargeFacts } from './surcharge.ts';
import { travelFacts } from './travel.ts';
import { vendorFacts, weekFacts } from './vendor.ts';
import { vendorAnswerFacts, vendorDeclaredFacts, vendorNoticeFacts } from './vendor-habits.ts';
import type { VendorInput } from './vendor-input.ts';
import { vendorPriceFacts } from './vendor-prices.ts';
import { vocabularyOf } from './vocabulary.ts';

/** Every fact about a label. */
export const FACTS: readonly Fact[] = [
  ...labelFacts,
  ...saleFacts,
  ...orderFacts,
  ...journeyFacts,
  ...statementFacts,
  ...silenceFacts,
  ...travelFacts,
  ...cloneFacts,
  ...barcodeFacts,
  ...priceFacts,
  ...surchargeFacts,
  ...zoneFacts,
  ...parcelFacts,
  ...eligibilityFacts,
  ...fitFacts,
  ...adjustmentFacts,
  ...insuranceFacts,
  ...refundFacts,
  ...billingFacts,
  ...contextFacts,
];

/** Every fact about a vendor. */
export const VENDOR_FACTS: readonly Fact<VendorInput>[] = [
  ...vendorFacts,
  ...vendorPriceFacts,
  ...vendorDeclaredFacts,
  ...vendorNoticeFacts,
  ...vendorAnswerFacts,
  ...weekFacts,
];

/** Every fact about a charge: a line, an adjustment, an invoice or a number. */
export const CHARGE_FACTS: readonly Fact<ChargeInput>[] = [
  ...chargeFacts,
  ...purchaseFacts,
  ...coverageFacts,
  ...chargeAdjustmentFacts,
  ...invoiceFacts,
  ...numberFacts,
  ...clockFacts,
];

/** Every fact about whatever subject; no two have one name, so that evidence needs no more than the name. */
export const ALL_FACTS: readonly FactWords[] = [...FACTS, ...VENDOR_FACTS, ...CHARGE_FACTS];

export const labelVocabulary = vocabularyOf('label', FACTS);
export const vendorVocabulary = vocabularyOf('vendor', VENDOR_FACTS);
export const chargeVocabulary = vocabularyOf('charge', CHARGE_FACTS);
