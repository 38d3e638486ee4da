import type { Renewed } from '@portage/protocol';
import { UploadsError } from '../errors.ts';
import { checkFile } from '../policy/check-file.ts';
import { allowedRegions } from '../regions/at-home.ts';
import type { Claims } from '../token/claims.ts';
import { invalidToken, tokenExpired } from '../token/tokens.ts';
import { type Call, factsOf, prefixOf, type Service } from './call.ts';

/** An upload, and a fresh token of it for the response where the old one is over. */
interface Opened {
  upload: Claims;
  renewed: { renewed?: Renewed };
}

/**
 * The upload that a token stands for. One whose time is over is renewed: `authorize` has just let its user in again. What
 * the route allows is asked again on each call, since it may have changed meanwhile.
 * @throws UploadsError `invalid-token` also where the token is good, but of another route, another user, another server or
 * another place; `place-refused` where its user may no longer write there; `too-large`, `too-small` or `type-refused` where
 * the route takes no such file any more; `token-expired` where nobody is asked who it is, or the upload itself is too old.
 */
export function openToken(call: Call, token: string): Opened {
  const { service, route } = call;
  const claims = claimsOf(call, token);
  if (claims.key.slice(0, claims.prefixLength) !== prefixOf(call)) throw placeRefused();
  if (call.region !== undefined && !allowedRegions(call).includes(call.region)) throw placeRefused();
  checkFile(claims, route.policy);
  const at = service.clock();
  return at < claims.expiresAt ? { upload: claims, renewed: {} } : renew(call, claims, at);
}

/**
 * The upload that a token stands for, to be ended. That frees what it holds, so neither its age nor what the route allows
 * today matters.
 * @throws UploadsError `invalid-token`.
 */
export function openToEnd(call: Call, token: string): Claims {
  return claimsOf(call, token);
}

function claimsOf({ service, route, context }: Call, token: string): Claims {
  const claims = service.tokens.open(token, route.storage.place);
  if (claims.route !== route.name || claims.userId !== context.userId) throw invalidToken();
  return claims;
}

function renew(call: Call, claims: Claims, at: number): Opened {
  const { service, route } = call;
  // Of nobody in particular, whoever holds the token is its user, and its time is all that ends its use.
  if (claims.userId === '' || at >= lastMomentOf(service, claims)) throw tokenExpired();
  const upload = { ...claims, expiresAt: endOfToken(service, claims, at) };
  service.emit({ event: 'renewed', at, ...factsOf(call, upload) });
  const fresh = service.tokens.seal(upload, route.storage.place);
  return { upload, renewed: { renewed: { token: fresh, expiresIn: upload.expiresAt - at } } };
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

const placeRefused = () =>
  new UploadsError({
    code: 'place-refused',
    message: 'You may no longer save files in the place where this upload goes.',
    hint: 'Remove the file from the list and add it again.',
  });
