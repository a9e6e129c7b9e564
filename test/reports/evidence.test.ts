/** The evidence of a number: everything on file, byte for byte, and hashes by which any later change shows. */
import { AuditService } from '../../src/audit/audit.service.ts';
import { RuleArchive } from '../../src/audit/rule-archive.service.ts';
import { readConfig } from '../../src/platform/config.ts';
import { NotFoundError } from '../../src/platform/errors.ts';
import { sha256HexOfBytes } from '../../src/platform/hash.ts';
import { type EvidenceDocument, EvidenceDocumentSchema, type RawBody } from '../../src/reports/evidence-document.ts';
import { changesIn } from '../../src/reports/evidence-manifest.ts';
import { rawBodies } from '../../src/reports/evidence-raw.ts';
import { EvidenceService } from '../../src/reports/evidence.service.ts';
import { evidenceJson } from '../../src/reports/make-evidence.ts';
import { FoldService } from '../../src/tracking/fold.service.ts';
import { Auditing } from '../support/auditing.ts';
import { useDatabase } from '../support/database.ts';
import { honestLabel } from '../support/daily.ts';
import { ANSWERED, NO_TEXT, PUSHED, keepRaw, numberOf, sha256, tellEvidence } from '../support/evidence-story.ts';

const database = useDatabase();
const story = new Auditing(database.dataSource);
const CLOCK = { asOf: new Date('2026-11-20T08:00:00Z'), madeAt: new Date('2026-11-20T08:00:01Z') };

beforeAll(async () => {
  await tellEvidence(story);
  await keepRaw(database.dataSource());
});

function service(): EvidenceService {
  const fold = new FoldService(database.dataSource(), story.catalog);
  const audits = new AuditService(database.dataSource(), story.catalog, fold);
  return new EvidenceService(database.dataSource(), story.catalog, audits, readConfig({}), new RuleArchive());
}

const evidence = (parcel: Parameters<typeof numberOf>[0] = 'sold'): Promise<EvidenceDocument> =>
  service().of(numberOf(parcel), CLOCK);
const bodyOf = (document: EvidenceDocument, id: string | null): RawBody | undefined =>
  document.rawBodies.find((body) => body.id === id);
const whats = ({ notKnown }: EvidenceDocument): string[] => notKnown.map(({ what }) => what);

test('the same records and clock give the same bytes, which their own schema takes', async () => {
  const [first, second] = [evidenceJson(await evidence()), evidenceJson(await evidence())];
  expect(second).toBe(first);
  expect(EvidenceDocumentSchema.parse(JSON.parse(first))).toEqual(JSON.parse(first));
  expect(changesIn(JSON.parse(first))).toEqual([]);
});

test('it says what it is of, when it was read and made, and by what', async () => {
  expect(await evidence()).toMatchObject({
    trackingNumber: numberOf('sold'),
    asOf: '2026-11-20T08:00:00Z',
    madeAt: '2026-11-20T08:00:01Z',
    versions: { ruleBook: story.catalog.rules.version, data: story.catalog.dataVersion },
  });
});

test('the purchase stands with the row that a later file corrected, and both with their files', async () => {
  const { purchases, imports, charges } = await evidence();
  expect(purchases).toMatchObject([{ vendor: 'Lucky Labels', charged: { value: '7.31' }, paymentRef: 'PAY-1' }]);
  const [{ earlier, import: now } = { earlier: [], import: '' }] = purchases;
  expect(earlier).toMatchObject([{ replacedBy: now, label: { charged_mills: 9990 } }]);
  const known = new Map(imports.map((each) => [each.id, each]));
  for (const id of [now, String(earlier[0]?.label['import_id'])]) {
    expect(known.get(id)).toMatchObject({ kind: 'labels', file: 'story.csv' });
    expect(known.get(id)?.contentSha256).toMatch(/^[0-9a-f]{64}$/);
  }
  expect(charges).toMatchObject([{ invoiceNumber: 'INV-7', amount: { value: '7.31' } }]);
});

