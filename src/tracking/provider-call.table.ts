/** Every call made of a provider, written down before it is made, and when a provider is let rest. */
import { EntitySchema } from 'typeorm';

/** One call; it is forgotten once no window of the quota holds it any more. */
export interface ProviderCallRow {
  /** usps | 17track */
  provider: string;
  /** When it was allowed to begin; no two of a provider begin at one instant. */
  calledAt: Date;
  /** The last instant at which it can have been noticed there: when the answer came; until then, when it will be given up. */
  overAt: Date;
  /** What it was for, in a word, such as "token". */
  purpose: string;
}

export const ProviderCallTable = new EntitySchema<ProviderCallRow>({
  name: 'provider_call',
  columns: {
    provider: { type: 'text', primary: true, collation: 'C' },
    calledAt: { name: 'called_at', type: 'timestamptz', primary: true },
    overAt: { name: 'over_at', type: 'timestamptz' },
    purpose: { type: 'text' },
  },
});

/** Why a provider is not called for a while; one row a provider that was ever in trouble. */
export interface ProviderRestRow {
  provider: string;
  until: Date;
  /** In words. */
  why: string;
  /** Questions in a row that came to nothing; 0 = the last was answered. */
  faults: number;
}

export const ProviderRestTable = new EntitySchema<ProviderRestRow>({
  name: 'provider_rest',
  columns: {
    provider: { type: 'text', primary: true, collation: 'C' },
    until: { type: 'timestamptz' },
    why: { type: 'text' },
    faults: { type: 'integer' },
  },
});
