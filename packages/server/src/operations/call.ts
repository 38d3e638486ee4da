import type { UploadsError } from '../errors.ts';
import type { UploadEvent, UploadFacts } from '../observe/events.ts';
import type { FilePolicy } from '../policy/check-file.ts';
import type { Identity, Route } from '../route.ts';
import type { Storage } from '../storage.ts';
import type { Claims } from '../token/claims.ts';
import { invalidToken, type Tokens } from '../token/tokens.ts';

/** What does not change from call to call. */
export interface Service {
  tokens: Tokens;
  /** Milliseconds since the epoch. */
  clock: () => number;
  /** Fills an array with random bytes. */
  random: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array;
  /** In lower-case hex. */
  sha256: (text: string) => string;
  /** Life of a signed request in seconds. */
  urlLifetime: number;
  /** Life of a token in seconds. */
  tokenLifetime: number;
  /** Tells all who listen; never throws. */
  emit: (event: UploadEvent) => void;
}

/** A route with its defaults filled in. */
export interface ResolvedRoute {
  name: string;
  storage: Storage;
  prefix: Route['prefix'];
  maxFiles: number;
  partSize: number | undefined;
  overwrite: boolean;
  policy: FilePolicy;
  hooks: Pick<Route, 'authorize' | 'quota' | 'key' | 'metadata' | 'onCreate' | 'onComplete'>;
}

/** One call of somebody who may use the route. */
export interface Call {
  service: Service;
  route: ResolvedRoute;
  context: Identity;
  /** Notes that one file was refused or failed; the call goes on. */
  refused: (error: UploadsError) => void;
}

/** @throws UploadsError `invalid-token` also where the token is good, but of another route or another user. */
export function openToken({ service, route, context }: Call, token: string): Claims {
  const claims = service.tokens.open(token, service.clock());
  if (claims.route !== route.name || claims.userId !== context.userId) throw invalidToken();
  return claims;
}

/** An upload as events tell of it. */
export const factsOf = ({ route, userId, id, key, name, size, type }: Claims): UploadFacts => ({
  route,
  userId,
  id,
  key,
  displayName: name,
  size,
  type,
});
