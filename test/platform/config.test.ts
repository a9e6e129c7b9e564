/** The environment is read once; a wrong value is named with what would be right. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot, readConfig } from '../../src/platform/config.ts';
import { UsageError } from '../../src/platform/errors.ts';

test('an empty environment gives the defaults, and an empty variable is no value', () => {
  const defaults = { databaseUrl: null, databasePoolSize: 8, dataDir: null, port: 3000 };
  expect(readConfig({})).toEqual(defaults);
  expect(readConfig({ DATABASE_URL: '', DATA_DIR: '', PORT: '', DATABASE_POOL_SIZE: '' })).toEqual(defaults);
});

test('what is set is taken', () => {
  const variables = {
    DATABASE_URL: 'postgres://host/db',
    DATA_DIR: '/srv/data',
    PORT: '8080',
    DATABASE_POOL_SIZE: '3',
  };
  expect(readConfig(variables)).toEqual({
    databaseUrl: 'postgres://host/db',
    databasePoolSize: 3,
    dataDir: '/srv/data',
    port: 8080,
  });
});

test.each([
  { variables: { PORT: 'http' }, says: 'PORT must be a whole number from 0 to 65535, not "http"' },
  { variables: { PORT: '70000' }, says: 'PORT must be a whole number' },
  { variables: { DATABASE_POOL_SIZE: '0' }, says: 'DATABASE_POOL_SIZE must be a whole number from 1' },
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
