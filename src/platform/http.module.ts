/** What every request passes, whatever its door: access, body, repetition, validation, and the answer to errors. */
import { Global, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE, DiscoveryModule } from '@nestjs/core';
import { AccessGuard } from './access.guard.ts';
import { HttpBodyInterceptor } from './http-body.ts';
import { HttpErrorPage } from './http-error-page.ts';
import { HttpProblemFilter } from './http-problem.filter.ts';
import { HttpRoutes } from './http-routes.ts';
import { HttpValidationPipe } from './http-validation.ts';
import { IdempotencyInterceptor } from './idempotency.interceptor.ts';

@Global()
@Module({
  imports: [DiscoveryModule],
  providers: [
    HttpRoutes,
    HttpErrorPage,
    { provide: APP_GUARD, useClass: AccessGuard },
    // In this order: a repeated request is known by its body.
    { provide: APP_INTERCEPTOR, useClass: HttpBodyInterceptor },
    { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor },
    { provide: APP_PIPE, useClass: HttpValidationPipe },
    { provide: APP_FILTER, useClass: HttpProblemFilter },
  ],
  exports: [HttpRoutes, HttpErrorPage],
})
export class HttpModule {}
