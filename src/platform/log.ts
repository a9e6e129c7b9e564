/** The log: one JSON line an event, with what it belongs to, without secrets; Nest's loggers end here. */
import { types } from 'node:util';
import type { LoggerService } from '@nestjs/common';
import { type Logger as Pino, pino } from 'pino';
import { isDatabaseAway } from './database-errors.ts';
import { errorCodeOf, isDomainError } from './errors.ts';
import { logFields } from './log-context.ts';
import { maskSecrets } from './log-mask.ts';
import { RareLog } from './rare-log.ts';

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug';

/** Where lines go: standard output, or what a test keeps. */
export interface LogStream {
  write: (line: string) => unknown;
}

type Level = LogLevel | 'trace';

/** Parts of Nest that tell of every class and route at each start. */
const FRAMEWORK = new Set(['NestFactory', 'InstanceLoader', 'RoutesResolver', 'RouterExplorer', 'NestApplication']);

/**
 * What `new Logger('room')` of Nest writes to. A message may be a text, an error, or an object whose `message` is the
 * text and whose other entries become fields of the line.
 */
export class Log implements LoggerService {
  private readonly pino: Pino;
  private readonly awayTicks = new RareLog((message) => this.write('warn', message, ['Scheduler']));

  constructor(options: { level: LogLevel; stream: LogStream }) {
    const { level, stream } = options;
    this.pino = pino(
      {
        level,
        base: { pid: process.pid },
        timestamp: pino.stdTimeFunctions.isoTime,
        formatters: { level: (name) => ({ level: name }) },
        serializers: { err: describeError },
        mixin: logFields,
      },
      { write: (line) => void stream.write(maskSecrets(line)) },
    );
  }

  log(message: unknown, ...rest: unknown[]): void {
    this.write(FRAMEWORK.has(String(rest.at(-1))) ? 'debug' : 'info', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    // Every tick of the schedule fails while the database is away; the jobs it rings for are looked for again later.
    if (rest.at(-1) === 'Scheduler' && isDatabaseAway(message))
      this.awayTicks.say('the schedule waits for the database');
    else this.write('error', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  /** Nest hands the name of the logger last; what stands before it is a stack, or more about the message. */
  private write(level: Level, message: unknown, rest: unknown[]): void {
    const room = rest.at(-1);
    const about = rest.slice(0, -1).filter((each) => each !== undefined);
    const fields = {
      ...(typeof room === 'string' && { room }),
      ...(about.length > 0 && { about: about.map(String).join(' ') }),
    };
    if (types.isNativeError(message)) this.pino[level]({ ...fields, err: message }, message.message);
    else if (isRecord(message)) this.writeRecord(level, message, fields);
    else this.pino[level](fields, String(message));
  }

  private writeRecord(level: Level, record: Record<string, unknown>, fields: object): void {
    const { message, ...own } = record;
    this.pino[level]({ ...fields, ...own }, typeof message === 'string' ? message : '');
  }
}

/**
 * What it is and where it came from, unless its message was written to say all; a failed query also carries its values,
 * which are people's and may be huge.
 */
function describeError(error: Error): object {
  const { type, message, stack } = pino.stdSerializers.err(error);
  const code = errorCodeOf(error);
  return { type, message, ...(code !== null && { code }), ...(!isDomainError(error) && { stack }) };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
