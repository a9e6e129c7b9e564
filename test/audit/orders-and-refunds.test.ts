/** Orders with a label too many, insurance, customs forms, and money that is due back, told over whole audits. */
import { impb } from '../support/month/parcel.ts';
import { ANSWERED, coded, testStories } from '../support/told-audit.ts';

const second = (serial: number): string => impb('001', '900000093', serial);
const UNSCANNED = [coded('MA', '10 02:00'), ANSWERED];
const BOUGHT = { order_id: 'SO-1', order_parcels: '1' };

testStories('order-labelled-twice', [
  ['the label that order one needed', { label: BOUGHT, tracking: UNSCANNED }, 'clear'],
  [
    'another vendor sold a second one an hour later, which nobody used',
    {
      label: { ...BOUGHT, vendor: 'Other Labels', purchased_at: '2026-11-09T18:00:00Z' },
      tracking: UNSCANNED,
    },
    { severity: 'medium', verdict: 'own_error', attribution: 'us', amount_mills: 7310 },
  ],
  ['the first of two for an order that has two', { label: { order_id: 'SO-2', order_parcels: '2' } }, 'clear'],
  ['the second of two for an order that has two', { label: { order_id: 'SO-2', order_parcels: '2' } }, 'clear'],
  ['the voided one of order three', { label: { ...BOUGHT, order_id: 'SO-3', status: 'voided' } }, 'clear'],
  [
    'bought in the place of the voided one',
    { label: { ...BOUGHT, order_id: 'SO-3', purchased_at: '2026-11-09T19:00:00Z' } },
    'clear',
  ],
  [
    'the first parcel of order four, which came back',
    {
      label: { ...BOUGHT, order_id: 'SO-4' },
      tracking: [coded('03', '10 20:00'), coded('09', '13 20:00'), ANSWERED],
    },
    'clear',
  ],
  [
    'sent anew after that',
    { label: { ...BOUGHT, order_id: 'SO-4', purchased_at: '2026-11-14T19:00:00Z', ship_date: '2026-11-14' } },
    'clear',
  ],
  ['one of two, and nobody says how many parcels there are', { label: { order_id: 'SO-5' } }, 'unknown: order.surplus'],
  ['the other of these', { label: { order_id: 'SO-5' } }, 'unknown: order.surplus'],
  ['no order is named', {}, 'unknown: order.surplus'],
]);

const INSURED = { insured_value: '500', insurance_fee: '7.55', insurance_provider: 'usps', declared_value: '500' };

testStories('insured-over-declared', [
  ['as much as declared', { label: INSURED }, 'clear'],
  ['more than declared', { label: { ...INSURED, declared_value: '200' } }, { severity: 'medium', attribution: 'open' }],
  [
    'more than the Postal Service insures',
    { label: { ...INSURED, insured_value: '6000', declared_value: '6000' } },
    { severity: 'medium' },
  ],
  [
    'insured by somebody else',
    { label: { ...INSURED, declared_value: '200', insurance_provider: 'third_party' } },
    'clear',
  ],
  ['nothing is declared', { label: { ...INSURED, declared_value: '' } }, 'unknown: label.declared_mills'],
]);

const PRIORITY = { ...INSURED, service: 'priority_mail' };

testStories('insurance-not-on-label', [
  [
    'the number has tracking alone',
    { label: { ...PRIORITY, tracking_number: impb('055', '900000093', 1) } },
    { severity: 'medium', verdict: 'billing_error', attribution: 'vendor', amount_mills: 7550 },
  ],
  [
    'only the invoice itemises the fee',
    {
      label: { ...PRIORITY, insurance_fee: '', tracking_number: impb('055', '900000093', 4) },
      invoice: [{ charge_type: 'insurance', amount: '7.55' }],
    },
    { severity: 'medium', verdict: 'billing_error', attribution: 'vendor', amount_mills: 7550 },
  ],
  [
    'only the invoice itemises the fee, and takes it back',
    {
      label: { ...PRIORITY, insurance_fee: '', tracking_number: impb('055', '900000093', 5) },
      invoice: [
        { charge_type: 'insurance', amount: '7.55' },
        { charge_type: 'insurance', amount: '-7.55' },
      ],
    },
    'clear',
  ],
  [
    'nobody itemises the fee',
    { label: { ...PRIORITY, insurance_fee: '', tracking_number: impb('055', '900000093', 6) } },
    'unknown: insurance.fee_mills',
  ],
  ['the number has insurance', { label: { ...PRIORITY, tracking_number: impb('062', '900000093', 2) } }, 'clear'],
  [
    'what the number has was only worked out from labels',
    { label: { ...INSURED, tracking_number: impb('361', '900000093', 3) } },
    'unknown: insurance.in_number',
  ],
]);

testStories('insurance-redundant', [
  [
    'no more than the price covers',
    { label: { ...INSURED, insured_value: '80', insurance_fee: '3.50' } },
    { severity: 'info', amount_mills: 3500 },
  ],
  ['more than the price covers', { label: INSURED }, 'clear'],
  [
    'by Priority Mail Express, of which sources disagree',
    { label: { ...INSURED, insured_value: '80', service: 'priority_mail_express' } },
    'unknown: insurance.included_mills',
  ],
]);

