/** Access keys: shown once when made, kept only as a hash. */
import { EntitySchema } from 'typeorm';

export interface AccessKeyRow {
  /** Names the key in logs and histories; the part of the key that is no secret. */
  id: string;
  name: string;
  /** viewer | auditor | admin */
  role: string;
  /** Hex of SHA-256 over the secret part, which is 256 random bits and needs no slow hash. */
  secretSha256: string;
  createdAt: Date;
  /** Set = the key opens nothing any more. */
  revokedAt: Date | null;
}

export const AccessKeyTable = new EntitySchema<AccessKeyRow>({
  name: 'access_key',
  columns: {
    id: { type: 'text', primary: true, collation: 'C' },
    name: { type: 'text' },
    role: { type: 'text' },
    secretSha256: { name: 'secret_sha256', type: 'char', length: 64 },
    createdAt: { name: 'created_at', type: 'timestamptz' },
    revokedAt: { name: 'revoked_at', type: 'timestamptz', nullable: true },
  },
});
