/** Asking carriers: what is to be asked when, the calls made, and whose parcels are asked about more often. */
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Polling1795440000000 implements MigrationInterface {
  name = 'Polling1795440000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE "poll" (
        "tracking_number" text COLLATE "C" NOT NULL,
        "provider" text COLLATE "C" NOT NULL,
        "next_at" TIMESTAMP WITH TIME ZONE,
        "priority" smallint NOT NULL,
        "registered_at" TIMESTAMP WITH TIME ZONE,
        "last_asked_at" TIMESTAMP WITH TIME ZONE,
        "last_outcome" text,
        "failures" integer NOT NULL,
        "told_sha256" character(64),
        "undated_sha256" character(64),
        PRIMARY KEY ("tracking_number", "provider")
      )`);
    await queryRunner.query(
      `CREATE INDEX "poll_due" ON "poll" ("provider", "priority", "next_at") WHERE next_at IS NOT NULL`,
    );
    await queryRunner.query(`
      CREATE TABLE "suspected_vendor" (
        "vendor" text COLLATE "C" NOT NULL,
        "since" TIMESTAMP WITH TIME ZONE NOT NULL,
        PRIMARY KEY ("vendor")
      )`);
    await queryRunner.query(`
      CREATE TABLE "provider_call" (
        "provider" text COLLATE "C" NOT NULL,
        "called_at" TIMESTAMP WITH TIME ZONE NOT NULL,
        "over_at" TIMESTAMP WITH TIME ZONE NOT NULL,
        "purpose" text NOT NULL,
        PRIMARY KEY ("provider", "called_at")
      )`);
    await queryRunner.query(`
      CREATE TABLE "provider_rest" (
        "provider" text COLLATE "C" NOT NULL,
        "until" TIMESTAMP WITH TIME ZONE NOT NULL,
        "why" text NOT NULL,
        "faults" integer NOT NULL,
        PRIMARY KEY ("provider")
      )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of ['provider_rest', 'provider_call', 'suspected_vendor', 'poll']) {
      await queryRunner.query(`DROP TABLE "${table}"`);
    }
  }
}
