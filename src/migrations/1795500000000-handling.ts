/** What people keep about a finding beside its state, and a history that nobody rewrites. */
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Handling1795500000000 implements MigrationInterface {
  name = 'Handling1795500000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `ALTER TABLE "finding" ADD "assignee" text, ADD "own_deadline" date, ADD "dispute_reference" text,
        ADD "recovered_mills" bigint, ADD "recovered_currency" character(3)`,
    );
    await queryRunner.query(`CREATE INDEX "finding_assignee" ON "finding" ("assignee") WHERE assignee IS NOT NULL`);
    await queryRunner.query(`ALTER TABLE "finding_history" ADD "changes" jsonb`);
    // A cluster takes no triggers on its tables, so what may not happen is not granted. A superuser may all the same.
    await queryRunner.query(`REVOKE UPDATE, DELETE, TRUNCATE ON "finding_history" FROM CURRENT_USER, PUBLIC`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`GRANT UPDATE, DELETE, TRUNCATE ON "finding_history" TO CURRENT_USER`);
    await queryRunner.query(`ALTER TABLE "finding_history" DROP COLUMN "changes"`);
    await queryRunner.query(`DROP INDEX "finding_assignee"`);
    await queryRunner.query(
      `ALTER TABLE "finding" DROP COLUMN "assignee", DROP COLUMN "own_deadline", DROP COLUMN "dispute_reference",
        DROP COLUMN "recovered_mills", DROP COLUMN "recovered_currency"`,
    );
  }
}
