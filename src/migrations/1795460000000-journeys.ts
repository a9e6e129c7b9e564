/** Journeys are folded again when the data they are folded by change, and those with a statement are found at once. */
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Journeys1795460000000 implements MigrationInterface {
  name = 'Journeys1795460000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `ALTER TABLE "journey" DROP COLUMN "digest_version", ADD "folded_by" text, ADD "alarming" boolean`,
    );
    // No digest was folded by nothing: each is folded again by the next audit.
    await queryRunner.query(`UPDATE "journey" SET "folded_by" = '', "alarming" = false`);
    await queryRunner.query(
      `ALTER TABLE "journey" ALTER COLUMN "folded_by" SET NOT NULL, ALTER COLUMN "alarming" SET NOT NULL`,
    );
    await queryRunner.query(`CREATE INDEX "journey_alarming" ON "journey" ("tracking_number") WHERE alarming`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`DROP INDEX "journey_alarming"`);
    await queryRunner.query(
      `ALTER TABLE "journey" DROP COLUMN "folded_by", DROP COLUMN "alarming", ADD "digest_version" integer NOT NULL DEFAULT 0`,
    );
    await queryRunner.query(`ALTER TABLE "journey" ALTER COLUMN "digest_version" DROP DEFAULT`);
  }
}
