/** What the next run judges anew whatever the time is told apart from when time alone may change a judgement. */
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Review1795530000000 implements MigrationInterface {
  name = 'Review1795530000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`ALTER TABLE "judged" ADD "due_next_run" boolean NOT NULL DEFAULT false`);
    // Until now the time of the judgement itself stood for it; the time it hid is known when it is judged again.
    await queryRunner.query(
      `UPDATE "judged" SET "due_next_run" = true, "next_review_at" = NULL WHERE "next_review_at" <= "as_of"`,
    );
    await queryRunner.query(`ALTER TABLE "judged" ALTER COLUMN "due_next_run" DROP DEFAULT`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`UPDATE "judged" SET "next_review_at" = "as_of" WHERE "due_next_run"`);
    await queryRunner.query(`ALTER TABLE "judged" DROP COLUMN "due_next_run"`);
  }
}
