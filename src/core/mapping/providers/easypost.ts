/** What EasyPost pushes: trackers, with the codes of USPS where it knows them. */
import { z } from 'zod';
import { type Result, bad, ok } from '../../units/result.ts';
import type { ToldParcel } from '../told.ts';
import { anything, excerpt, fieldsOf, isRecord, jsonOf, list, words } from './payload.ts';
import { placeOf } from './place.ts';
import type { Published } from './published.ts';
import { type Step, readParcel } from './steps.ts';
import { bareTimeOf, instantOf } from './written-time.ts';

const SENDER = 'EasyPost';

const eventFields = z.object({ object: words, description: words, result: anything });
const trackerFields = z.object({ object: words, tracking_code: words, carrier: words, tracking_details: list });
const detailFields = z.object({
  message: words,
  description: words,
  datetime: words,
  carrier_code: words,
  tracking_location: anything,
});
const locationFields = z.object({ city: words, state: words, zip: words, country: words });

/**
 * Reads an event. Those about other things than trackers, and trackers of other carriers than USPS, tell nothing. In test
 * mode the trackers are EasyPost's own examples under numbers that are nobody's; they are read like the others.
 */
export function readEasyPostPush(body: string, published: Published): Result<ToldParcel[]> {
  const json = jsonOf(body, SENDER);
  if (!json.ok) return json;
  if (!isRecord(json.value)) return bad('body', `${SENDER} pushed something that is no event`, excerpt(body));
  const event = fieldsOf(eventFields, json.value);
  const isTracker = /^tracker\b/.test(event.description ?? '') || event.object === 'Tracker';
  if (!isTracker) return ok([]);
  const tracker = fieldsOf(trackerFields, event.object === 'Tracker' ? json.value : event.result);
  if (tracker.tracking_code === null || !/^usps/i.test(tracker.carrier ?? '')) return ok([]);
  const { parcel } = readParcel(
    {
      trackingNumber: tracker.tracking_code,
      steps: tracker.tracking_details.map(stepOf),
      remarks: [],
      whole: 'answered',
      otherwise: null,
    },
    published,
  );
  return ok([parcel]);
}

function stepOf(value: unknown): Step {
  const detail = fieldsOf(detailFields, value);
  return {
    at: instantOf(detail.datetime),
    local: bareTimeOf(detail.datetime),
    code: detail.carrier_code,
    text: detail.message ?? detail.description,
    ...placeOf(fieldsOf(locationFields, detail.tracking_location)),
    mailpieceId: null,
  };
}
