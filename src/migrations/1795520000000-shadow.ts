/** What rules that are tried out would have found, apart from findings. */
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Shadow1795520000000 implements MigrationInterface {
  name = 'Shadow1795520000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE "shadow_finding" (
        "tracking_number" text COLLATE "C" NOT NULL,
        "id" character(32) COLLATE "C" NOT NULL,
        "rule" text NOT NULL,
        "rule_version" text NOT NULL,
        "severity" text NOT NULL,
        "verdict" text NOT NULL,
        "attribution" text NOT NULL,
        "confidence" text NOT NULL,
        "subject" text NOT NULL,
        "vendor" text,
        "sale_key" text,
        "label_id" text,
        "amount_mills" bigint,
        "currency" character(3),
        "amount_kind" text,
        "message" jsonb NOT NULL,
        "deadline" date,
        "evidence" jsonb NOT NULL,
        "facts" jsonb NOT NULL,
        PRIMARY KEY ("tracking_number", "id")
      )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`DROP TABLE "shadow_finding"`);
  }
}