const ABROAD = {
  tracking_number: 'LZ123456785US',
  destination_zip: '',
  destination_country: 'CA',
  order_id: 'SO-9',
  order_value: '100',
  order_currency: 'USD',
  customs_currency: 'USD',
};

testStories('customs-value-mismatch', [
  [
    '20 of 100',
    { label: { ...ABROAD, customs_value: '20' } },
    { severity: 'high', verdict: 'value_suspect', attribution: 'open' },
  ],
  [
    'two parcels of an order, 50 of 100 each',
    { label: { ...ABROAD, tracking_number: second(1), order_id: 'SO-10', customs_value: '50' } },
    'clear',
  ],
  [
    'the other one',
    { label: { ...ABROAD, tracking_number: second(2), order_id: 'SO-10', customs_value: '50' } },
    'clear',
  ],
  [
    'in another currency',
    {
      label: { ...ABROAD, tracking_number: second(3), order_id: 'SO-11', customs_value: '20', customs_currency: 'EUR' },
    },
    'unknown: order.customs_mills',
  ],
  [
    'between states',
    { label: { order_value: '100', order_currency: 'USD', customs_value: '20', customs_currency: 'USD' } },
    'clear',
  ],
]);

testStories('refund-due', [
  [
    'three weeks after print nobody has scanned it',
    { tracking: UNSCANNED },
    { severity: 'medium', attribution: 'us', amount_mills: 7310 },
  ],
  [
    'a vendor who takes labels back for sixty days',
    { label: { vendor: 'ePostage' }, tracking: UNSCANNED },
    { severity: 'low', amount_mills: 7310 },
  ],
  ['scanned', { tracking: [coded('03', '10 20:00'), ANSWERED] }, 'clear'],
  ['a return label', { label: { kind: 'return' }, tracking: UNSCANNED }, 'clear'],
  ['asked for already', { label: { refund_requested_at: '2026-11-20T09:00:00Z' }, tracking: UNSCANNED }, 'clear'],
  ['nobody was asked', {}, 'unknown: journey.answered_at, journey.inducted, journey.scanned'],
]);

const ASKED_BACK = {
  purchased_at: '2026-10-12T17:00:00Z',
  ship_date: '2026-10-13',
  refund_requested_at: '2026-10-20T09:00:00Z',
};

const VOIDED_BY_US = {
  purchased_at: '2026-10-12T17:00:00Z',
  status: 'voided',
  voided_by: 'us',
  voided_at: '2026-10-20T09:00:00Z',
};

testStories('refund-overdue', [
  [
    'six weeks ago, and nothing came',
    { label: ASKED_BACK, tracking: UNSCANNED },
    { severity: 'medium', attribution: 'vendor', amount_mills: 7310 },
  ],
  [
    'six weeks ago, and an invoice gave it back',
    {
      label: ASKED_BACK,
      tracking: UNSCANNED,
      invoice: [{ charge_type: 'refund', amount: '-7.31', charged_at: '2026-11-09T09:00:00Z' }],
    },
    'clear',
  ],
  [
    'six weeks ago, and an invoice gave it back without a sign',
    {
      label: ASKED_BACK,
      tracking: UNSCANNED,
      invoice: [
        { charge_type: 'postage', amount: '7.31', line_number: '1', charged_at: '2026-10-12T17:00:00Z' },
        { charge_type: 'refund', amount: '7.31', reverses_line: '1', charged_at: '2026-11-09T09:00:00Z' },
      ],
    },
    'clear',
  ],
  [
    'six weeks ago, and an invoice gave a part of it back',
    {
      label: ASKED_BACK,
      tracking: UNSCANNED,
      invoice: [{ charge_type: 'refund', amount: '2.00', charged_at: '2026-11-09T09:00:00Z' }],
    },
    { severity: 'medium', attribution: 'vendor', amount_mills: 5310 },
  ],
  [
    'six weeks ago, and something came in another currency',
    {
      label: ASKED_BACK,
      tracking: UNSCANNED,
      invoice: [{ charge_type: 'refund', amount: '-52.00', currency: 'CNY', charged_at: '2026-11-09T09:00:00Z' }],
    },
    'unknown: refund.open_mills',
  ],
  ['three weeks ago', { label: { refund_requested_at: '2026-11-11T09:00:00Z' }, tracking: UNSCANNED }, 'clear'],
  ['the label was used', { label: ASKED_BACK, tracking: [coded('03', '10 20:00'), ANSWERED] }, 'clear'],
  [
    'nobody was asked whether it was used',
    { label: ASKED_BACK },
    { severity: 'medium', attribution: 'open', amount_mills: 7310 },
  ],
  [
    'a source answered before our request and not since',
    {
      label: ASKED_BACK,
      tracking: [{ outcome: 'not_found', source: 'usps', retrieved_at: '2026-10-15T09:00:00Z' }],
    },
    { severity: 'medium', attribution: 'open' },
  ],
  [
    'voided by us six weeks ago, and no day of a request is stated',
    { label: VOIDED_BY_US },
    'unknown: refund.requested_at',
  ],
  [
    'voided by us six weeks ago, and an invoice gave it back',
    {
      label: VOIDED_BY_US,
      invoice: [{ charge_type: 'refund', amount: '-7.31', charged_at: '2026-11-09T09:00:00Z' }],
    },
    'clear',
  ],
]);
