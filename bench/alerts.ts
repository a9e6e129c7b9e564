/** From a webhook to the mail of its alert: a hundred notices within a minute, each from its sending to its mail at a server. */
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { simpleParser } from 'mailparser';
import { DAY_MS } from '../src/core/units/day.ts';
import { startThrowAway } from '../src/platform/database-throwaway.ts';
import { MailServer } from '../test/support/mail-server.ts';
import { impb } from '../test/support/month/parcel.ts';
import { print } from './measure.ts';
import { startProcess } from './service-process.ts';

const NOTICES = 100;
const WITHIN_MS = 60_000;
/** Labels of the same vendor that nothing is told of. */
const OTHERS = 20_000;
const ROWS_A_REQUEST = 1_000;
const GIVES_UP_MS = 60_000;
const LOOKS_EVERY_MS = 20;
const KEY = 'bench-of-alerts';
const NOTICE =
  'Tracking information will not be displayed because this package was shipped with fraudulent postage. Please contact the merchant or seller with any questions.';

/** Measures the way of 100 notices, sent evenly over 60 seconds as 17TRACK pushes them, beside 20,000 quiet labels. */
export async function benchAlerts(): Promise<void> {
  const server = await startThrowAway();
  const mails = await new MailServer().start();
  const service = await startProcess({
    DATABASE_URL: server.url,
    TRACK17_KEY: KEY,
    SMTP_URL: mails.url,
    ALERT_TO: 'alerts@example.com',
  });
  try {
    const numbers = Array.from({ length: NOTICES }, (_, at) => impb('001', '900000077', at));
    const others = Array.from({ length: OTHERS }, (_, at) => impb('001', '900000078', at));
    // Bought so long ago that none of them is on a stop list: it is in a mail only when it is told of.
    await sendLabels(service.url, numbers, Date.now() - 40 * DAY_MS);
    await sendLabels(service.url, others, Date.now());
    const told = new Map<string, number>();
    const listening = listen(mails, { told, expected: NOTICES });
    const sent = await sendNotices(service.url, numbers);
    await listening;
    const seconds = numbers
      .map((number) => ((told.get(number) ?? Infinity) - (sent.get(number) ?? 0)) / 1000)
      .sort((a, b) => a - b);
    const at = (share: number): number => seconds[Math.ceil(NOTICES * share) - 1] ?? Infinity;
    print('alert.webhook_to_mail_p50', at(0.5), 's');
    print('alert.webhook_to_mail_p95', at(0.95), 's');
    print('alert.webhook_to_mail_slowest', at(1), 's');
    print('alert.mails', mails.taken.length, 'mails');
  } finally {
    await service.stop();
    await mails.stop();
    await server.stop();
  }
}

async function sendLabels(url: string, numbers: readonly string[], purchasedAt: number): Promise<void> {
  for (let from = 0; from < numbers.length; from += ROWS_A_REQUEST) {
    const labels = numbers.slice(from, from + ROWS_A_REQUEST).map((number) => ({
      tracking_number: number,
      vendor: 'Harbor Postage',
      label_id: `lbl_${number}`,
      purchased_at: new Date(purchasedAt).toISOString(),
      service: 'ground_advantage',
      packaging: 'package',
      charged: '7.31',
      weight_oz: 8,
      origin_zip: '90058',
      destination_zip: '85004',
      order_id: `ord_${number}`,
      order_value: '49.95',
    }));
    await post(`${url}/api/v1/labels`, JSON.stringify(labels), {});
  }
}

/** One after the other, evenly; answers when each was sent. */
async function sendNotices(url: string, numbers: readonly string[]): Promise<Map<string, number>> {
  const sent = new Map<string, number>();
  const started = performance.now();
  const waiting: Promise<void>[] = [];
  for (const [at, number] of numbers.entries()) {
    await sleep(Math.max(0, started + (at * WITHIN_MS) / NOTICES - performance.now()));
    sent.set(number, performance.now());
    const body = JSON.stringify(pushOf(number));
    const sign = createHash('sha256').update(`${body}/${KEY}`).digest('hex');
    waiting.push(post(`${url}/api/v1/webhooks/17track`, body, { sign }));
  }
  await Promise.all(waiting);
  return sent;
}

function pushOf(number: string) {
  const now = new Date();
  const event = { time_iso: now.toISOString(), time_utc: now.toISOString(), description: NOTICE, location: null };
  return {
    event: 'TRACKING_UPDATED',
    data: {
      number,
      carrier: 21051,
      track_info: {
        latest_status: { status: 'Exception', sub_status: 'Exception_Other' },
        tracking: { providers: [{ provider: { key: 21051, name: 'USPS' }, events: [event] }] },
      },
    },
  };
}

async function post(url: string, body: string, headers: Record<string, string>): Promise<void> {
  const answer = await fetch(url, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...headers },
  });
  if (!answer.ok) throw new Error(`${answer.status} ${(await answer.text()).slice(0, 300)}`);
  await answer.arrayBuffer();
}

/** Writes down when the server had a mail that names each number, until as many as expected are told of, or it gives up. */
async function listen(
  mails: MailServer,
  { told, expected }: { told: Map<string, number>; expected: number },
): Promise<void> {
  const until = performance.now() + WITHIN_MS + GIVES_UP_MS;
  let read = 0;
  while (told.size < expected && performance.now() < until) {
    const now = performance.now();
    for (const { raw } of mails.taken.slice(read)) {
      read += 1;
      const { text = '' } = await simpleParser(raw);
      for (const [number] of text.matchAll(/92001900000077\d{8}/g)) if (!told.has(number)) told.set(number, now);
    }
    await sleep(LOOKS_EVERY_MS);
  }
}
