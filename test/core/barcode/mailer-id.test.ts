import { join } from 'node:path';
import { loadBarcodeData } from '../../../src/catalog/barcode.ts';
import { mod10CheckDigit } from '../../../src/core/barcode/check-digit.ts';
import { sureMailerId } from '../../../src/core/barcode/mailer-id.ts';
import { parseBarcode } from '../../../src/core/barcode/parse.ts';

const published = loadBarcodeData(join(import.meta.dirname, '../../..'));
const right = (body: string): string => `${body}${mod10CheckDigit(body)}`;

describe('the mailer id a number names for sure', () => {
  test.each<[string, string, string | null | undefined]>([
    ['nine digits behind the service type code', right('92001900000011000000012345'.slice(0, 21)), '900000011'],
    ['the same behind 420 and a ZIP', `42085004${right('920019000000110000001')}`, '900000011'],
    ['six digits of another channel', right('930011234560000000017'), '123456'],
    ['nine digits of the old channel with a code of two', right('917190123456700000012'), '901234567'],
    ['of an old number of 20 digits', right('7190123456700000012'), '901234567'],
    ['none in a retail number', right('955001234567890123456'), null],
    ['none in an international number', 'EA123456785US', null],
    ["none in another carrier's number", '1Z999AA10123456784', null],
    ['unknown where it reads in two ways', '9400111899223197428497', undefined],
    ['unknown in a number with a wrong check digit', '9200190000001100000018', undefined],
    ['unknown where nine digits begin as six do', right('920011000000110000001'), undefined],
  ])('%s', (_story, number, expected) => {
    expect(sureMailerId(parseBarcode(number, published))).toBe(expected);
  });
});
