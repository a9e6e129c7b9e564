/** Errors as pages, in the frame of all pages and in the reader's language. */
import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { ErrorPage, type ShownError } from '../platform/error-page.ts';
import { PageRenderer } from './page.ts';

@Injectable()
export class PageErrors extends ErrorPage {
  constructor(@Inject(PageRenderer) private readonly pages: PageRenderer) {
    super();
  }

  /** The page of a status; one without words of its own is a fault of the request or of ours. */
  render(request: Request, { status, detail, requestId }: ShownError): string {
    const wording = this.pages.wording(request);
    const family = status < 500 ? 400 : 500;
    const say = (name: string, fallback: string): string =>
      wording.say(wording.knows(`error.${name}`) ? `error.${name}` : `error.${fallback}`);
    return this.pages.render(request, 'error', {
      title: say(`title_${status}`, `title_${family}`),
      detail: detail ?? say(`detail_${status}`, `detail_${family}`),
      requestId,
    });
  }
}
