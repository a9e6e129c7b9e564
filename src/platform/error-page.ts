/** How an error is shown to a person in a browser: the pages know, the filter that catches errors does not. */
import type { Request } from 'express';

export interface ShownError {
  /** HTTP status. */
  status: number;
  /** One sentence on what is wrong and what to do; null = the page has words of its own for the status. */
  detail: string | null;
  /** By which the log names the request; null when it has none. */
  requestId: string | null;
}

/** Provided by the module of the pages; inject it as optional where pages may be absent. */
export abstract class ErrorPage {
  /** The whole page as HTML. Must not throw for what the request holds. */
  abstract render(request: Request, error: ShownError): string;
}
