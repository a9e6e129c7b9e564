/** What every log line of a request or a job says about it, without being handed through each call. */
import { AsyncLocalStorage } from 'node:async_hooks';

/** Names of the fields: what a line belongs to. */
export interface LogFields {
  requestId?: string;
  job?: string;
  jobId?: string;
  runId?: string;
}

const storage = new AsyncLocalStorage<LogFields>();

/** Does the work; every log line written meanwhile carries the fields, beside those set around it. */
export function withLogFields<T>(fields: LogFields, work: () => T): T {
  return storage.run({ ...storage.getStore(), ...fields }, work);
}

/** The fields in force here; empty outside of requests and jobs. */
export function logFields(): LogFields {
  return storage.getStore() ?? {};
}
