/** Turns arrays away while too many wait, before their bodies are read: guards come before all that reads. */
import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { ArrayService } from '../ingest/array.service.ts';

@Injectable()
export class ArraysGuard implements CanActivate {
  constructor(@Inject(ArrayService) private readonly arrays: ArrayService) {}

  /** Throws a BusyError, which is answered as 503 with Retry-After. */
  canActivate(context: ExecutionContext): true {
    const { headers } = context.switchToHttp().getRequest<Request>();
    this.arrays.refuseWhenFull(Number(headers['content-length'] ?? 0) || 1);
    return true;
  }
}
