/** Gives every room and door the access keys and the memory of answers already given. */
import { Global, Module } from '@nestjs/common';
import { AccessService } from './access.service.ts';
import { AccessThrottle } from './access-throttle.ts';
import { Idempotency } from './idempotency.service.ts';

@Global()
@Module({
  providers: [AccessService, AccessThrottle, Idempotency],
  exports: [AccessService, AccessThrottle, Idempotency],
})
export class AccessModule {}
