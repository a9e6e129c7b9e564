/** How fast written numbers are read: those of labels as files hold them, with and without ZIP, old, international, damaged, foreign. */
import { loadBarcodeData } from '../src/catalog/barcode.ts';
import { mod10CheckDigit, s10CheckDigit } from '../src/core/barcode/check-digit.ts';
import { parseBarcode } from '../src/core/barcode/parse.ts';
import { projectRoot } from '../src/platform/config.ts';
import { median, print, timed } from './measure.ts';

const ROUNDS = 7;
const NUMBERS = 200_000;
/** Passes before the first that counts: the compiler has seen every kind of number by then. */
const WARM_UP = 2;

/** Prints the numbers that one core reads a second, by the time of the processor; throws when it reads one wrongly. */
export async function benchBarcode(): Promise<void> {
  const published = loadBarcodeData(projectRoot());
  const numbers = Array.from({ length: NUMBERS }, (_, serial) => KINDS[serial % KINDS.length]?.(serial) ?? '');
  const readAll = async (): Promise<number> =>
    numbers.reduce((valid, number) => valid + Number(parseBarcode(number, published).valid), 0);
  const expected = numbers.filter((_, serial) => serial % KINDS.length < VALID_KINDS).length;
  const times: number[] = [];
  for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
    let valid = 0;
    const { cpuMs } = await timed(async () => {
      valid = await readAll();
    });
    if (valid !== expected) throw new Error(`${valid} of ${NUMBERS} numbers are valid, and ${expected} should be`);
    if (round >= WARM_UP) times.push(cpuMs);
  }
  print('barcode.parses_per_second', NUMBERS / (median(times) / 1000), 'numbers/s');
}

const padded = (serial: number, length: number): string => String(serial + 1).padStart(length, '0');
const checked = (data: string): string => `${data}${mod10CheckDigit(data)}`;
const commercial = (serial: number): string => checked(`92001900000044${padded(serial, 6)}1`);
const online = (serial: number): string => checked(`9400111899223${padded(serial, 7)}1`);
const grouped = (number: string): string => number.replace(/(\d{4})(?=\d)/g, '$1 ');

/** The mix, the valid ones first: a file holds mostly plain numbers. */
const VALID: readonly ((serial: number) => string)[] = [
  commercial,
  online,
  (serial) => checked(`9305519000${padded(serial, 11)}`),
  (serial) => `42085004${online(serial)}`,
  (serial) => `420850041234${commercial(serial)}`,
  (serial) => grouped(online(serial)),
  (serial) => checked(`92748931507708${padded(serial, 11)}`),
  (serial) => checked(`03071790000${padded(serial, 8)}`),
  (serial) => {
    const digits = padded(serial, 8);
    return `EA${digits}${s10CheckDigit(digits)}US`;
  },
];
const REFUSED: readonly ((serial: number) => string)[] = [
  (serial) => {
    const right = online(serial);
    return `${right.slice(0, -1)}${(Number(right.at(-1)) + 5) % 10}`;
  },
  (serial) => `${online(serial).slice(0, 15)}0000000`,
  () => '9.40011E+21',
  (serial) => `1Z5R8939${padded(serial, 10)}`,
  (serial) => `TBA${padded(serial, 12)}`,
  () => 'see attachment',
];
const KINDS = [...VALID, ...REFUSED];
const VALID_KINDS = VALID.length;
