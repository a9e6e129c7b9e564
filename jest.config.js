import { availableParallelism } from 'node:os';

/** @type {import('jest').Config} */
const config = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
          target: 'es2023',
        },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
  globalSetup: '<rootDir>/test/support/database-setup.ts',
  globalTeardown: '<rootDir>/test/support/database-teardown.ts',
  testTimeout: 60_000,
  // Jest leaves one core free by default; most of our files wait for a database or for processes of their own, so that one
  // file more than there are cores keeps them busy. Many at once would ask the one server for more connections than it has.
  maxWorkers: Math.min(availableParallelism() + 1, 4),
  // A test that fails may leave the process it started; the run must end all the same.
  forceExit: true,
};
export default config;
