/** The log: JSON lines with what they belong to, and nothing in them that opens a door or names a parcel. */
import { Logger } from '@nestjs/common';
import { UsageError } from '../../src/platform/errors.ts';
import { withLogFields } from '../../src/platform/log-context.ts';
import { maskSecrets } from '../../src/platform/log-mask.ts';
import { Log, type LogLevel } from '../../src/platform/log.ts';
import { RareLog } from '../../src/platform/rare-log.ts';

type Line = Record<string, unknown>;

function capture(level: LogLevel = 'debug') {
  const written: string[] = [];
  const log = new Log({ level, stream: { write: (line) => written.push(line) } });
  return { log, lines: (): Line[] => written.map((line) => JSON.parse(line) as Line) };
}

test('a line says when, how bad, from which room and what', () => {
  const { log, lines } = capture();
  log.warn('the disk is filling', 'upload');
  expect(lines()).toEqual([
    {
      level: 'warn',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      pid: process.pid,
      room: 'upload',
      msg: 'the disk is filling',
    },
  ]);
});

test('Nest’s loggers end there, with errors and with fields', () => {
  const { log, lines } = capture();
  Logger.overrideLogger(log);
  try {
    const logger = new Logger('queue');
    logger.error(new TypeError('no such thing'));
    logger.error('it failed', 'Error: it failed\n    at somewhere');
    logger.log({ message: 'job done', ms: 12 });
  } finally {
    Logger.overrideLogger(false);
  }
  const [thrown, told, done] = lines();
  expect(thrown).toMatchObject({ level: 'error', room: 'queue', msg: 'no such thing', err: { type: 'TypeError' } });
  expect(thrown?.['err']).toHaveProperty('stack');
  expect(told).toMatchObject({ room: 'queue', msg: 'it failed', about: expect.stringContaining('at somewhere') });
  expect(done).toMatchObject({ level: 'info', room: 'queue', msg: 'job done', ms: 12 });
});

test('an error that says by itself what to do is logged without its stack', () => {
  const { log, lines } = capture();
  log.error(new UsageError('PORT must be a number'), 'room');
  expect(lines()[0]).toMatchObject({ err: { type: 'UsageError', message: 'PORT must be a number' } });
  expect(JSON.stringify(lines()[0])).not.toContain('    at ');
});

test('of a query that failed the values stay out of the log, and its code and place stand in it', () => {
  const { log, lines } = capture();
  const detail = 'Key (name)=(Jane Doe) already exists.';
  const values = {
    parameters: ['Jane Doe', Buffer.from('a whole mail')],
    query: 'INSERT',
    detail,
    driverError: { detail },
  };
  log.error(Object.assign(new Error('duplicate key'), { code: '23505', ...values }), 'queue');
  const [line] = lines();
  expect(line?.['err']).toEqual({
    type: 'Error',
    message: 'duplicate key',
    code: '23505',
    stack: expect.stringContaining('log.test.ts'),
  });
  expect(JSON.stringify(line)).not.toContain('Jane');
});

test('what happens within a request or a job says so, however deep', async () => {
  const { log, lines } = capture();
  await withLogFields({ requestId: 'r-1' }, async () => {
    await Promise.resolve();
    await withLogFields({ job: 'import' }, async () => log.log('deep', 'ingest'));
    log.log('back', 'http');
  });
  log.log('outside', 'http');
  expect(lines().map(({ msg, requestId, job }) => [msg, requestId, job])).toEqual([
    ['deep', 'r-1', 'import'],
    ['back', 'r-1', undefined],
    ['outside', undefined, undefined],
  ]);
});

test('lines below the level are not written; the framework’s own news of each start are details', () => {
  const { log, lines } = capture('info');
  log.debug('detail', 'http');
  log.log('Mapped {/x, GET} route', 'RouterExplorer');
  log.log('ready', 'http');
  expect(lines().map(({ msg }) => msg)).toEqual(['ready']);
});

test.each([
  ['label 9400100000000000000000 is odd', 'label ***0000 is odd'],
  ['420902109400100000000000001234', '***1234'],
  ['9400 1000 0000 0000 0012 34', '***12 34'],
  ['parcel EA123456785US left', 'parcel ***6785US left'],
  ['key pa_0123456789ab_Zm9v-YmFy_bGFsYQ used', 'key pa_0123456789ab_*** used'],
  ['Authorization: Bearer abcdef.123456', 'Authorization: Bearer ***'],
  ['cookie pa_session=abc.def; lang=en', 'cookie pa_session=***; lang=en'],
  ['postgres://me:p@ss:w@host:5432/db', 'postgres://me:***@host:5432/db'],
  ['POST /api/v1/webhooks/shippo/a-long-secret?x=1 HTTP', 'POST /api/v1/webhooks/shippo/***?x=1 HTTP'],
  ['{"url":"https://a.example/webhooks/usps/a-long,secret"}', '{"url":"https://a.example/webhooks/usps/***"}'],
  ['smtps://user:secret@mail.example:465', 'smtps://user:***@mail.example:465'],
])('%s is written as %s', (text, written) => expect(maskSecrets(text)).toBe(written));

test.each([
  'run 2026-11-23T05:04:45.163Z of 17 parcels in 1234567 ms',
  '{"pid":11605,"jobId":"386a38d8-41e7-42a3-974e-2a73d9fd005a","ms":12}',
  '/api/v1/webhooks/17track and /webhooks/shippo/:secret',
  'http://127.0.0.1:3000/findings and mail to a@b.example',
])('%s has nothing to hide', (text) => expect(maskSecrets(text)).toBe(text));

test('secrets are taken out of fields and errors too', () => {
  const { log, lines } = capture();
  log.error(new Error('cannot open postgres://me:secret@host/db for 9400100000000000000000'), 'database');
  log.log({ message: 'taken', number: '9400100000000000000000' }, 'ingest');
  expect(JSON.stringify(lines())).not.toMatch(/secret|94001000/);
});

test('what repeats itself is said once a minute, with how often it was held back', () => {
  let nowMs = 0;
  const said: [string, number][] = [];
  const rare = new RareLog(
    (message, held) => said.push([message, held]),
    () => nowMs,
  );
  for (; nowMs <= 120_000; nowMs += 1000) rare.say('away');
  expect(said).toEqual([
    ['away', 0],
    ['away', 59],
    ['away', 59],
  ]);
});
