/** Refunds that came without a sign are kept below zero, as they are read now. */
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class RefundSigns1795532000000 implements MigrationInterface {
  name = 'RefundSigns1795532000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `UPDATE "charge" SET "amount_mills" = -"amount_mills" WHERE "charge_type" = 'refund' AND "amount_mills" > 0`,
    );
    await queryRunner.query(SIGN_DIGESTS);
  }

  /** Which of them had come without a sign is not known any more. */
  async down(): Promise<void> {}
}

const SIGN_DIGESTS = `
  UPDATE "charge_digest" SET "digest" = jsonb_set("digest", '{lines}', (
    SELECT jsonb_agg(
      CASE WHEN line ->> 'chargeType' = 'refund'
        THEN jsonb_set(line, '{amountMills}', to_jsonb(-abs((line ->> 'amountMills')::bigint))) ELSE line END
      ORDER BY place)
    FROM jsonb_array_elements("digest" -> 'lines') WITH ORDINALITY AS told (line, place)))
  WHERE "digest" -> 'lines' @> '[{"chargeType": "refund"}]'`;
