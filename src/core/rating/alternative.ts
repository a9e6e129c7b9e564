/** The cheapest other lawful way to send the same parcel, by published commercial prices. */
import type { Packaging, Service } from '../label/label.ts';

/** Another service or packaging, and what it would have saved against the label's own published price. */
export interface Alternative {
  service: Service;
  packaging: Packaging;
  /** Its published commercial price on the mailing day. */
  mills: number;
  /** The label's own published commercial price less that; above zero. */
  savingMills: number;
  /** Whether its published delivery time is longer than that of the service that was sold. */
  slower: boolean;
}
