/** Findings that people chose not to be shown, for a reason and until a day. */
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Suppressions1795500000001 implements MigrationInterface {
  name = 'Suppressions1795500000001';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE "suppression" (
        "id" character(32) COLLATE "C" NOT NULL,
        "rule" text,
        "vendor" text,
        "tracking_number" text COLLATE "C",
        "label_id" text,
        "order_id" text,
        "expression" text,
        "reason" text NOT NULL,
        "owner" text NOT NULL,
        "created_at" TIMESTAMP WITH TIME ZONE NOT NULL,
        "created_by" text NOT NULL,
        "expires_on" date NOT NULL,
        "ended_at" TIMESTAMP WITH TIME ZONE,
        "ended_by" text,
        "end_reason" text,
        "last_hid_at" TIMESTAMP WITH TIME ZONE,
        PRIMARY KEY ("id")
      )`);
    await queryRunner.query(`ALTER TABLE "finding" ADD "meets" text array`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`ALTER TABLE "finding" DROP COLUMN "meets"`);
    await queryRunner.query(`DROP TABLE "suppression"`);
  }
}
