/** The first tables: imports, labels, events, charges, journeys, audit runs and findings. */
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Initial1795400244811 implements MigrationInterface {
  name = 'Initial1795400244811';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`CREATE TABLE "import" (
      "id" character(64) COLLATE "C" NOT NULL,
      "kind" text NOT NULL,
      "vendor" text,
      "file" text NOT NULL,
      "content_sha256" character(64) NOT NULL,
      "bytes" bigint NOT NULL,
      "rows" integer NOT NULL,
      "accepted" integer NOT NULL,
      "repeated" integer NOT NULL,
      "rejected" integer NOT NULL,
      "personal_dropped" integer NOT NULL,
      "imported_at" TIMESTAMP WITH TIME ZONE NOT NULL,
      CONSTRAINT "PK_4ed733f5bcc70cec27187bd90eb" PRIMARY KEY ("id")
    )`);
    await queryRunner.query(`CREATE TABLE "rejected_row" (
      "import_id" character(64) COLLATE "C" NOT NULL,
      "row" integer NOT NULL,
      "position" integer NOT NULL,
      "file" text NOT NULL,
      "field" text NOT NULL,
      "problem" text NOT NULL,
      "value" text,
      CONSTRAINT "PK_8f34f97c8c7c907b9aa10b99e5a" PRIMARY KEY ("import_id", "row", "position")
    )`);
    await queryRunner.query(`CREATE TABLE "vendor_name" (
      "folded" text COLLATE "C" NOT NULL,
      "name" text NOT NULL,
      CONSTRAINT "PK_1751180998a40ed95eaba4a91be" PRIMARY KEY ("folded")
    )`);
    await queryRunner.query(`CREATE TABLE "parcel" (
      "tracking_number" text COLLATE "C" NOT NULL,
      "revision" bigint NOT NULL,
      "events_revision" bigint NOT NULL,
      CONSTRAINT "PK_c3c45180ebbb4313e3c3ae265a2" PRIMARY KEY ("tracking_number")
    )`);
    await queryRunner.query(`CREATE TABLE "label" (
      "tracking_number" text COLLATE "C" NOT NULL,
      "vendor" text COLLATE "C" NOT NULL,
      "sale_key" text COLLATE "C" NOT NULL,
      "label_id" text,
      "tracking_raw" text NOT NULL,
      "routing_zip" text,
      "account" text,
      "upstream" text,
      "kind" text NOT NULL,
      "purchased_day" date NOT NULL,
      "purchased_at" TIMESTAMP WITH TIME ZONE,
      "printed_at" TIMESTAMP WITH TIME ZONE,
      "ship_date" date,
      "handed_over_at" TIMESTAMP WITH TIME ZONE,
      "scan_form_id" text,
      "service" text NOT NULL,
      "packaging" text,
      "rate_type" text,
      "weight_milli_oz" integer,
      "scale_weight_milli_oz" integer,
      "length_milli_in" integer,
      "width_milli_in" integer,
      "height_milli_in" integer,
      "origin_zip" text,
      "rated_origin_zip" text,
      "destination_zip" text,
      "destination_country" text NOT NULL,
      "zone" smallint,
      "currency" character(3) NOT NULL,
      "charged_mills" bigint NOT NULL,
      "postage_mills" bigint,
      "surcharges_mills" bigint,
      "insurance_fee_mills" bigint,
      "other_fees_mills" bigint,
      "declared_mills" bigint,
      "insured_mills" bigint,
      "insurance_provider" text,
      "customs_mills" bigint,
      "customs_currency" character(3),
      "extra_services" text NOT NULL,
      "order_id" text,
      "order_mills" bigint,
      "order_currency" character(3),
      "order_destination_zip" text,
      "order_parcels" integer,
      "payment_ref" text,
      "status" text NOT NULL,
      "voided_at" TIMESTAMP WITH TIME ZONE,
      "voided_by" text,
      "refund_requested_at" TIMESTAMP WITH TIME ZONE,
      "refunded_at" TIMESTAMP WITH TIME ZONE,
      "refunded_mills" bigint,
      "reference" text,
      "extra" jsonb,
      "import_id" character(64) NOT NULL,
      CONSTRAINT "PK_ecf9675881ed00829007f0b472c" PRIMARY KEY ("tracking_number", "vendor", "sale_key")
    )`);
    await queryRunner.query(`CREATE INDEX "label_order" ON "label" ("order_id") WHERE order_id IS NOT NULL`);
    await queryRunner.query(`CREATE TABLE "label_history" (
      "tracking_number" text COLLATE "C" NOT NULL,
      "vendor" text COLLATE "C" NOT NULL,
      "sale_key" text COLLATE "C" NOT NULL,
      "replaced_by" character(64) COLLATE "C" NOT NULL,
      "sequence" integer NOT NULL,
      "label" jsonb NOT NULL,
      CONSTRAINT "PK_877db03097affe38a304f8755f6" PRIMARY KEY ("tracking_number", "vendor", "sale_key", "replaced_by", "sequence")
    )`);
    await queryRunner.query(`CREATE TABLE "event" (
      "tracking_number" text COLLATE "C" NOT NULL,
      "event_time" TIMESTAMP WITH TIME ZONE NOT NULL,
      "event_hash" character(32) COLLATE "C" NOT NULL,
      "kind" text NOT NULL,
      "code" text,
      "text" text,
      "city" text,
      "state" text,
      "zip" text,
      "country" text,
      "source" text,
      "source_rank" smallint NOT NULL,
      "retrieved_at" TIMESTAMP WITH TIME ZONE,
      "outcome" text,
      "mailpiece_id" text,
      "import_id" character(64) NOT NULL,
      CONSTRAINT "PK_b0613d1eebe29cf8ca0a044b3b5" PRIMARY KEY ("tracking_number", "event_time", "event_hash")
    )`);
    await queryRunner.query(`CREATE TABLE "charge" (
      "tracking_number" text COLLATE "C" NOT NULL,
      "vendor" text COLLATE "C" NOT NULL,
      "charge_key" text COLLATE "C" NOT NULL,
      "invoice_number" text NOT NULL,
      "line_number" text,
      "charge_type" text NOT NULL,
      "charge_code" text,
      "description" text,
      "amount_mills" bigint NOT NULL,
      "currency" character(3) NOT NULL,
      "invoice_date" date,
      "period_from" date,
      "period_to" date,
      "label_id" text,
      "charged_at" TIMESTAMP WITH TIME ZONE,
      "charged_day" date,
      "reverses_line" text,
      "invoice_total_mills" bigint,
      "payee" text,
      "extra" jsonb,
      "import_id" character(64) NOT NULL,
      CONSTRAINT "PK_2281d790b76c501b4afd41085a2" PRIMARY KEY ("tracking_number", "vendor", "charge_key")
    )`);
    await queryRunner.query(`CREATE INDEX "charge_invoice" ON "charge" ("invoice_number")`);
    await queryRunner.query(`CREATE TABLE "charge_digest" (
      "tracking_number" text COLLATE "C" NOT NULL,
      "digest" jsonb NOT NULL,
      CONSTRAINT "PK_93a19aefcb2e520cd2c1bffde0e" PRIMARY KEY ("tracking_number")
    )`);
    await queryRunner.query(`CREATE TABLE "journey" (
      "tracking_number" text COLLATE "C" NOT NULL,
      "events_revision" bigint NOT NULL,
      "digest_version" integer NOT NULL,
      "digest" jsonb NOT NULL,
      CONSTRAINT "PK_d296ee07b61db6bd7cc2c9d798e" PRIMARY KEY ("tracking_number")
    )`);
    await queryRunner.query(`CREATE TABLE "run" (
      "id" character(32) COLLATE "C" NOT NULL,
      "as_of" TIMESTAMP WITH TIME ZONE NOT NULL,
      "book" character(32) NOT NULL,
      "state" text NOT NULL,
      "parcels" integer NOT NULL,
      "started_at" TIMESTAMP WITH TIME ZONE NOT NULL,
      "finished_at" TIMESTAMP WITH TIME ZONE,
      CONSTRAINT "PK_804c38ffba92002c6d2c646dd46" PRIMARY KEY ("id")
    )`);
    await queryRunner.query(`CREATE TABLE "judged" (
      "tracking_number" text COLLATE "C" NOT NULL,
      "revision" bigint NOT NULL,
      "book" character(32) NOT NULL,
      "as_of" TIMESTAMP WITH TIME ZONE NOT NULL,
      "next_review_at" TIMESTAMP WITH TIME ZONE,
      "outcomes" text array NOT NULL,
      "rated" integer NOT NULL,
      "charged_of_rated_mills" bigint NOT NULL,
      "expected_mills" bigint NOT NULL,
      CONSTRAINT "PK_880898edc8c5cc665f06e9f3e40" PRIMARY KEY ("tracking_number")
    )`);
    await queryRunner.query(`CREATE TABLE "finding" (
      "tracking_number" text COLLATE "C" NOT NULL,
      "id" character(32) COLLATE "C" NOT NULL,
      "rule" text NOT NULL,
      "rule_version" text NOT NULL,
      "data_version" text NOT NULL,
      "digest_version" integer NOT NULL,
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
      "goods_mills" bigint,
      "goods_currency" character(3),
      "message" jsonb NOT NULL,
      "next_step" jsonb NOT NULL,
      "deadline" date,
      "evidence" jsonb NOT NULL,
      "state" text NOT NULL,
      "first_seen_at" TIMESTAMP WITH TIME ZONE NOT NULL,
      "changed_at" TIMESTAMP WITH TIME ZONE NOT NULL,
      CONSTRAINT "PK_a2640a0bec6bfb2bdc391d34d95" PRIMARY KEY ("tracking_number", "id")
    )`);
    await queryRunner.query(`CREATE TABLE "finding_history" (
      "tracking_number" text COLLATE "C" NOT NULL,
      "id" character(32) COLLATE "C" NOT NULL,
      "sequence" integer NOT NULL,
      "at" TIMESTAMP WITH TIME ZONE NOT NULL,
      "state" text NOT NULL,
      "severity" text NOT NULL,
      "amount_mills" bigint,
      "reason" text NOT NULL,
      CONSTRAINT "PK_038997debc06540c12be27eec5c" PRIMARY KEY ("tracking_number", "id", "sequence")
    )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`DROP TABLE "finding_history"`);
    await queryRunner.query(`DROP TABLE "finding"`);
    await queryRunner.query(`DROP TABLE "judged"`);
    await queryRunner.query(`DROP TABLE "run"`);
    await queryRunner.query(`DROP TABLE "journey"`);
    await queryRunner.query(`DROP TABLE "charge_digest"`);
    await queryRunner.query(`DROP TABLE "charge"`);
    await queryRunner.query(`DROP TABLE "event"`);
    await queryRunner.query(`DROP TABLE "label_history"`);
    await queryRunner.query(`DROP TABLE "label"`);
    await queryRunner.query(`DROP TABLE "parcel"`);
    await queryRunner.query(`DROP TABLE "vendor_name"`);
    await queryRunner.query(`DROP TABLE "rejected_row"`);
    await queryRunner.query(`DROP TABLE "import"`);
  }
}
