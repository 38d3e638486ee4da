import { UploadsError } from '../errors.ts';
import { platformDigests } from '../platform-digests.ts';
import { fromBase64Url, toBase64Url } from './base64url.ts';
import type { Claims } from './claims.ts';

/**
 * Changes with the shape of {@link Claims}. Under the seal too: a token of another version is refused, never misread. One of an
 * upload whose parts are unequal has a version of its own, which older servers do not know: they would take them for equal.
 */
const VERSION = 3;
const VERSION_OF_UNEQUAL = 4;

/** Shortest secret, in characters. HMAC-SHA-256 is as strong as 32 random bytes. */
const MIN_SECRET_LENGTH = 32;

/** Seals and opens what a token says. */
export interface Tokens<C = Claims> {
  /**
   * A token is `base64url(JSON).hex(HMAC-SHA-256)`: signed, not encrypted, so nothing secret goes into it.
   * @param place That of the storage; it is not in the token, but under its seal.
   */
  seal(claims: C, place: string): string;
  /**
   * What was sealed, also where its time is over: see `openToken`.
   * @throws UploadsError `invalid-token`, also for a token of another server or another place.
   */
  open(token: string, place: string): C;
}

/**
 * @param secrets The first one seals, every one opens: put a new one first, drop the old one when its tokens are over.
 * @param server What tells this server from others that have the same secret.
 * @throws TypeError when there is none, or one is too short.
 */
export function createTokens<C = Claims>(secrets: readonly string[], server: readonly string[]): Tokens<C> {
  if (secrets.length === 0 || secrets.some((secret) => secret.length < MIN_SECRET_LENGTH))
    throw new TypeError(
      `\`secret\` must have at least ${MIN_SECRET_LENGTH} characters; make one with \`openssl rand -hex 32\`.`,
    );
  const digests = platformDigests();
  const macs = secrets.map((secret) => digests.hmac(new TextEncoder().encode(secret)));
  const [sealing] = macs;
  // As JSON, so that no two lists of names are the same text.
  const sealed = (version: number, payload: string, place: string) =>
    `${JSON.stringify([version, ...server, place])} ${payload}`;

  return {
    seal(claims, place) {
      const payload = toBase64Url(JSON.stringify(claims));
      const isUnequal = 'lanes' in (claims as object);
      return `${payload}.${sealing?.(sealed(isUnequal ? VERSION_OF_UNEQUAL : VERSION, payload, place))}`;
    },
    open(token, place) {
      const dot = token.indexOf('.');
      const payload = token.slice(0, dot);
      const mac = token.slice(dot + 1);
      const texts = [VERSION, VERSION_OF_UNEQUAL].map((version) => sealed(version, payload, place));
      // The text is compared, not what it decodes to: of two spellings of one MAC only ours is good.
      if (dot < 0 || !macs.some((sign) => texts.some((text) => equalInConstantTime(sign(text), mac))))
        throw invalidToken();
      return JSON.parse(fromBase64Url(payload)) as C;
    },
  };
}

/** How long it takes does not tell how much of the text is right. */
function equalInConstantTime(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let i = 0; i < a.length; i++) difference |= a.charCodeAt(i) ^ b.charCodeAt(i);
  return difference === 0;
}

/** Also for a good token in the wrong hands: whoever tries must not learn which of the two it was. */
export const invalidToken = () =>
  new UploadsError({
    code: 'invalid-token',
    message: 'This upload was not started here, or its token was changed.',
    hint: 'Start the upload of this file again.',
  });

export const tokenExpired = () =>
  new UploadsError({
    code: 'token-expired',
    message: 'This upload was started too long ago to go on.',
    hint: 'Start the upload of this file again.',
  });
