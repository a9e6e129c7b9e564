/** Adjustments, our own mailer ids and warehouses, what is on file about vendors; charges gathered line by line. */
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Kinds1795470000000 implements MigrationInterface {
  name = 'Kinds1795470000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`CREATE TABLE "adjustment" (
      "tracking_number" text COLLATE "C" NOT NULL,
      "vendor" text COLLATE "C" NOT NULL,
      "adjustment_id" text COLLATE "C" NOT NULL,
      "assessed_day" date NOT NULL,
      "assessed_at" TIMESTAMP WITH TIME ZONE,
      "reason" text NOT NULL,
      "amount_mills" bigint NOT NULL,
      "currency" character(3) NOT NULL,
      "notified_day" date,
      "notified_at" TIMESTAMP WITH TIME ZONE,
      "dispute_id" text,
      "processing_fee_mills" bigint,
      "claimed_weight_milli_oz" integer,
      "claimed_length_milli_in" integer,
      "claimed_width_milli_in" integer,
      "claimed_height_milli_in" integer,
      "claimed_zone" smallint,
      "claimed_packaging" text,
      "claimed_service" text,
      "claimed_amount_mills" bigint,
      "assessed_weight_milli_oz" integer,
      "assessed_length_milli_in" integer,
      "assessed_width_milli_in" integer,
      "assessed_height_milli_in" integer,
      "assessed_zone" smallint,
      "assessed_packaging" text,
      "assessed_service" text,
      "assessed_amount_mills" bigint,
      "extra" jsonb,
      "import_id" character(64) NOT NULL,
      CONSTRAINT "PK_d1415616158523a2110f9a1efec" PRIMARY KEY ("tracking_number", "vendor", "adjustment_id")
    )`);
    await queryRunner.query(`CREATE INDEX "adjustment_id" ON "adjustment" ("adjustment_id")`);
    await queryRunner.query(`CREATE TABLE "mailer" (
      "mailer_id" text COLLATE "C" NOT NULL,
      "owner" text NOT NULL,
      "extra" jsonb,
      "import_id" character(64) NOT NULL,
      CONSTRAINT "PK_c4151aeb8938568e4af907a109e" PRIMARY KEY ("mailer_id")
    )`);
    await queryRunner.query(`CREATE TABLE "warehouse" (
      "zip" text COLLATE "C" NOT NULL,
      "name" text,
      "extra" jsonb,
      "import_id" character(64) NOT NULL,
      CONSTRAINT "PK_5f0a8e91cb485fa0afe6d724786" PRIMARY KEY ("zip")
    )`);
    await queryRunner.query(`CREATE TABLE "vendor" (
      "vendor" text COLLATE "C" NOT NULL,
      "legal_name" text,
      "licence_number" text,
      "licence_expires_on" date,
      "tax_id" text,
      "founded_on" date,
      "contact" text,
      "authorisation_claimed" text,
      "authorisation_checked_on" date,
      "bank_beneficiary" text,
      "decision" text,
      "extra" jsonb,
      "import_id" character(64) NOT NULL,
      CONSTRAINT "PK_94d9c0ef9341118ae708a6b4907" PRIMARY KEY ("vendor")
    )`);
    await queryRunner.query(GATHER_LINES);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(GATHER_SUMS);
    for (const table of ['vendor', 'warehouse', 'mailer', 'adjustment']) {
      await queryRunner.query(`DROP TABLE "${table}"`);
    }
  }
}

/** Digests were sums by vendor, type and currency; there are no adjustments yet. */
const GATHER_LINES = `
  UPDATE "charge_digest" d SET "digest" = c.digest FROM (
    SELECT tracking_number, jsonb_build_object('adjustments', '[]'::jsonb, 'lines', jsonb_agg(
      jsonb_build_object(
        'vendor', vendor, 'chargeKey', charge_key, 'invoiceNumber', invoice_number, 'lineNumber', line_number,
        'trackingNumber', CASE WHEN tracking_number LIKE '@%' THEN NULL ELSE tracking_number END,
        'chargeType', charge_type, 'chargeCode', charge_code, 'amountMills', amount_mills, 'currency', currency,
        'invoiceDate', invoice_date, 'periodFrom', period_from, 'periodTo', period_to, 'labelId', label_id,
        'chargedDay', charged_day, 'chargedAt', (extract(epoch FROM charged_at) * 1000)::bigint,
        'reversesLine', reverses_line, 'invoiceTotalMills', invoice_total_mills)
      ORDER BY vendor, charge_key)) AS digest
    FROM "charge" GROUP BY tracking_number) c
  WHERE c.tracking_number = d.tracking_number`;

const GATHER_SUMS = `
  UPDATE "charge_digest" d SET "digest" = c.digest FROM (
    SELECT tracking_number, jsonb_build_object('sums', jsonb_agg(
      jsonb_build_object('vendor', vendor, 'currency', currency, 'type', charge_type, 'mills', mills, 'lines', lines)
      ORDER BY vendor, currency, charge_type)) AS digest
    FROM (
      SELECT tracking_number, vendor, currency, charge_type, sum(amount_mills) AS mills, count(*) AS lines
      FROM "charge" GROUP BY tracking_number, vendor, currency, charge_type) sums
    GROUP BY tracking_number) c
  WHERE c.tracking_number = d.tracking_number`;
