/** Tells a supervisor that the process answers. */
import { Controller, Get } from '@nestjs/common';
import { Needs } from '../platform/access.ts';

@Controller('health')
@Needs('nobody')
export class HealthController {
  /** GET /health/live: the process runs and its event loop turns; says nothing of the database. */
  @Get('live')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }
}
