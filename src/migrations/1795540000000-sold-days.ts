/** The runs of days on which labels of a vendor are known, in place of the first and the last of them. */
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class SoldDays1795540000000 implements MigrationInterface {
  name = 'SoldDays1795540000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    // The next audit sees that they differ from none, and judges anew what depends on them.
    await queryRunner.query(`ALTER TABLE "judged_coverage" ADD "sold" jsonb NOT NULL DEFAULT '[]'`);
    await queryRunner.query(`ALTER TABLE "judged_coverage" ALTER COLUMN "sold" DROP DEFAULT`);
    await queryRunner.query(`ALTER TABLE "judged_coverage" DROP COLUMN "sold_from", DROP COLUMN "sold_to"`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`ALTER TABLE "judged_coverage" ADD "sold_from" date, ADD "sold_to" date`);
    await queryRunner.query(`ALTER TABLE "judged_coverage" DROP COLUMN "sold"`);
  }
}
