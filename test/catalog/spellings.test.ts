/** How carriers and vendors write our words. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSpellings } from '../../src/catalog/spellings.ts';
import { EXTRA_SERVICES, PACKAGINGS, SERVICES } from '../../src/core/label/label.ts';
import { ROOT } from '../support/rating.ts';

const spellings = loadSpellings(ROOT);

test('our own words are recognised', () => {
  expect(SERVICES.map((word) => spellings.service(word))).toEqual(SERVICES);
  expect(PACKAGINGS.map((word) => spellings.packaging(word))).toEqual(PACKAGINGS);
  expect(EXTRA_SERVICES.map((word) => spellings.extraServices(word))).toEqual(EXTRA_SERVICES.map((word) => [word]));
});

test.each([
  ['USPS Ground Advantage®', 'ground_advantage'],
  ['USPS_GROUND_ADVANTAGE', 'ground_advantage'],
  ['GroundAdvantage', 'ground_advantage'],
  ['usps ground advantage™', 'ground_advantage'],
  ['Priority Mail(R)', 'priority_mail'],
  ['UspsPriorityMailExpress', 'priority_mail_express'],
  ['FIRST-CLASS_PACKAGE_SERVICE', 'ground_advantage'],
  ['  media   mail ', 'media_mail'],
  ['USPS Connect Local', 'usps_connect_local'],
  ['UPS Ground', null],
  ['Priority Mail Small Flat Rate Box', null],
  ['', null],
  ['USPS', null],
])('the service %j is %s', (text, word) => {
  expect(spellings.service(text)).toBe(word);
});

test.each([
  ['FlatRateEnvelope', 'flat_rate_envelope'],
  ['Flat Rate Padded Envelope', 'padded_flat_rate_envelope'],
  ['Large Flat Rate Box (APO/FPO/DPO)', 'apo_large_flat_rate_box'],
  ['Parcel', 'package'],
  ['SoftPack', 'soft_pack'],
  ['Regional Rate Box A', null],
])('the packaging %j is %s', (text, word) => {
  expect(spellings.packaging(text)).toBe(word);
});

test.each([
  ['930', ['insurance']],
  ['Insurance > $500', ['insurance']],
  ['Signature Confirmation™', ['signature_confirmation']],
  ['Collect on Delivery', ['cod']],
  ['Adult Signature Restricted Delivery', ['adult_signature', 'restricted_delivery']],
  ['Certified Mail® Restricted Delivery', ['certified_mail', 'restricted_delivery']],
  ['913', ['certified_mail', 'adult_signature', 'restricted_delivery']],
  ['857', null],
])('the extra service %j is %j', (text, words) => {
  expect(spellings.extraServices(text)).toEqual(words);
});

test('a spelling that means two things is refused', () => {
  const root = mkdtempSync(join(tmpdir(), 'spellings-'));
  cpSync(join(ROOT, 'data', 'mappings'), join(root, 'data', 'mappings'), { recursive: true });
  cpSync(join(ROOT, 'data', 'sources.yaml'), join(root, 'data', 'sources.yaml'));
  const path = join(root, 'data', 'mappings', 'spellings.yaml');
  writeFileSync(path, readFileSync(path, 'utf8').replace('[Media Mail,', '[Priority-Mail, Media Mail,'));
  expect(() => loadSpellings(root)).toThrow(/"Priority-Mail" is listed for priority_mail and media_mail/);
  cpSync(join(ROOT, 'data', 'mappings'), join(root, 'data', 'mappings'), { recursive: true });
  writeFileSync(path, readFileSync(path, 'utf8').replace('COD Restricted Delivery,', 'COD,'));
  expect(() => loadSpellings(root)).toThrow(/"COD" is listed for cod and cod with restricted_delivery/);
  rmSync(root, { recursive: true });
});
