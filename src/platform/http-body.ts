/** Reads the body of a request, once its caller is known to be allowed: JSON or a small form, whole and within a limit. */
import { createHash } from 'node:crypto';
import {
  type CallHandler,
  type ExecutionContext,
  Inject,
  Injectable,
  type NestInterceptor,
  SetMetadata,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { type Observable, from, switchMap } from 'rxjs';
import { Config } from './config.ts';
import { type BodyKind, kindOfBody, parseBody } from './http-body-parse.ts';
import { readWhole } from './http-body-read.ts';

const STREAMED = 'postage-auditor:streamed';

/** A route that reads its body itself, as a stream of any size and kind. */
export const TakesStream = (): ReturnType<typeof SetMetadata> => SetMetadata(STREAMED, true);

const FORM_LIMIT_BYTES = 64 * 1024;

const hashes = new WeakMap<Request, string>();
const EMPTY_SHA256 = createHash('sha256').digest('hex');

/** Hex of SHA-256 over the raw bytes of the body that was read; that of nothing where there was none. */
export function bodySha256Of(request: Request): string {
  return hashes.get(request) ?? EMPTY_SHA256;
}

/** Whether the route reads its body itself. */
export function isStreamed(reflector: Reflector, context: ExecutionContext): boolean {
  return (
    reflector.getAllAndOverride<boolean | undefined>(STREAMED, [context.getHandler(), context.getClass()]) ?? false
  );
}

/** In place of the usual parsers, which run before anyone has asked who is calling. */
@Injectable()
export class HttpBodyInterceptor implements NestInterceptor {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(Config) private readonly config: Config,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<Request>();
    if (!hasBody(request) || isStreamed(this.reflector, context)) return next.handle();
    const kind = kindOfBody(request);
    return from(this.read(request, kind)).pipe(switchMap(() => next.handle()));
  }

  private async read(request: Request, kind: BodyKind): Promise<void> {
    const bytes = await readWhole(request, kind === 'form' ? FORM_LIMIT_BYTES : this.config.bodyLimitBytes);
    hashes.set(request, createHash('sha256').update(bytes).digest('hex'));
    request.body = parseBody(kind, bytes);
  }
}

function hasBody({ headers }: Request): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}
