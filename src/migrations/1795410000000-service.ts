/** What the running service keeps: access keys, answers to repeat, uploads, reports, mails. */
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What core/finding/order-key.ts makes of a finding, for those found before it was kept. */
const ORDER_KEY = `array_position(ARRAY['critical', 'high', 'medium', 'low', 'info'], "severity") - 1
    || CASE WHEN "amount_mills" IS NULL THEN '1'
       ELSE '0' || "currency" || lpad((1000000000000000 - "amount_mills")::text, 16, '0') END || "id"`;

export class Service1795410000000 implements MigrationInterface {
  name = 'Service1795410000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`CREATE TABLE "access_key" (
        "id" text COLLATE "C" NOT NULL,
        "name" text NOT NULL,
        "role" text NOT NULL,
        "secret_sha256" character(64) NOT NULL,
        "created_at" TIMESTAMP WITH TIME ZONE NOT NULL,
        "revoked_at" TIMESTAMP WITH TIME ZONE,
        CONSTRAINT "PK_8bff331b150893bb5833f6e5675" PRIMARY KEY ("id")
    )`);
    await queryRunner.query(`CREATE TABLE "idempotency" (
        "key" text COLLATE "C" NOT NULL,
        "caller" text COLLATE "C" NOT NULL,
        "request_sha256" character(64) NOT NULL,
        "status" smallint,
        "body" text,
        "location" text,
        "created_at" TIMESTAMP WITH TIME ZONE NOT NULL,
        CONSTRAINT "PK_3127718741b469bccf36bce473b" PRIMARY KEY ("key", "caller")
    )`);
    await queryRunner.query(`CREATE INDEX "idempotency_created" ON "idempotency" ("created_at")`);
    await queryRunner.query(`CREATE TABLE "upload" (
        "id" character(32) COLLATE "C" NOT NULL,
        "kind" text,
        "vendor" text,
        "file" text NOT NULL,
        "bytes" bigint NOT NULL,
        "content_sha256" character(64) NOT NULL,
        "received_at" TIMESTAMP WITH TIME ZONE NOT NULL,
        "received_by" text NOT NULL,
        "state" text NOT NULL,
        "attempts" integer NOT NULL,
        "bytes_read" bigint NOT NULL,
        "rows_read" integer NOT NULL,
        "problem" text,
        "import_id" character(64),
        "result" jsonb,
        "finished_at" TIMESTAMP WITH TIME ZONE,
        CONSTRAINT "PK_1fe8db121b3de4ddfa677fc51f3" PRIMARY KEY ("id")
    )`);
    await queryRunner.query(`CREATE INDEX "upload_received" ON "upload" ("received_at", "id")`);
    await queryRunner.query(`CREATE INDEX "upload_import" ON "upload" ("import_id")`);
    await queryRunner.query(`CREATE INDEX "import_imported" ON "import" ("imported_at", "id")`);
    await queryRunner.query(`CREATE TABLE "upload_chunk" (
        "upload_id" character(32) COLLATE "C" NOT NULL,
        "position" integer NOT NULL,
        "content" bytea NOT NULL,
        CONSTRAINT "PK_1b581e49a004bd27167b84cfbf8" PRIMARY KEY ("upload_id", "position")
    )`);
    await queryRunner.query(`CREATE TABLE "report" (
        "day" date NOT NULL,
        "edition" character(16) COLLATE "C" NOT NULL,
        "as_of" TIMESTAMP WITH TIME ZONE NOT NULL,
        "made_at" TIMESTAMP WITH TIME ZONE NOT NULL,
        "locale" text NOT NULL,
        "time_zone" text NOT NULL,
        "severity" text,
        "view" jsonb NOT NULL,
        "changes" jsonb NOT NULL,
        "checks" jsonb NOT NULL,
        CONSTRAINT "PK_11f249294aad1910c4872a82269" PRIMARY KEY ("day", "edition")
    )`);
    await queryRunner.query(`CREATE TABLE "report_file" (
        "day" date NOT NULL,
        "edition" character(16) COLLATE "C" NOT NULL,
        "name" text COLLATE "C" NOT NULL,
        "content" bytea NOT NULL,
        CONSTRAINT "PK_2b2193855977ad2e17503308679" PRIMARY KEY ("day", "edition", "name")
    )`);
    await queryRunner.query(`CREATE TABLE "reported_finding" (
        "id" character(32) COLLATE "C" NOT NULL,
        "first_day" date NOT NULL,
        CONSTRAINT "PK_c1d706a7b4e5869c0a842205ac1" PRIMARY KEY ("id")
    )`);
    await queryRunner.query(`CREATE TABLE "reported_import" (
        "id" character(64) COLLATE "C" NOT NULL,
        "first_day" date NOT NULL,
        CONSTRAINT "PK_ef54f0b231994b3cb84c04064dd" PRIMARY KEY ("id")
    )`);
    await queryRunner.query(`CREATE TABLE "mail" (
        "id" character(32) COLLATE "C" NOT NULL,
        "kind" text NOT NULL,
        "about" text NOT NULL,
        "message_id" text NOT NULL,
        "subject" text NOT NULL,
        "recipients" text array NOT NULL,
        "accepted" text array NOT NULL,
        "refused" text array NOT NULL,
        "raw" bytea NOT NULL,
        "state" text NOT NULL,
        "problem" text,
        "attempts" integer NOT NULL,
        "created_at" TIMESTAMP WITH TIME ZONE NOT NULL,
        "next_try_at" TIMESTAMP WITH TIME ZONE NOT NULL,
        "sent_at" TIMESTAMP WITH TIME ZONE,
        CONSTRAINT "PK_5407da42b983ba54c6c62d462d3" PRIMARY KEY ("id")
    )`);
    await queryRunner.query(`ALTER TABLE "run"
    ADD "problem" text`);
    await queryRunner.query(`ALTER TABLE "finding_history"
    ADD "by" text`);
    await queryRunner.query(`ALTER TABLE "finding_history"
    ADD "note" text`);
    await queryRunner.query(`ALTER TABLE "run"
    ADD "later_rows" jsonb`);
    await queryRunner.query(`ALTER TABLE "finding"
    ADD "order_key" text COLLATE "C"`);
    await queryRunner.query(`UPDATE "finding" SET "order_key" = ${ORDER_KEY}`);
    await queryRunner.query(`ALTER TABLE "finding" ALTER COLUMN "order_key" SET NOT NULL`);
    await queryRunner.query(`CREATE INDEX "finding_order" ON "finding" ("order_key")`);
    await queryRunner.query(`CREATE INDEX "finding_id" ON "finding" ("id")`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`DROP INDEX "public"."finding_id"`);
    await queryRunner.query(`DROP INDEX "public"."finding_order"`);
    await queryRunner.query(`ALTER TABLE "finding" DROP COLUMN "order_key"`);
    await queryRunner.query(`ALTER TABLE "run" DROP COLUMN "later_rows"`);
    await queryRunner.query(`ALTER TABLE "finding_history" DROP COLUMN "note"`);
    await queryRunner.query(`ALTER TABLE "finding_history" DROP COLUMN "by"`);
    await queryRunner.query(`ALTER TABLE "run" DROP COLUMN "problem"`);
    await queryRunner.query(`DROP TABLE "mail"`);
    await queryRunner.query(`DROP TABLE "reported_import"`);
    await queryRunner.query(`DROP TABLE "reported_finding"`);
    await queryRunner.query(`DROP TABLE "report_file"`);
    await queryRunner.query(`DROP TABLE "report"`);
    await queryRunner.query(`DROP TABLE "upload_chunk"`);
    await queryRunner.query(`DROP INDEX "public"."import_imported"`);
    await queryRunner.query(`DROP INDEX "public"."upload_import"`);
    await queryRunner.query(`DROP INDEX "public"."upload_received"`);
    await queryRunner.query(`DROP TABLE "upload"`);
    await queryRunner.query(`DROP INDEX "public"."idempotency_created"`);
    await queryRunner.query(`DROP TABLE "idempotency"`);
    await queryRunner.query(`DROP TABLE "access_key"`);
  }
}