test('events have their identity, their source with its kind, and the file they came in', async () => {
  const { events, answers, imports, timeline } = await evidence();
  expect(events.map(({ at, code, sourceKind }) => [at, code, sourceKind])).toEqual([
    ['2026-11-11T09:00:00Z', '03', 'carrier'],
    ['2026-11-12T15:04:00Z', '150012', 'carrier'],
    ['2026-11-13T08:00:00Z', null, 'person'],
  ]);
  const files = new Set(imports.filter(({ kind }) => kind === 'tracking').map(({ id }) => id));
  expect(events.every((event) => files.has(event.import))).toBe(true);
  expect(answers).toMatchObject([{ at: '2026-11-19T05:00:00Z', outcome: 'withheld', sourceKind: 'carrier' }]);
  expect(timeline.told.map(({ stage }) => stage)).toEqual(['accepted', 'notice', 'notice']);
  expect(timeline.told.map(({ hash }) => hash)).toEqual(events.map(({ hash }) => hash));
  expect(timeline.told[1]?.countsAs).toContain('notice');
  expect(timeline.milestones.map(({ what }) => what)).toEqual(['first_scan', 'notice', 'hearsay']);
  // A person's words are shown, and count for nothing.
  expect(timeline.digest).toMatchObject({ events: 2, notice: { code: '150012' } });
});

test('the number says its parts, and what its service type meant on the mailing day by which source', async () => {
  expect((await evidence()).barcode).toMatchObject({
    valid: true,
    kind: 'impb',
    channel: '92',
    serviceTypeCode: '001',
    mailerId: '900000044',
    meaning: { on: '2026-11-10', service: 'ground_advantage', certainty: 'observed', validFrom: '2023-07-09' },
  });
});

test('a finding has its rule with its version, what it rests on, and its history; rules that did not fire answer too', async () => {
  const { findings, judged } = await evidence();
  const rule = story.catalog.rules.rules.find(({ id }) => id === 'counterfeit-postage-notice');
  expect(findings).toMatchObject([
    {
      rule: 'counterfeit-postage-notice',
      ruleTitle: rule?.title,
      ruleVersion: rule?.version,
      dataVersion: story.catalog.dataVersion,
      verdict: 'payment_unproven',
      attribution: 'vendor',
      confidence: 'proven',
      message: { en: expect.stringContaining('150012'), 'zh-CN': expect.stringContaining('150012') },
      evidence: { 'journey.notice_code': '150012' },
      state: 'open',
      history: [{ at: '2026-11-20T06:00:00Z', reason: 'found', by: null }],
    },
  ]);
  expect(judged).toMatchObject({ asOf: '2026-11-20T06:00:00Z', current: true, upToDate: true });
  const answers = new Map(judged?.answers?.map(({ rule: id, answer }) => [id, answer]));
  expect(answers.get('counterfeit-postage-notice')).toBe('fires');
  expect(answers.get('invalid-barcode')).toBe('clear');
  expect(answers.size).toBe(story.catalog.rules.rules.filter(({ subject }) => subject === 'label').length);
});

test('every raw document stands with its bytes, and its hash is computed anew from them', async () => {
  const document = await evidence();
  expect(
    document.rawDocuments.map(({ kind, provider, at, httpStatus, outcome, state }) => [
      kind,
      provider,
      at,
      httpStatus ?? state ?? outcome,
    ]),
  ).toEqual([
    ['webhook', '17track', '2026-11-12T15:10:00Z', 'done'],
    ['answer', 'usps', '2026-11-13T05:00:00Z', 400],
    ['answer', 'usps', '2026-11-14T05:00:00Z', 400],
    ['answer', 'usps', '2026-11-15T05:00:00Z', 502],
    ['answer', 'usps', '2026-11-16T05:00:00Z', 'error'],
  ]);
  const [pushed, first, again, cut, none] = document.rawDocuments.map(({ body }) => bodyOf(document, body));
  expect(again).toBe(first);
  expect(none).toBeUndefined();
  expect(document.rawBodies).toHaveLength(3);
  for (const [body, bytes] of [
    [pushed, PUSHED],
    [first, ANSWERED],
    [cut, NO_TEXT],
  ] as const) {
    expect(body).toMatchObject({ sha256: sha256(bytes), recomputedSha256: sha256(bytes), hashHolds: true });
    expect(Buffer.from(body?.base64 ?? '', 'base64').equals(bytes)).toBe(true);
    expect(body?.byteLength).toBe(bytes.length);
  }
  expect(pushed?.text).toBe(PUSHED.toString());
  expect(first?.text).toBe(ANSWERED.toString());
  expect(cut?.text).toBeNull();
});

