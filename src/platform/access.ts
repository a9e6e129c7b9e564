/** Who may call a route: every route names the least role it takes, or that it is open to all. */
import { type ExecutionContext, SetMetadata, createParamDecorator } from '@nestjs/common';
import type { Request } from 'express';

/** From the least to the most: each may do what those before it may. */
export const ROLES = ['viewer', 'auditor', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** Who a request comes from, once its key or cookie is known to be good. */
export interface Caller {
  /** Id of the access key; null where none exists yet and the call comes from this machine. */
  keyId: string | null;
  /** The name the key was given; what histories record as the author of a change. */
  name: string;
  role: Role;
}

/** A request as handlers see it; the caller is missing only on routes open to all. */
export type CalledRequest = Request & { caller?: Caller };

/** Metadata key the guard reads. */
export const ROUTE_ROLE = 'postage-auditor:role';

/** Names the least role of a route, or of every route of a controller; a route without one is refused to everybody. */
export const Needs = (role: Role | 'nobody'): ReturnType<typeof SetMetadata> => SetMetadata(ROUTE_ROLE, role);

/** The caller as a parameter of a handler; not for routes open to all, which have none. */
export const CurrentCaller = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  const { caller } = context.switchToHttp().getRequest<CalledRequest>();
  if (caller === undefined) throw new TypeError('a route open to all has no caller');
  return caller;
});

/** Whether a role may do what another one may. */
export function mayAct(role: Role, as: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(as);
}

/** The role of the name, or null where there is none of it. */
export function roleNamed(name: string): Role | null {
  return ROLES.find((role) => role === name) ?? null;
}
