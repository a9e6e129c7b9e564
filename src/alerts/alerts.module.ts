/** Wires the outbox and what is worth telling whom. */
import { Module } from '@nestjs/common';

@Module({})
export class AlertsModule {}
