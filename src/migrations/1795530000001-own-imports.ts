/** The few imports of our own mailer ids and warehouses are found among any number of others. */
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class OwnImports1795530000001 implements MigrationInterface {
  name = 'OwnImports1795530000001';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`CREATE INDEX "import_own" ON "import" ("kind") WHERE kind IN ('mailers', 'warehouses')`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`DROP INDEX "import_own"`);
  }
}
