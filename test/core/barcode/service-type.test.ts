import { join } from 'node:path';
import { loadBarcodeData } from '../../../src/catalog/barcode.ts';
import { isReturnService, serviceOf } from '../../../src/core/barcode/service-type.ts';

const { serviceTypes } = loadBarcodeData(join(import.meta.dirname, '../../..'));

describe('service type codes', () => {
  test.each([
    ['First-Class parcels became Ground Advantage', '001', '2023-07-08', 'first_class_mail', ['tracking']],
    ['on the day the service began', '001', '2023-07-09', 'ground_advantage', ['tracking']],
    ['a second code for the same service', '346', '2026-11-20', 'ground_advantage', ['tracking']],
    ['the same with insurance', '361', '2026-11-20', 'ground_advantage', ['tracking', 'insurance']],
    ['Priority Mail', '055', '2026-11-20', 'priority_mail', ['tracking']],
    ['Priority Mail with a signature', '108', '2026-11-20', 'priority_mail', ['signature_confirmation']],
    ['Parcel Select', '612', '2026-11-20', 'parcel_select', ['tracking']],
    ['certified letters stayed First-Class', '071', '2026-11-20', 'first_class_mail', ['certified_mail']],
    ['a code that outlived its class says only its services', '021', '2026-11-20', null, ['signature_confirmation']],
  ])('%s: %s on %s', (_story, code, day, service, extraServices) => {
    expect(serviceOf(code, serviceTypes, day)).toMatchObject({ service, extraServices });
  });

  test('a code nobody has published, a missing one, or a day before the table means nothing', () => {
    expect(serviceOf('475', serviceTypes, '2026-11-20')).toBeNull();
    expect(serviceOf(null, serviceTypes, '2026-11-20')).toBeNull();
    expect(serviceOf('001', serviceTypes, '2014-12-31')).toBeNull();
  });

  test('how sure a meaning is stays with it', () => {
    expect(serviceOf('001', serviceTypes, '2026-11-20')?.certainty).toBe('observed');
    expect(serviceOf('346', serviceTypes, '2026-11-20')?.certainty).toBe('inferred');
  });

  test.each([
    ['Merchandise Return', '056', true],
    ['a return service', '019', true],
    ['returns', '790', true],
    ['a return receipt, which comes back without the parcel', '035', false],
    ['an ordinary parcel', '055', false],
  ])('%s goes back to the seller or does not', (_story, code, expected) => {
    const meaning = serviceOf(code, serviceTypes, '2026-11-20');
    expect(meaning && isReturnService(meaning)).toBe(expected);
  });
});
