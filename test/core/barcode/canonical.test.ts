import { assert, oneof, property, string, stringMatching } from 'fast-check';
import { canonicalNumber } from '../../../src/core/barcode/canonical.ts';

describe('canonical number', () => {
  test.each([
    ['a plain number stays as it is', '9400109104250532908587', '9400109104250532908587', null],
    ['spaces go', ' 9400 1112 0108 0805 4830 16 ', '9400111201080805483016', null],
    ['dashes of any kind go', '9400-1112\u20130108\u22120805-4830-16', '9400111201080805483016', null],
    [
      'invisible characters and full-width digits are read',
      '\uFEFF９400111201080805483016\u200B',
      '9400111201080805483016',
      null,
    ],
    ['a spreadsheet text formula is unwrapped', '="9400111201080805483016"', '9400111201080805483016', null],
    ['a leading apostrophe is dropped', "'9400111201080805483016", '9400111201080805483016', null],
    ['GS1 brackets and scanner prefix go', ']C1(420)78745(94)00111206206406260787', '9400111206206406260787', '78745'],
    ['420 and ZIP5 are parted', '420787459400111206206406260787', '9400111206206406260787', '78745'],
    ['420 and ZIP9 are parted', '4201002334249200190132607600833457', '9200190132607600833457', '100233424'],
    ['420 and ZIP5 before 26 digits', '4207874592748931507708513018050063', '92748931507708513018050063', '78745'],
    [
      'a wrong check digit behind the only possible reading',
      '420123459405509898644824249889',
      '9405509898644824249889',
      '12345',
    ],
    ['420 that is no routing stays', '42012345', '42012345', null],
    [
      '420 before nothing that could be a number stays',
      '420000000000000000000000000000',
      '420000000000000000000000000000',
      null,
    ],
    ['S10 is upper-cased', 'rb 123 456 785 gb', 'RB123456785GB', null],
    ['a spreadsheet exponent is kept to be recognised', '9.4001e+21', '9.4001E+21', null],
    ['no number takes the shape of an account key', '@vendor/acme', 'VENDOR/ACME', null],
    ['nothing stays nothing', ' \t ', '', null],
  ])('%s', (_story, raw, canonical, routingZip) => {
    expect(canonicalNumber(raw)).toEqual({ canonical, routingZip });
  });

  test('is its own canonical form, whatever is written', () => {
    const text = oneof(
      string({ unit: 'binary' }),
      stringMatching(/^420\d{27}$/),
      stringMatching(/^420\d{5,9}9[1-5]\d{20}$/),
    );
    assert(
      property(text, (raw) => {
        const once = canonicalNumber(raw).canonical;
        expect(canonicalNumber(once).canonical).toBe(once);
      }),
    );
  });
});
