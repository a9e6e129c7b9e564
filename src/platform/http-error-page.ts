/** The page a person gets when something went wrong; the pages of the service put theirs in its place. */
import { Injectable } from '@nestjs/common';
import type { CalledRequest } from './access.ts';
import type { ProblemDocument } from './http-problem.ts';

/** Makes the whole page. */
export type RenderErrorPage = (request: CalledRequest, problem: ProblemDocument) => string;

@Injectable()
export class HttpErrorPage {
  private renderer: RenderErrorPage = plainPage;

  /** Has error pages rendered this way from now on. */
  use(renderer: RenderErrorPage): void {
    this.renderer = renderer;
  }

  /** The page; a renderer that fails itself must not hide what went wrong before. */
  render(request: CalledRequest, problem: ProblemDocument): string {
    try {
      return this.renderer(request, problem);
    } catch {
      return plainPage(request, problem);
    }
  }
}

function plainPage(_request: CalledRequest, { status, title, detail, requestId }: ProblemDocument): string {
  const lines = [`${status} ${title}`, detail, requestId].map(escaped);
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${lines[0]}</title><h1>${lines[0]}</h1><p>${lines[1]}</p><p>${lines[2]}</p></html>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
