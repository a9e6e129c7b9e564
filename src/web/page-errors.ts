/** Errors as pages, in the frame of all pages and in the reader's language. */
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { CalledRequest } from '../platform/access.ts';
import { HttpErrorPage } from '../platform/http-error-page.ts';
import type { ProblemDocument } from '../platform/http-problem.ts';
import { PageRenderer } from './page.ts';

@Injectable()
export class PageErrors implements OnModuleInit {
  constructor(
    @Inject(HttpErrorPage) private readonly errorPage: HttpErrorPage,
    @Inject(PageRenderer) private readonly pages: PageRenderer,
  ) {}

  onModuleInit(): void {
    this.errorPage.use((request, problem) => this.render(request, problem));
  }

  /** A status without a title of its own is a fault of the request or of ours. */
  private render(request: CalledRequest, { status, detail, requestId }: ProblemDocument): string {
    const { wording } = this.pages.words(request);
    const key = `error.title_${status}`;
    const title = wording.say(wording.knows(key) ? key : `error.title_${status < 500 ? 400 : 500}`);
    return this.pages.render(request, 'error', { title, detail: asSentence(detail), requestId });
  }
}

/** Errors are worded to stand behind the name of a program; on a page they stand alone. */
function asSentence(text: string): string {
  const sentence = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}
