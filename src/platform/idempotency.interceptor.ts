/** Gives every POST and PATCH of the interface for programs its Idempotency-Key; a streamed one asks `Idempotency` itself. */
import { createHash } from 'node:crypto';
import { type CallHandler, type ExecutionContext, Inject, Injectable, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Response } from 'express';
import { type Observable, from, lastValueFrom } from 'rxjs';
import type { CalledRequest } from './access.ts';
import { bodySha256Of, isStreamed } from './http-body.ts';
import { HttpProblem } from './http-problem.ts';
import { Idempotency, type KeyedRequest, REPLAYED, type RepeatableAnswer } from './idempotency.service.ts';

const KEY = /^[\x21-\x7e]{1,255}$/;

/** The request by its key and what it asks, or null without a key. Throws an HttpProblem 400 for a key that is none. */
export function keyedRequest(request: CalledRequest, bodySha256: string): KeyedRequest | null {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return null;
  if (typeof key !== 'string' || !KEY.test(key)) {
    throw new HttpProblem(400, 'Idempotency-Key must be 1 to 255 visible ASCII characters without spaces');
  }
  const asked = `${request.method} ${request.originalUrl} ${bodySha256}`;
  const requestSha256 = createHash('sha256').update(asked).digest('hex');
  return { key, caller: request.caller?.keyId ?? '-', requestSha256 };
}

/** Sets status and headers of the answer; answers the body to send. */
export function applyAnswer(response: Response, answer: RepeatableAnswer): string | undefined {
  response.status(answer.status);
  if (answer.location !== null) response.setHeader('Location', answer.location);
  if (answer.replayed) response.setHeader(REPLAYED, 'true');
  if (answer.body === null) return undefined;
  response.type('application/json');
  return answer.body;
}

@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(Idempotency) private readonly idempotency: Idempotency,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<CalledRequest>();
    const isOurs = ['POST', 'PATCH'].includes(request.method) && request.path.startsWith('/api/');
    if (!isOurs || isStreamed(this.reflector, context)) return next.handle();
    const keyed = keyedRequest(request, bodySha256Of(request));
    return keyed === null ? next.handle() : from(this.answer(keyed, next, http.getResponse<Response>()));
  }

  private async answer(keyed: KeyedRequest, next: CallHandler, response: Response): Promise<string | undefined> {
    const answer = await this.idempotency.once(keyed, async () => {
      const value: unknown = await lastValueFrom(next.handle(), { defaultValue: undefined });
      const body = value === undefined || value === null ? null : JSON.stringify(value);
      const location = response.getHeader('location');
      return { status: response.statusCode, body, location: typeof location === 'string' ? location : null };
    });
    return applyAnswer(response, answer);
  }
}
