/** What Shippo pushes: the history of a number, in words of USPS without its codes. */
import { z } from 'zod';
import { type Result, bad, ok } from '../../units/result.ts';
import type { ToldParcel } from '../told.ts';
import { anything, excerpt, fieldsOf, isRecord, jsonOf, list, words } from './payload.ts';
import { placeOf } from './place.ts';
import type { Published } from './published.ts';
import { type Step, readParcel } from './steps.ts';
import { bareTimeOf, instantOf } from './written-time.ts';

const SENDER = 'Shippo';

const pushFields = z.object({ event: words, data: anything });
const trackFields = z.object({
  tracking_number: words,
  carrier: words,
  tracking_history: list,
  tracking_status: list,
});
const statusFields = z.object({ status_details: words, status_date: words, location: anything });
const locationFields = z.object({ city: words, state: words, zip: words, country: words });

/**
 * Reads a push. Other events than track_updated, and other carriers than USPS, tell nothing. The newest status is in the
 * history as well; where it is not, it is a step like the others.
 */
export function readShippoPush(body: string, published: Published): Result<ToldParcel[]> {
  const json = jsonOf(body, SENDER);
  if (!json.ok) return json;
  if (!isRecord(json.value)) return bad('body', `${SENDER} pushed something that is no event`, excerpt(body));
  const { event, data } = fieldsOf(pushFields, json.value);
  if (event !== null && event !== 'track_updated') return ok([]);
  const track = fieldsOf(trackFields, data ?? json.value);
  if (track.tracking_number === null || track.carrier?.toLowerCase() !== 'usps') return ok([]);
  const { parcel } = readParcel(
    {
      trackingNumber: track.tracking_number,
      steps: [...track.tracking_history, ...track.tracking_status].map(stepOf).filter(({ text }) => text !== null),
      remarks: [],
      whole: 'answered',
      otherwise: null,
    },
    published,
  );
  return ok([parcel]);
}

/** Its substatus has codes of Shippo's own, which are none of USPS's. */
function stepOf(value: unknown): Step {
  const status = fieldsOf(statusFields, value);
  return {
    at: instantOf(status.status_date),
    local: bareTimeOf(status.status_date),
    code: null,
    text: status.status_details,
    ...placeOf(fieldsOf(locationFields, status.location)),
    mailpieceId: null,
  };
}
