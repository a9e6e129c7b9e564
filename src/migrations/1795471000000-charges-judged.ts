/** How rules about charges and invoices answered, and the coverage of vendors that parcels were judged by. */
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ChargesJudged1795471000000 implements MigrationInterface {
  name = 'ChargesJudged1795471000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`ALTER TABLE "judged" ADD "charge_outcomes" text array NOT NULL DEFAULT '{}'`);
    await queryRunner.query(`ALTER TABLE "judged" ALTER COLUMN "charge_outcomes" DROP DEFAULT`);
    await queryRunner.query(
      `CREATE INDEX "judged_without_label" ON "judged" ("tracking_number") WHERE cardinality(outcomes) = 0`,
    );
    await queryRunner.query(`ALTER TABLE "run" ADD "invoice_outcomes" jsonb`);
    await queryRunner.query(`CREATE TABLE "judged_coverage" (
      "vendor" text COLLATE "C" NOT NULL,
      "invoiced" jsonb NOT NULL,
      "currencies" text array NOT NULL,
      "sold_from" date,
      "sold_to" date,
      CONSTRAINT "PK_judged_coverage" PRIMARY KEY ("vendor")
    )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`DROP TABLE "judged_coverage"`);
    await queryRunner.query(`ALTER TABLE "run" DROP COLUMN "invoice_outcomes"`);
    await queryRunner.query(`DROP INDEX "judged_without_label"`);
    await queryRunner.query(`ALTER TABLE "judged" DROP COLUMN "charge_outcomes"`);
  }
}
