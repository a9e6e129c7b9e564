/** Tells a supervisor that the process answers. */
import { Controller, Get } from '@nestjs/common';

@Controller('health')
export class HealthController {
  /** GET /health/live: the process runs and its event loop turns; says nothing of the database. */
  @Get('live')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }
}
