/** A service that tells at once, over a test database and a real mail server: what is found is told, and what came is read. */
import type { ParsedMail } from 'mailparser';
import { Alerts } from '../../src/alerts/alert.service.ts';
import { Delivery } from '../../src/alerts/delivery.service.ts';
import { Outbox } from '../../src/alerts/outbox.service.ts';
import { CsvSplitter } from '../../src/ingest/csv-splitter.ts';
import { Days, honestLabel } from './daily.ts';
import type { TestDatabase } from './database.ts';
import { MailServer } from './mail-server.ts';

/** Short, for nothing else comes meanwhile. */
const SETTLE_MS = 20;

export class Alerting {
  readonly server = new MailServer();
  readonly days: Days;
  private files = 0;

  constructor(
    private readonly database: TestDatabase,
    variables: Record<string, string> = {},
  ) {
    this.days = new Days(database, () => ({
      SMTP_URL: this.server.url,
      ALERT_TO: 'counsel@example.com',
      OPERATOR_TO: 'operator@example.com',
      PUBLIC_URL: 'https://postage.example.com',
      ...variables,
    }));
  }

  async open(): Promise<void> {
    await this.server.start();
    await this.days.open();
  }

  async close(): Promise<void> {
    await this.days.close();
    await this.server.stop();
  }

  /** Imports rows at the story's time, each call a file of its own. */
  async take(kind: 'labels' | 'tracking', rows: readonly Record<string, string>[]): Promise<void> {
    this.files += 1;
    await this.days.take(kind, rows, `${kind}-${this.files}.csv`);
  }

  /** Judges everything, tells what is new, sends what is due; answers the mails that arrived. */
  async tell(): Promise<ParsedMail[]> {
    await this.days.audit();
    return this.tellFound();
  }

  /** The same without a judgement. */
  async tellFound(): Promise<ParsedMail[]> {
    const before = this.server.taken.length;
    await this.days.get(Alerts).tellNew(SETTLE_MS);
    await this.send();
    return (await this.server.read()).slice(before);
  }

  /** Tries what is due. */
  async send(): Promise<void> {
    for (const id of await this.days.get(Outbox).due()) await this.days.get(Delivery).deliver(id);
  }

  /** What became of the alerts, by number. */
  async outcomes(): Promise<Record<string, string | null>> {
    const rows = await this.database
      .dataSource()
      .query<{ number: string; outcome: string | null }[]>(`SELECT tracking_number AS number, outcome FROM alert`);
    return Object.fromEntries(rows.map(({ number, outcome }) => [number, outcome]));
  }
}

/** An honest label of a vendor, with an order. */
export function soldBy(vendor: string, serial: number, over: Record<string, string> = {}): Record<string, string> {
  const order = { order_id: `SO-${serial}`, order_value: '100.00', order_currency: 'USD' };
  return honestLabel(serial, '2026-11-08', { vendor, ...order, ...over });
}

/** The rows of an attached table, one object a row; null where it is not attached. */
export function attached(mail: ParsedMail | undefined, filename: string): Record<string, string>[] | null {
  const content = mail?.attachments.find((file) => file.filename === filename)?.content;
  if (content === undefined) return null;
  const splitter = new CsvSplitter();
  const [header = [], ...rows] = [...splitter.push(content), ...splitter.end()].map(({ cells }) => cells);
  return rows.map((cells) => Object.fromEntries(header.map((name, index) => [name, cells[index] ?? ''])));
}
