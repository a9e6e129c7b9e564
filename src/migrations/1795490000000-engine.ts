/** Findings keep the facts they were made from, and every version of a rule that judged is kept. */
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Engine1795490000000 implements MigrationInterface {
  name = 'Engine1795490000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `CREATE TABLE "rule_version" ("version" text COLLATE "C" NOT NULL, "rule" text NOT NULL, "content" text NOT NULL, "facts" jsonb NOT NULL, "first_seen_at" TIMESTAMP WITH TIME ZONE NOT NULL, CONSTRAINT "PK_rule_version" PRIMARY KEY ("version"))`,
    );
    await queryRunner.query(`ALTER TABLE "finding" ADD "facts" jsonb`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`ALTER TABLE "finding" DROP COLUMN "facts"`);
    await queryRunner.query(`DROP TABLE "rule_version"`);
  }
}
