import type { FilePolicy } from '../policy/check-file.ts';
import type { Identity, Route } from '../route.ts';
import type { Storage } from '../storage.ts';
import type { Claims } from '../token/claims.ts';
import { invalidToken, type Tokens } from '../token/tokens.ts';

/** What does not change from call to call. */
export interface Service {
  storage: Storage;
  tokens: Tokens;
  /** Milliseconds since the epoch. */
  clock: () => number;
  /** Fills an array with random bytes. */
  random: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array;
  /** Life of a signed request in seconds. */
  urlLifetime: number;
  /** Life of a token in seconds. */
  tokenLifetime: number;
}

/** A route with its defaults filled in. */
export interface ResolvedRoute {
  name: string;
  prefix: string;
  maxFiles: number;
  policy: FilePolicy;
  hooks: Pick<Route, 'authorize' | 'key' | 'metadata' | 'onComplete'>;
}

/** One call of somebody who may use the route. */
export interface Call {
  service: Service;
  route: ResolvedRoute;
  context: Identity;
}

/** @throws UploadsError `invalid-token` also where the token is good, but of another route or another user. */
export function openToken({ service, route, context }: Call, token: string): Claims {
  const claims = service.tokens.open(token, service.clock());
  if (claims.route !== route.name || claims.userId !== context.userId) throw invalidToken();
  return claims;
}
