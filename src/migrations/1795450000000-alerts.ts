/** What is told at once, and the way to it among many findings. */
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Alerts1795450000000 implements MigrationInterface {
  name = 'Alerts1795450000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE "alert" (
        "tracking_number" text COLLATE "C" NOT NULL,
        "finding_id" character(32) COLLATE "C" NOT NULL,
        "rule" text NOT NULL,
        "vendor" text,
        "found_at" TIMESTAMP WITH TIME ZONE NOT NULL,
        "noted_at" TIMESTAMP WITH TIME ZONE NOT NULL,
        "batch" text COLLATE "C",
        "outcome" text,
        "settled_at" TIMESTAMP WITH TIME ZONE,
        PRIMARY KEY ("tracking_number", "finding_id")
      )`);
    await queryRunner.query(`CREATE INDEX "alert_batch" ON "alert" ("batch")`);
    await queryRunner.query(
      `CREATE INDEX "alert_waiting" ON "alert" ("found_at") WHERE outcome IS NULL OR outcome = 'filed'`,
    );
    await queryRunner.query(`CREATE INDEX "alert_settled" ON "alert" ("settled_at")`);
    await queryRunner.query(`CREATE INDEX "finding_rule_state" ON "finding" ("rule", "state")`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`DROP INDEX "finding_rule_state"`);
    await queryRunner.query(`DROP TABLE "alert"`);
  }
}
