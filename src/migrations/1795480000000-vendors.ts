/** What each purchase tells of its vendor's prices stands beside its judgement, and answers of sources are found by their time. */
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Vendors1795480000000 implements MigrationInterface {
  name = 'Vendors1795480000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    // What was judged before learns it by being judged again, since new rules make another book.
    await queryRunner.query(
      `ALTER TABLE "judged" ADD "sold_by" text, ADD "zone" smallint, ADD "weight_cell" smallint, ADD "scale_cell" smallint,
        ADD "compared_mills" bigint, ADD "published_mills" bigint, ADD "seen_by_carrier" boolean NOT NULL DEFAULT false`,
    );
    await queryRunner.query(`ALTER TABLE "judged" ALTER COLUMN "seen_by_carrier" DROP DEFAULT`);
    await queryRunner.query(`CREATE INDEX "event_answer" ON "event" ("retrieved_at") WHERE outcome IS NOT NULL`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`DROP INDEX "event_answer"`);
    await queryRunner.query(
      `ALTER TABLE "judged" DROP COLUMN "sold_by", DROP COLUMN "zone", DROP COLUMN "weight_cell", DROP COLUMN "scale_cell",
        DROP COLUMN "compared_mills", DROP COLUMN "published_mills", DROP COLUMN "seen_by_carrier"`,
    );
  }
}
