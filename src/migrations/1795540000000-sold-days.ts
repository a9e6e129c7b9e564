/** The runs of days on which labels of a vendor are known, in place of the first and the last of them. */
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class SoldDays1795540000000 implements MigrationInterface {
  name = 'SoldDays1795540000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    // Until the next audit counts the days, all between them are taken to have labels, as those who judged took them.
    await queryRunner.query(`ALTER TABLE "judged_coverage" ADD "sold" jsonb`);
    await queryRunner.query(
      `UPDATE "judged_coverage" SET "sold" = CASE WHEN "sold_from" IS NULL OR "sold_to" IS NULL THEN '[]'::jsonb
         ELSE jsonb_build_array(jsonb_build_object('from', "sold_from", 'to', "sold_to")) END`,
    );
    await queryRunner.query(`ALTER TABLE "judged_coverage" ALTER COLUMN "sold" SET NOT NULL`);
    await queryRunner.query(`ALTER TABLE "judged_coverage" DROP COLUMN "sold_from", DROP COLUMN "sold_to"`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`ALTER TABLE "judged_coverage" ADD "sold_from" date, ADD "sold_to" date`);
    await queryRunner.query(
      `UPDATE "judged_coverage" SET "sold_from" = ("sold" -> 0 ->> 'from')::date, "sold_to" = ("sold" -> -1 ->> 'to')::date`,
    );
    await queryRunner.query(`ALTER TABLE "judged_coverage" DROP COLUMN "sold"`);
  }
}
