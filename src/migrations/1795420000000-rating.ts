/** What rating leaves behind: savings by cheaper services, and how the rules about vendors answered. */
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Rating1795420000000 implements MigrationInterface {
  name = 'Rating1795420000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`CREATE TABLE "label_saving" (
        "tracking_number" text COLLATE "C" NOT NULL,
        "vendor" text COLLATE "C" NOT NULL,
        "sale_key" text COLLATE "C" NOT NULL,
        "week" date NOT NULL,
        "service" text NOT NULL,
        "packaging" text NOT NULL,
        "to_service" text NOT NULL,
        "to_packaging" text NOT NULL,
        "paid_mills" bigint NOT NULL,
        "alternative_mills" bigint NOT NULL,
        "saving_mills" bigint NOT NULL,
        "slower" boolean NOT NULL,
        CONSTRAINT "PK_c46f80cecd117d5f73c83d65192" PRIMARY KEY ("tracking_number", "vendor", "sale_key")
    )`);
    await queryRunner.query(`ALTER TABLE "run" ADD "vendor_outcomes" jsonb`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`ALTER TABLE "run" DROP COLUMN "vendor_outcomes"`);
    await queryRunner.query(`DROP TABLE "label_saving"`);
  }
}
