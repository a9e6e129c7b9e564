/** Signing in to the pages with an access key, and out again. */
import { Body, Controller, Get, Inject, Post, Query, Req, Res } from '@nestjs/common';
import type { CookieOptions, Request, Response } from 'express';
import { z } from 'zod';
import { Needs } from '../platform/access.ts';
import { pageOf } from '../platform/access-origin.ts';
import { AccessService } from '../platform/access.service.ts';
import { SESSION_COOKIE } from '../platform/access-session.ts';
import { AccessThrottle } from '../platform/access-throttle.ts';
import { Clock } from '../platform/clock.ts';
import { Config } from '../platform/config.ts';
import { localPath } from '../platform/http-paths.ts';
import { HttpProblem } from '../platform/http-problem.ts';
import { loginPage } from './login-page.ts';
import { PageRenderer } from './page.ts';

const A_KEY = 'must be an access key, as `keys create` printed it';
const signIn = z.object({ key: z.string(A_KEY).trim().max(200, A_KEY), next: z.string().optional().catch(undefined) });
const where = z.object({ next: z.string().optional().catch(undefined) });

@Controller()
@Needs('nobody')
export class LoginController {
  constructor(
    @Inject(AccessService) private readonly access: AccessService,
    @Inject(AccessThrottle) private readonly throttle: AccessThrottle,
    @Inject(Config) private readonly config: Config,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(PageRenderer) private readonly pages: PageRenderer,
  ) {}

  /** GET /login: the page on which a key is pasted. */
  @Get('login')
  ask(@Req() request: Request, @Query({ schema: where }) { next }: z.infer<typeof where>): string {
    return this.page(request, { problem: null, next });
  }

  /** POST /login: gives the browser a cookie for the key and sends it on; asks again where the key is not good. */
  @Post('login')
  async signIn(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @Body({ schema: signIn }) { key, next }: z.infer<typeof signIn>,
  ): Promise<string | undefined> {
    this.refuseForeign(request);
    const address = request.ip ?? '';
    const seconds = this.throttle.waitSeconds(address);
    if (seconds > 0) {
      response.status(429).setHeader('Retry-After', String(seconds));
      const problem = this.pages.wording(request).say('login.problem_wait', { count: seconds });
      return this.page(request, { problem, next });
    }
    const maxAge = this.config.sessionHours * 3_600_000;
    const session = await this.access.openSession(key, new Date(this.clock.now().getTime() + maxAge));
    if (session === null) {
      this.throttle.failed(address);
      response.status(401);
      return this.page(request, { problem: this.pages.wording(request).say('login.problem_key'), next });
    }
    // An age, not a date: the browser counts it by its own clock, which may not be ours.
    response.cookie(SESSION_COOKIE, session, { ...this.cookie(request), maxAge });
    response.redirect(303, localPath(next));
    return undefined;
  }

  /** POST /logout: takes the cookie back. */
  @Post('logout')
  signOut(@Req() request: Request, @Res({ passthrough: true }) response: Response): void {
    this.refuseForeign(request);
    response.clearCookie(SESSION_COOKIE, this.cookie(request));
    response.redirect(303, '/login');
  }

  private page(request: Request, { problem, next }: { problem: string | null; next: string | undefined }): string {
    return this.pages.render(
      request,
      'login',
      loginPage(this.pages.wording(request), { problem, next: localPath(next) }),
    );
  }

  /** Lax, so that a link in a mail finds its reader signed in; what changes anything asks for our own page besides. */
  private cookie(request: Request): CookieOptions {
    const secure = request.secure || this.config.publicUrl?.startsWith('https://') === true;
    return { httpOnly: true, sameSite: 'lax', path: '/', secure };
  }

  /** The page of another site could sign its visitor in with a key of its own, and read along. */
  private refuseForeign(request: Request): void {
    if (pageOf(request, this.config.publicUrl) !== 'foreign') return;
    throw new HttpProblem(403, 'signing in and out is possible from the pages of this service only');
  }
}
