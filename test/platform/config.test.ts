/** The environment is read once; a wrong value is named with what would be right. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { environment, projectRoot, readConfig } from '../../src/platform/config.ts';
import { UsageError } from '../../src/platform/errors.ts';

test('an empty environment gives the defaults, and an empty variable is no value', () => {
  const defaults = readConfig({});
  expect(defaults).toMatchObject({
    databaseUrl: null,
    dataDir: null,
    zoneCharts: null,
    contracts: null,
    host: '127.0.0.1',
    port: 3000,
    reportAt: '06:00',
  });
  expect(defaults).toMatchObject({
    smtpUrl: null,
    reportTo: [],
    jobs: 'on',
    reportLocale: 'en',
    reportTimeZone: 'UTC',
  });
  const empty = Object.fromEntries(Object.keys(environment.shape).map((name) => [name, '']));
  expect(readConfig(empty)).toEqual(defaults);
});

test('what is set is taken', () => {
  const variables = {
    DATABASE_URL: 'postgres://host/db',
    DATA_DIR: '/srv/data',
    ZONE_CHARTS: '/srv/charts',
    CONTRACTS: '/srv/contracts',
    PORT: '8080',
    PUBLIC_URL: 'https://audit.example/',
    REPORT_TO: 'a@example.com, b@example.com',
    REPORT_TIME_ZONE: 'America/Los_Angeles',
    SHIPPO_WEBHOOK_SECRET: "sixteen_letters+=~.@!$&'()*,;",
    EASYPOST_WEBHOOK_SECRET: 'short/é',
  };
  expect(readConfig(variables)).toMatchObject({
    databaseUrl: 'postgres://host/db',
    dataDir: '/srv/data',
    zoneCharts: '/srv/charts',
    contracts: '/srv/contracts',
    port: 8080,
    publicUrl: 'https://audit.example',
    reportTo: ['a@example.com', 'b@example.com'],
    webhookSecrets: { shippo: "sixteen_letters+=~.@!$&'()*,;", easypost: 'short/é', usps: null, uspsHmac: null },
    reportTimeZone: 'America/Los_Angeles',
  });
});

test('.env.example names every variable once, and its values are the defaults', () => {
  const lines = readFileSync(join(projectRoot(), '.env.example'), 'utf8').split('\n');
  const stated = lines.filter((line) => line !== '' && !line.startsWith('#')).map((line) => line.split('='));
  expect(stated.map(([name]) => name)).toHaveLength(Object.keys(environment.shape).length);
  expect(new Set(stated.map(([name]) => name))).toEqual(new Set(Object.keys(environment.shape)));
  expect(readConfig(Object.fromEntries(stated))).toEqual(readConfig({}));
});

test.each([
  { variables: { PORT: 'http' }, says: 'PORT must be a whole number from 0 to 65535, not "http"' },
  { variables: { REPORT_AT: '6 am' }, says: 'REPORT_AT must be a time of day such as 06:00, not "6 am"' },
  { variables: { REPORT_TIME_ZONE: 'Mars' }, says: 'REPORT_TIME_ZONE must be a name such as America/Los_Angeles' },
  { variables: { REPORT_TO: 'a@b.example, nobody' }, says: 'REPORT_TO must be mail addresses with commas between' },
  { variables: { JOBS: 'yes' }, says: 'JOBS must be on or off, not "yes"' },
  { variables: { SMTP_URL: 'mail.example' }, says: 'SMTP_URL must start with smtp:// or smtps://' },
  { variables: { SMTP_URL: 'smtp://user:pass/word@mail.example' }, says: 'SMTP_URL cannot be read' },
  { variables: { PUBLIC_URL: 'https://' }, says: 'PUBLIC_URL cannot be read' },
  { variables: { MAIL_FROM: 'Postage Auditor' }, says: 'MAIL_FROM must be an address such as' },
  { variables: { MAIL_FROM: 'Auditor <a@b.example' }, says: 'MAIL_FROM must be an address such as' },
  { variables: { PORT: '70000' }, says: 'PORT must be a whole number' },
  { variables: { DATABASE_POOL_SIZE: '3' }, says: 'DATABASE_POOL_SIZE must be a whole number from 4' },
  { variables: { SHIPPO_WEBHOOK_SECRET: 'fifteen-letters' }, says: 'SHIPPO_WEBHOOK_SECRET stands in an address' },
  { variables: { USPS_WEBHOOK_SECRET: 'long enough, with spaces' }, says: 'it must be at least 16 letters' },
  { variables: { USPS_WEBHOOK_SECRET: 'another/one/of/the/path' }, says: 'signs other than / ? # % and :' },
  { variables: { DATABASE_URL: 'mysql://host' }, says: 'DATABASE_URL must start with postgres://' },
  {
    variables: { PORT: '-1', DATABASE_URL: 'x' },
    says: 'DATABASE_URL must start with postgres:// or postgresql://; PORT',
  },
])('$variables is refused: $says', ({ variables, says }) => {
  expect(() => readConfig(variables)).toThrow(UsageError);
  expect(() => readConfig(variables)).toThrow(says);
});

test('the project is the folder of package.json', () => {
  expect(existsSync(join(projectRoot(), 'package.json'))).toBe(true);
});
