/** What the options of one quote say beyond the columns of a quote file: extra services, cover, shape and contents. */
import type { ExtraService } from '../core/label/label.ts';
import type { Spellings } from '../core/label/spelling.ts';
import type { RatedParcel } from '../core/rating/price.ts';
import { parseMills } from '../core/units/money.ts';
import type { Problem, Result } from '../core/units/result.ts';

export interface ExtraOptions {
  insuredValue?: string;
  /** `;` between. */
  extraServices?: string;
  /** A tube, a triangle. */
  nonRectangular?: boolean;
  /** A tube that rolls, a wooden box, a letter that no machine takes. */
  nonstandard?: boolean;
}

/** The parcel with what the options add, or everything that is wrong with their words. */
export function withExtras(parcel: RatedParcel, options: ExtraOptions, spellings: Spellings): Result<RatedParcel> {
  const problems: Problem[] = [];
  const insuredMills = options.insuredValue === undefined ? null : parseMills(options.insuredValue);
  if (options.insuredValue !== undefined && (insuredMills === null || insuredMills < 0)) {
    problems.push({ field: 'insured_value', message: 'is not an amount such as 250.00', value: options.insuredValue });
  }
  const extras = namedExtras(options.extraServices ?? '').flatMap((spelling): readonly ExtraService[] => {
    const named = spellings.extraServices(spelling);
    if (named) return named;
    const message = 'names an extra service this program does not know';
    problems.push({ field: 'extra_services', message, value: spelling });
    return [];
  });
  if (problems.length > 0) return { ok: false, problems };
  const { nonRectangular = false, nonstandard = false } = options;
  const cause = parcel.packaging === 'letter' ? 'nonmachinable' : 'nonstandard_characteristics';
  return { ok: true, value: { ...parcel, insuredMills, extras, nonRectangular, causes: nonstandard ? [cause] : [] } };
}

function namedExtras(text: string): string[] {
  return text
    .split(';')
    .map((spelling) => spelling.trim())
    .filter((spelling) => spelling !== '');
}
