/** Who may call a route: every route names the least role it takes, or that it is open to all. */
import { SetMetadata } from '@nestjs/common';

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

/** Metadata key the guard reads. */
export const ROUTE_ROLE = 'postage-auditor:role';

/** Names the least role of a route, or of every route of a controller; a route without one is refused to everybody. */
export const Needs = (role: Role | 'nobody'): ReturnType<typeof SetMetadata> => SetMetadata(ROUTE_ROLE, role);

/** Whether a role may do what another one may. */
export function mayAct(role: Role, as: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(as);
}
