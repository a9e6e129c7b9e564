/** Tells a supervisor and a load balancer whether the process lives, and whether it can work. */
import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Needs } from '../platform/access.ts';
import { type Health, HealthService, isHealthy } from '../platform/health.service.ts';

@Controller('health')
@Needs('nobody')
export class HealthController {
  constructor(@Inject(HealthService) private readonly health: HealthService) {}

  /** GET /health/live: the process runs and its event loop turns; says nothing of the database. */
  @Get('live')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** GET /health/ready: 200 when every check is "ok", else 503; a check that fails says why. */
  @Get('ready')
  async ready(
    @Res({ passthrough: true }) response: Response,
  ): Promise<{ status: 'ok' | 'unavailable'; checks: Health }> {
    const checks = await this.health.check();
    const healthy = isHealthy(checks);
    if (!healthy) response.status(503).setHeader('Retry-After', '5');
    return { status: healthy ? 'ok' : 'unavailable', checks };
  }
}
