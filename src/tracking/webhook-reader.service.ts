/** Reads what a delivery tells, as whoever sent it writes. */
import { Inject, Injectable, Logger } from '@nestjs/common';
import { Catalog } from '../catalog/catalog.ts';
import { readEasyPostPush } from '../core/mapping/providers/easypost.ts';
import type { Provider } from '../core/mapping/providers/provider.ts';
import type { Published } from '../core/mapping/providers/published.ts';
import { readShippoPush } from '../core/mapping/providers/shippo.ts';
import { readTrack17Push } from '../core/mapping/providers/track17.ts';
import { readUspsPush } from '../core/mapping/providers/usps-push.ts';
import type { ToldParcel } from '../core/mapping/told.ts';
import { type Result, bad } from '../core/units/result.ts';

type Reader = (body: string, published: Published) => Result<ToldParcel[]>;

/** A line a provider. */
const READERS: Readonly<Record<Provider, Reader>> = {
  '17track': readTrack17Push,
  easypost: readEasyPostPush,
  shippo: readShippoPush,
  usps: readUspsPush,
};

/** What stands for the problem of a delivery that this program stumbles over. */
export const OUR_FAULT = 'could not be taken for a fault of this program, whose log says which';

@Injectable()
export class WebhookReader {
  private readonly logger = new Logger('webhooks');

  constructor(@Inject(Catalog) private readonly catalog: Catalog) {}

  /** The parcels told of, or why the body cannot be read. Bytes that are no UTF-8 are no reason not to read the rest. */
  read({ provider, body }: { provider: Provider; body: Buffer }): Result<ToldParcel[]> {
    try {
      return READERS[provider](body.toString('utf8'), this.catalog.published);
    } catch (error) {
      this.logger.error(error);
      return bad('body', OUR_FAULT);
    }
  }
}
