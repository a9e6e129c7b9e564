/** What was pushed to us and what was answered, as it came. */
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Tracking1795430000000 implements MigrationInterface {
  name = 'Tracking1795430000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE "webhook_delivery" (
        "provider" text COLLATE "C" NOT NULL,
        "body_sha256" character(64) COLLATE "C" NOT NULL,
        "body" bytea NOT NULL,
        "received_at" TIMESTAMP WITH TIME ZONE NOT NULL,
        "state" text NOT NULL,
        "problem" text,
        "processed_at" TIMESTAMP WITH TIME ZONE,
        PRIMARY KEY ("provider", "body_sha256")
      )`);
    await queryRunner.query(
      `CREATE INDEX "webhook_delivery_waiting" ON "webhook_delivery" ("received_at") WHERE state = 'waiting'`,
    );
    await queryRunner.query(`
      CREATE TABLE "webhook_parcel" (
        "tracking_number" text COLLATE "C" NOT NULL,
        "provider" text COLLATE "C" NOT NULL,
        "body_sha256" character(64) COLLATE "C" NOT NULL,
        PRIMARY KEY ("tracking_number", "provider", "body_sha256")
      )`);
    await queryRunner.query(`
      CREATE TABLE "carrier_answer" (
        "tracking_number" text COLLATE "C" NOT NULL,
        "provider" text COLLATE "C" NOT NULL,
        "asked_at" TIMESTAMP WITH TIME ZONE NOT NULL,
        "http_status" integer,
        "outcome" text NOT NULL,
        "body_sha256" character(64),
        PRIMARY KEY ("tracking_number", "provider", "asked_at")
      )`);
    await queryRunner.query(`
      CREATE TABLE "answer_body" (
        "sha256" character(64) COLLATE "C" NOT NULL,
        "bytes" bytea NOT NULL,
        PRIMARY KEY ("sha256")
      )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of ['answer_body', 'carrier_answer', 'webhook_parcel', 'webhook_delivery']) {
      await queryRunner.query(`DROP TABLE "${table}"`);
    }
  }
}