describe('bytes that somebody changed in the database', () => {
  const change = (bytes: Buffer): Promise<unknown> =>
    database.dataSource().query('UPDATE webhook_delivery SET body = $1', [bytes]);
  afterEach(() => change(PUSHED));

  test('are shown as not those that came, in the document and on the page', async () => {
    await change(Buffer.from('{"nothing":"to see"}'));
    const document = await evidence();
    const body = document.rawBodies.find(({ id }) => id.startsWith('webhook/'));
    expect(body).toMatchObject({ sha256: sha256(PUSHED), hashHolds: false });
    expect(body?.recomputedSha256).not.toBe(sha256(PUSHED));
    // The document itself is as it was made: it tells the difference, it has none.
    expect(changesIn(JSON.parse(evidenceJson(document)))).toEqual([]);
    const html = service().html(document, 'en');
    expect(html).toContain('The bytes of one raw document are no longer those that were received');
    expect(html).toContain('DIFFERS from the bytes on file');
  });

  test('that are gone are named as gone', async () => {
    const where = [sha256(NO_TEXT)];
    await database.dataSource().query('DELETE FROM answer_body WHERE sha256 = $1', where);
    const document = await evidence();
    expect(bodyOf(document, `answer/${sha256(NO_TEXT)}`)).toMatchObject({
      byteLength: null,
      recomputedSha256: null,
      hashHolds: false,
      base64: null,
    });
    expect(service().html(document, 'en')).toContain('the bytes are gone');
    await database.dataSource().query('INSERT INTO answer_body VALUES ($1, $2)', [sha256(NO_TEXT), NO_TEXT]);
  });
});

test('more bytes than a document can hold are left out and counted, their hashes are not', async () => {
  const places = [PUSHED, ANSWERED, NO_TEXT].map((bytes) => ({ kind: 'answer' as const, sha256: sha256(bytes) }));
  const read = async ({ sha256: asked }: { sha256: string }): Promise<Buffer | null> =>
    [PUSHED, ANSWERED, NO_TEXT].find((bytes) => sha256(bytes) === asked) ?? null;
  const { bodies, leftOut } = await rawBodies([...places, ...places], read, PUSHED.length + NO_TEXT.length);
  expect(leftOut).toBe(1);
  expect(bodies.map(({ base64, hashHolds }) => [base64 !== null, hashHolds])).toEqual([
    [true, true],
    [false, true],
    [true, true],
  ]);
});

test('of more events than a document can hold the earliest are left out, and counted', async () => {
  await database.dataSource().query(
    `INSERT INTO event (tracking_number, event_time, event_hash, kind, code, source, source_rank, import_id)
     SELECT $1, timestamptz '2026-10-01' + number * interval '1 minute', md5(number::text), 'event', 'T1', 'usps', 0,
            (SELECT id FROM import LIMIT 1) FROM generate_series(1, 10005) AS number`,
    [numberOf('voided')],
  );
  const document = await evidence('voided');
  expect(document.events).toHaveLength(10_000);
  expect(document.events.at(-1)).toMatchObject({ code: '150012' });
  expect(document.notKnown).toContainEqual({ what: 'rows_left_out', count: 7 });
  expect(whats(document)).not.toContain('absence');
});

describe('a document that was changed after it was made', () => {
  const changed = async (change: (document: EvidenceDocument) => void): Promise<string[] | null> => {
    const document = JSON.parse(evidenceJson(await evidence())) as EvidenceDocument;
    change(document);
    return changesIn(document);
  };

  test.each<[string, (document: EvidenceDocument) => void, string]>([
    ['an amount', ({ purchases }) => void (purchases[0] && (purchases[0].charged.value = '0.01')), 'purchases'],
    ['a word', ({ events }) => void (events[1] && (events[1].text = 'Delivered')), 'events'],
    ['an event left out', ({ events }) => void events.pop(), 'events'],
    ['a field put in', (document) => void Object.assign(document.barcode, { note: 'genuine' }), 'barcode'],
    ['a part put in', (document) => void Object.assign(document, { more: 1 }), 'more'],
    ['the clock', (document) => void (document.asOf = '2026-11-21T08:00:00Z'), 'asOf'],
  ])('%s shows', async (_name, change, part) => {
    expect(await changed(change)).toEqual([`${part} is not what its hash in the manifest says`]);
  });

  test('with the hash of the part made to fit, the hash of the manifest shows it', async () => {
    const changes = await changed((document) => {
      document.rawDocuments = [];
      document.manifest.parts['rawDocuments'] = sha256HexOfBytes(Buffer.from('[]'));
    });
    expect(changes).toEqual(['the manifest is not what its own hash says']);
  });

  test('bytes that are not those of their hash show', async () => {
    const changes = await changed(({ rawBodies: [body] }) => void (body && (body.base64 = 'AAAA')));
    expect(changes).toEqual([
      'rawBodies is not what its hash in the manifest says',
      expect.stringMatching(/^the bytes of webhook\/17track\/\w+ are not what their hash says$/),
    ]);
  });

  test('a member that objects have by nature shows, too', async () => {
    const text = evidenceJson(await evidence()).replace('{', '{ "__proto__": { "verdict": "genuine" },');
    expect(changesIn(JSON.parse(text))).toEqual(['__proto__ is not what its hash in the manifest says']);
  });

  test('a manifest that says more, or is made otherwise, is none of ours', async () => {
    expect(await changed(({ manifest }) => void Object.assign(manifest, { note: 'genuine' }))).toBeNull();
    expect(await changed(({ manifest }) => void Object.assign(manifest, { algorithm: 'MD5' }))).toBeNull();
  });

  test('something else is no evidence', () => {
    for (const other of [null, [], {}, { manifest: 1 }]) expect(changesIn(other)).toBeNull();
  });
});

