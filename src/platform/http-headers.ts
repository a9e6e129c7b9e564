/** The headers every answer carries: nothing from elsewhere is loaded, framed, sniffed or kept. */
import type { Response } from 'express';
import helmet from 'helmet';

type Handler = ReturnType<typeof helmet>;

/** Sets them; HSTS only where people reach the service by https. */
export function securityHeaders(publicUrl: string | null): Handler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'script-src': ["'self'"],
        'style-src': ["'self'"],
        'img-src': ["'self'"],
        'font-src': ["'self'"],
        'connect-src': ["'self'"],
        'form-action': ["'self'"],
        'frame-ancestors': ["'none'"],
        'base-uri': ["'none'"],
      },
    },
    strictTransportSecurity: publicUrl?.startsWith('https://') === true,
    // Not no-referrer: with it browsers send `Origin: null` with our own forms, and we could not tell them from others.
    referrerPolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
  });
}

/** For a report sent as the file it is: its styles stand in it, and it may do nothing else. */
export function sandboxReport(response: Response): void {
  const policy = ['sandbox', "default-src 'none'", "style-src 'unsafe-inline'", 'img-src data:'];
  const frames = ["base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"];
  response.setHeader('Content-Security-Policy', [...policy, ...frames].join('; '));
}

/** Answers hold a firm's figures: nobody between may keep them. A route whose answer may be kept says so itself. */
export function keepNothing(_request: unknown, response: Response, next: () => void): void {
  response.setHeader('Cache-Control', 'no-store');
  next();
}
