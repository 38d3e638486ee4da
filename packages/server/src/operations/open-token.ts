import type { Renewed } from '@portage/protocol';
import type { Claims } from '../token/claims.ts';
import { invalidToken, tokenExpired } from '../token/tokens.ts';
import { type Call, factsOf, type Service } from './call.ts';

/** An upload, and a fresh token of it for the answer where the old one is over. */
interface Opened {
  upload: Claims;
  renewed: { renewed?: Renewed };
}

/**
 * The upload that a token stands for. One whose time is over is renewed: `authorize` has just let its user in again.
 * @throws UploadsError `invalid-token` also where the token is good, but of another route or another user;
 * `token-expired` where nobody is asked who it is, or the upload itself is too old.
 */
export function openToken(call: Call, token: string): Opened {
  const { service, route, context } = call;
  const claims = service.tokens.open(token);
  if (claims.route !== route.name || claims.userId !== context.userId) throw invalidToken();
  const at = service.clock();
  return at < claims.expiresAt ? { upload: claims, renewed: {} } : renew(service, claims, at);
}

function renew(service: Service, claims: Claims, at: number): Opened {
  // Of nobody in particular, whoever holds the token is its user, and its time is all that ends its use.
  if (claims.userId === '' || at >= lastMomentOf(service, claims)) throw tokenExpired();
  const upload = { ...claims, expiresAt: endOfToken(service, claims, at) };
  service.emit({ event: 'renewed', at, ...factsOf(upload) });
  return { upload, renewed: { renewed: { token: service.tokens.seal(upload), expiresIn: upload.expiresAt - at } } };
}

const lastMomentOf = ({ uploadLifetime }: Service, { createdAt }: Pick<Claims, 'createdAt'>) =>
  createdAt + uploadLifetime * 1000;

/** A day: long enough for an upload in one go, so that only those which were left alone are asked again who they are. */
const RENEWABLE_LIFETIME = 86_400;

/** When a token that is given out at a moment is over. All times in milliseconds since the epoch. */
export function endOfToken(service: Service, upload: Pick<Claims, 'createdAt' | 'userId'>, at: number): number {
  const usual = upload.userId === '' ? service.uploadLifetime : RENEWABLE_LIFETIME;
  return Math.min(at + (service.tokenLifetime ?? usual) * 1000, lastMomentOf(service, upload));
}