test('what it does not show is said: nobody knows of a payment, and silence proves nothing', async () => {
  expect(whats(await evidence())).toEqual(['payment', 'file_bytes', 'local_times', 'unknown_rules']);
  expect(whats(await evidence('quiet'))).toEqual(
    expect.arrayContaining(['payment', 'absence', 'no_events', 'no_answer', 'no_documents']),
  );
});

test('a purchase that came since the last audit makes its judgement one of before', async () => {
  await story.take('labels', [honestLabel(7, '2026-11-10', { label_id: 'S7-again', order_id: 'SO-9' })]);
  const document = await evidence('quiet');
  expect(document.judged).toMatchObject({ current: true, upToDate: false, answers: null });
  expect(document.purchases).toHaveLength(2);
  expect(whats(document)).toContain('judged_before');
  expect(service().html(document, 'en')).toContain('Purchase 2 of 2 under this number');
});

test('a number of which only a raw document is known has evidence; of an unknown one there is none', async () => {
  const only = '9400111899223197428490';
  await database
    .dataSource()
    .query('INSERT INTO webhook_parcel VALUES ($1, $2, $3)', [only, '17track', sha256(PUSHED)]);
  const document = await service().of(only, CLOCK);
  expect(document).toMatchObject({ purchases: [], events: [], findings: [], judged: null });
  expect(document.rawBodies).toMatchObject([{ hashHolds: true }]);
  expect(whats(document)).toEqual(
    expect.arrayContaining(['no_purchase', 'no_events', 'no_answer', 'not_judged', 'absence']),
  );
  expect(service().html(document, 'zh-CN')).toContain('存档的面单文件中没有该单号');
  await expect(service().of('9400111899223197428491', CLOCK)).rejects.toThrow(NotFoundError);
  await expect(service().mustKnow('9400111899223197428491')).rejects.toThrow('nothing is on file about the number');
});

test.each(['en', 'zh-CN'] as const)('the page in %s says it all but the raw bytes', async (locale) => {
  const document = await evidence();
  const html = service().html(document, locale);
  const text = html.replaceAll(/<style>[^]*?<\/style>|<[^>]*>/g, ' ');
  for (const told of ['150012', 'fraudulent postage', 'Lucky Labels', 'USD 7.31', 'LOS ANGELES, CA', 'INV-7']) {
    expect(text).toContain(told);
  }
  for (const { sha256: hash } of [...document.rawBodies, document.manifest]) expect(text).toContain(hash);
  for (const { contentSha256 } of document.imports) expect(text).toContain(contentSha256);
  for (const [name, hash] of Object.entries(document.manifest.parts))
    expect(text).toMatch(new RegExp(`${name}\\s+${hash}`));
  expect(text).toContain(document.findings[0]?.ruleVersion);
  expect(text).toContain(document.findings[0]?.message[locale].slice(0, 20));
  // Raw documents may name people: neither as they are nor encoded do they stand on the page.
  expect(html).not.toMatch(/Mustermann|nicht bekannt/);
  for (const { base64 } of document.rawBodies) expect(html).not.toContain(base64);
  // It loads nothing and leads nowhere.
  expect(html).not.toMatch(/<script|<link|<img|href=|src=|url\(/);
});
