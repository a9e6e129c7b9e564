/** What others publish and what we judge by, read once at start, checked and frozen. */
import type { BarcodeData } from '../core/barcode/data.ts';
import type { TrackingCodes } from '../core/journey/codes.ts';
import type { Spellings } from '../core/label/spelling.ts';
import type { Terms } from '../core/ledger/terms.ts';
import type { BoundTest } from '../core/mapping/delivery-terms.ts';
import type { Published } from '../core/mapping/providers/published.ts';
import type { RateTables } from '../core/rating/tables.ts';
import type { Rule, RuleBook } from '../core/rules/rule.ts';
import type { Calendar } from '../core/units/calendar.ts';
import type { Day } from '../core/units/day.ts';
import { sha256Hex } from '../platform/hash.ts';
import { loadAccessClosedOn } from './access.ts';
import { loadBarcodeData } from './barcode.ts';
import { loadCalendar } from './calendar.ts';
import { type OwnFolders, hashData, hashTrackingData } from './data-version.ts';
import { loadDeliveryTerms } from './delivery-terms.ts';
import { loadPublished } from './provider-errors.ts';
import { type Providers, loadProviders } from './providers.ts';
import { loadRateTables } from './rating.ts';
import { loadRules } from './rules.ts';
import { loadSpellings } from './spellings.ts';
import { loadTerms } from './terms.ts';
import { loadTrackingCodes } from './tracking.ts';

/** Injected by its class; there is one a process. */
export class Catalog {
  readonly rating: RateTables;
  readonly barcodes: BarcodeData;
  readonly tracking: TrackingCodes;
  /** Days on which the carrier closed its tracking to everybody. */
  readonly accessClosedOn: readonly Day[];
  /** Whom we can ask about parcels, and how often. */
  readonly providers: Providers;
  /** For the readers of what providers of tracking send. */
  readonly published: Published;
  readonly calendar: Calendar;
  readonly spellings: Spellings;
  /** Whether the further columns of a label's row bind its parcel to its service. */
  readonly isBound: BoundTest;
  /** What is published about insurance and refunds. */
  readonly terms: Terms;
  readonly rules: RuleBook;
  /** Those that are tried out: judged beside the book in force, for the report's section about them alone. */
  readonly shadowRules: readonly Rule[];
  /** Hash over data/ and the user's own folders. */
  readonly dataVersion: string;
  /** Hash over what journeys are folded by. */
  readonly trackingVersion: string;

  /**
   * Reads `data/` and `rules/` below the root, and the user's own folders where there are any; throws an error that
   * names file and line of the first fault.
   */
  constructor(root: string, own: Partial<OwnFolders> = {}) {
    this.rating = loadRateTables(root, own);
    this.barcodes = loadBarcodeData(root);
    this.tracking = loadTrackingCodes(root, this.rating.zones);
    this.accessClosedOn = loadAccessClosedOn(root);
    this.providers = loadProviders(root);
    this.published = loadPublished(root, this.tracking);
    this.calendar = loadCalendar(root);
    this.spellings = loadSpellings(root);
    this.isBound = loadDeliveryTerms(root);
    this.terms = loadTerms(root);
    const { book, shadows } = loadRules(root, sha256Hex);
    this.rules = book;
    this.shadowRules = shadows;
    this.dataVersion = hashData(root, own);
    this.trackingVersion = hashTrackingData(root);
    Object.freeze(this);
  }
}
