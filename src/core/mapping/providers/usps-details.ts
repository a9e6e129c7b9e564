/** What USPS shows of one number: the details of its Tracking API, which it pushes to subscribers too, and the older summaries. */
import { z } from 'zod';
import { fieldsOf, isRecord, list, lowerKeys, words } from './payload.ts';
import type { Step } from './steps.ts';
import { uspsStep } from './usps-event.ts';

/** The fields, in lower case: spellings of them vary. Those of the sender, the recipient and the service are not needed. */
const detailFields = z.object({
  trackingnumber: words,
  id: words,
  uniquemailpieceid: words,
  status: words,
  statuscategory: words,
  statussummary: words,
  additionalinfo: words,
  accesscontrol: words,
  trackingevents: list,
  eventsummaries: list,
  tracksummary: list,
  trackdetail: list,
});

/** One number's worth. */
export interface UspsDetails {
  /** As USPS writes it; null = not named. */
  trackingNumber: string | null;
  steps: Step[];
  remarks: (string | null)[];
  /** Whether the whole history is listed; a summary proves no silence. */
  isWhole: boolean;
  /** Whether this part of the postal data needs an agreement. */
  isRestricted: boolean;
}

const DETAIL_KEYS: readonly string[] = [
  'trackingevents',
  'eventsummaries',
  'tracksummary',
  'trackdetail',
  'statussummary',
  'accesscontrol',
];

/** The details in the object; null where it holds none. */
export function uspsDetails(value: unknown): UspsDetails | null {
  const object = lowerKeys(value);
  if (!isRecord(object) || !DETAIL_KEYS.some((key) => key in object)) return null;
  const details = fieldsOf(detailFields, object);
  const { uniquemailpieceid: mailpieceId, trackingevents, trackdetail } = details;
  // A summary repeats the newest event in words of its own.
  const summaries = [...details.tracksummary, ...trackdetail, ...details.eventsummaries];
  const listed = trackingevents.length > 0 ? trackingevents : summaries;
  return {
    trackingNumber: details.trackingnumber ?? details.id,
    steps: listed.map((each) => uspsStep(each, mailpieceId)),
    remarks: [details.status, details.statussummary, details.statuscategory, details.additionalinfo],
    isWhole: 'trackingevents' in object || 'trackdetail' in object,
    isRestricted: /agreement/i.test(details.accesscontrol ?? ''),
  };
}

/** The parts of an answer that may be details: itself, each of a list, and what the older wrapper holds. */
export function partsOf(answer: unknown): unknown[] {
  if (Array.isArray(answer)) return answer;
  const results = fieldsOf(wrapperFields, lowerKeys(answer)).trackresults;
  const inner = results.flatMap((each) => fieldsOf(resultFields, lowerKeys(each)).trackinfo);
  return inner.length > 0 ? inner : [answer];
}

const wrapperFields = z.object({ trackresults: list });
const resultFields = z.object({ trackinfo: list });

/** An error as USPS writes it: in the shape of its newer interfaces, of OAuth, of its gateway, or of the older summaries. */
export interface UspsError {
  codes: string[];
  /** Titles and sentences, the most telling first. */
  sentences: string[];
}

const errorFields = z.object({
  error: z.unknown().optional(),
  error_description: words,
  fault: z.unknown().optional(),
});
const errorParts = z.object({
  code: words,
  number: words,
  message: words,
  description: words,
  errors: list,
  title: words,
  detail: words,
  status: words,
  faultstring: words,
});

/** The error in the object; null where it holds none. */
export function uspsError(value: unknown): UspsError | null {
  const { error, error_description, fault } = fieldsOf(errorFields, lowerKeys(value));
  if (typeof error === 'string')
    return { codes: [error], sentences: error_description === null ? [] : [error_description] };
  const told = isRecord(error) ? error : isRecord(fault) ? fault : null;
  if (told === null) return null;
  const outer = fieldsOf(errorParts, lowerKeys(told));
  const parts = [...outer.errors.map((each) => fieldsOf(errorParts, lowerKeys(each))), outer];
  return {
    codes: stated(parts.flatMap(({ code, number, status }) => [code, number, status])),
    sentences: stated(
      parts.flatMap((part) => [part.detail, part.message, part.description, part.title, part.faultstring]),
    ),
  };
}

function stated(texts: readonly (string | null)[]): string[] {
  return [...new Set(texts.filter((text) => text !== null))];
}
