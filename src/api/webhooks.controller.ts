/** Where senders of webhooks tell of parcels: what proves who sent it is stored before the answer, everything else refused. */
import { Controller, HttpCode, Inject, Logger, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { PROVIDERS, type Provider } from '../core/mapping/providers/provider.ts';
import { Needs } from '../platform/access.ts';
import { Config } from '../platform/config.ts';
import { readWhole } from '../platform/http-body-read.ts';
import { TakesStream } from '../platform/http-body.ts';
import { HttpProblem } from '../platform/http-problem.ts';
import { Metrics } from '../platform/metrics.ts';
import { RareLog } from '../platform/rare-log.ts';
import { isSameSecret, isSignedByEasyPost, isSignedByTrack17, isSignedByUsps } from '../tracking/webhook-signature.ts';
import { WebhookService } from '../tracking/webhook.service.ts';

/** Greatest delivery. Known ones have a few thousand bytes, those with many events some ten thousand. */
const MOST_BYTES = 1024 * 1024;

/** What a delivery must show to be taken. */
interface Proof {
  /** The setting that says what is right. */
  setting: string;
  /** Its value; null = not set, and nothing is right. */
  expected: string | null;
  shown: string | undefined;
}

/** A proof that has to fit the body. */
interface Signature extends Proof {
  fits: (body: Buffer, shown: string, expected: string) => boolean;
}

export interface DeliveryAnswer {
  accepted: true;
  /** It had come before. */
  repeated: boolean;
}

@Controller(['api/v1/webhooks', 'webhooks'])
@Needs('nobody')
@TakesStream()
export class WebhooksController {
  private readonly logger = new Logger('webhooks');
  private readonly refusals = new Map(
    PROVIDERS.map((provider) => [
      provider,
      new RareLog((why, held) =>
        this.logger.warn(
          `a delivery of ${provider} was refused: ${why}${held === 0 ? '' : `; ${held} before it as well`}`,
        ),
      ),
    ]),
  );

  constructor(
    @Inject(WebhookService) private readonly webhooks: WebhookService,
    @Inject(Config) private readonly config: Config,
    @Inject(Metrics) private readonly metrics: Metrics,
  ) {}

  /** POST /api/v1/webhooks/17track */
  @Post('17track')
  @HttpCode(200)
  track17(@Req() request: Request): Promise<DeliveryAnswer> {
    const { key: expected } = this.config.track17;
    const shown = headerOf(request, 'sign');
    return this.take('17track', request, { setting: 'TRACK17_KEY', expected, shown, fits: isSignedByTrack17 });
  }

  /** POST /api/v1/webhooks/easypost */
  @Post('easypost')
  @HttpCode(200)
  easypost(@Req() request: Request): Promise<DeliveryAnswer> {
    const { easypost: expected } = this.config.webhookSecrets;
    const shown = headerOf(request, 'x-hmac-signature');
    const setting = 'EASYPOST_WEBHOOK_SECRET';
    return this.take('easypost', request, { setting, expected, shown, fits: isSignedByEasyPost });
  }

  /** POST /api/v1/webhooks/shippo/:secret */
  @Post('shippo/:secret')
  @HttpCode(200)
  async shippo(@Req() request: Request, @Param('secret') shown: string): Promise<DeliveryAnswer> {
    const { shippo: expected } = this.config.webhookSecrets;
    this.checkSecret('shippo', { setting: 'SHIPPO_WEBHOOK_SECRET', expected, shown });
    return this.take('shippo', request, null);
  }

  /** POST /api/v1/webhooks/usps/:secret */
  @Post('usps/:secret')
  @HttpCode(200)
  async usps(@Req() request: Request, @Param('secret') shown: string): Promise<DeliveryAnswer> {
    const { usps, uspsHmac } = this.config.webhookSecrets;
    this.checkSecret('usps', { setting: 'USPS_WEBHOOK_SECRET', expected: usps, shown });
    const signature = {
      setting: 'USPS_WEBHOOK_HMAC_SECRET',
      expected: uspsHmac,
      shown: headerOf(request, 'x-hmac'),
      fits: isSignedByUsps,
    };
    return this.take('usps', request, uspsHmac === null ? null : signature);
  }

  /** Before the body is read: who has no secret to show has nothing to say. */
  private checkSecret(provider: Provider, { setting, expected, shown }: Proof): void {
    if (expected === null) throw this.refusal(provider, `${setting} is not set`);
    if (!isSameSecret(shown ?? '', expected)) throw this.refusal(provider, `the address does not end with ${setting}`);
  }

  private async take(provider: Provider, request: Request, signature: Signature | null): Promise<DeliveryAnswer> {
    const check = signature === null ? null : this.checkOf(provider, signature);
    const body = await readWhole(request, MOST_BYTES);
    check?.(body);
    const outcome = await this.webhooks.accept({ provider, body });
    this.metrics.delivery({ provider, outcome });
    return { accepted: true, repeated: outcome === 'repeated' };
  }

  /** What is to be asked of the body. Throws where no body could be right. */
  private checkOf(provider: Provider, { setting, expected, shown, fits }: Signature): (body: Buffer) => void {
    if (expected === null) throw this.refusal(provider, `${setting} is not set`);
    if (shown === undefined) throw this.refusal(provider, 'it is not signed');
    return (body) => {
      if (!fits(body, shown, expected)) throw this.refusal(provider, `its signature does not fit ${setting}`);
    };
  }

  /** The sender, whoever it is, is told the same whatever is wrong; the log tells the operator. */
  private refusal(provider: Provider, why: string): HttpProblem {
    this.metrics.delivery({ provider, outcome: 'refused' });
    this.refusals.get(provider)?.say(why);
    return new HttpProblem(
      401,
      'the delivery does not prove who sent it: see the settings and the log of this service',
      {
        headers: { 'WWW-Authenticate': 'Webhook' },
      },
    );
  }
}

function headerOf({ headers }: Request, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
}
