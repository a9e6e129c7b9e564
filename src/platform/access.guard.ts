/** Lets a request through when its caller may do what the route does. */
import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { type CalledRequest, type Caller, ROUTE_ROLE, type Role, mayAct } from './access.ts';
import { isFromThisMachine, isLoopbackUrl, isSafe, pageOf } from './access-origin.ts';
import { AccessService } from './access.service.ts';
import { SESSION_COOKIE, cookieNamed } from './access-session.ts';
import { Clock } from './clock.ts';
import { Config } from './config.ts';
import { HttpProblem } from './http-problem.ts';

/** Who may do everything as long as there is no key. */
const LOCAL: Caller = { keyId: null, name: 'local', role: 'admin' };
const HOW_TO_MAKE_A_KEY = 'npm run cli -- keys create --role admin --name <who it is for>';

@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(AccessService) private readonly access: AccessService,
    @Inject(Config) private readonly config: Config,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const [handler, controller] = [context.getHandler(), context.getClass()];
    const needs = this.reflector.getAllAndOverride<Role | 'nobody' | undefined>(ROUTE_ROLE, [handler, controller]);
    if (needs === undefined) {
      throw new TypeError(`${controller.name}.${handler.name} names no role: it needs @Needs(...)`);
    }
    if (needs === 'nobody') return true;
    const request = context.switchToHttp().getRequest<CalledRequest>();
    const caller = await this.identify(request);
    if (!mayAct(caller.role, needs)) {
      throw new HttpProblem(403, `this needs the role ${needs}; the key "${caller.name}" has the role ${caller.role}`);
    }
    request.caller = caller;
    return true;
  }

  /** A key in the header comes first, then the cookie of a browser, then the right of who sits at this machine. */
  private async identify(request: CalledRequest): Promise<Caller> {
    const { authorization, cookie } = request.headers;
    if (authorization !== undefined) return this.byKey(authorization);
    const session = cookieNamed(SESSION_COOKIE, cookie);
    const signedIn = session && (await this.access.callerOfSession(session, this.clock.now()));
    if (!signedIn) return this.byPlace(request);
    if (!isSafe(request.method) && pageOf(request, this.config.publicUrl) !== 'own') {
      throw new HttpProblem(403, 'a signed-in browser may change things from the pages of this service only');
    }
    return signedIn;
  }

  private async byKey(authorization: string): Promise<Caller> {
    const [, key] = /^Bearer +(\S+) *$/i.exec(authorization) ?? [];
    if (key === undefined) throw unauthorized('the header must be `Authorization: Bearer <access key>`', 'request');
    const caller = await this.access.authenticate(key);
    if (caller === null) throw unauthorized('the access key is unknown or was revoked', 'token');
    return caller;
  }

  private async byPlace(request: CalledRequest): Promise<Caller> {
    if (await this.access.anyKey()) {
      throw unauthorized('an access key is needed: send it as `Authorization: Bearer <access key>`');
    }
    const { publicUrl } = this.config;
    const isForOthers = publicUrl !== null && !isLoopbackUrl(publicUrl);
    if (isForOthers || !isFromThisMachine(request)) {
      const where = 'there is no access key yet, so only programs on the same machine are answered';
      throw unauthorized(`${where}; make one there with \`${HOW_TO_MAKE_A_KEY}\``);
    }
    if (!isSafe(request.method) && pageOf(request, publicUrl) === 'foreign') {
      throw new HttpProblem(403, 'the page of another site may not change anything here');
    }
    return LOCAL;
  }
}

/** RFC 6750: why a key was refused stands in the challenge; nothing does where none was sent. */
function unauthorized(detail: string, wrong?: 'request' | 'token'): HttpProblem {
  const challenge = wrong === undefined ? 'Bearer' : `Bearer error="invalid_${wrong}"`;
  return new HttpProblem(401, detail, { headers: { 'WWW-Authenticate': challenge } });
}
