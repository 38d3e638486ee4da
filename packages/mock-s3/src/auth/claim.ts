/** How far a client's clock may be off, in milliseconds. */
export const MAX_SKEW = 15 * 60 * 1000;

/**
 * What a signed request claims about itself, from wherever it said so: the Authorization header or the query.
 * Nothing of it is verified yet.
 */
export interface Claim {
  readonly accessKeyId: string;
  readonly scope: CredentialScope;
  /** `YYYYMMDDTHHMMSSZ`. */
  readonly timestamp: string;
  /** Lower case, in the order in which they were named. */
  readonly signedHeaders: readonly string[];
  /** 64 hex digits. */
  readonly signature: string;
  /** Last line of the canonical request: a hash, or `UNSIGNED-PAYLOAD`. */
  readonly payloadHash: string;
  readonly source: { readonly kind: 'header' } | { readonly kind: 'query'; readonly expiresSeconds: number };
}

/** The day, region and service that a signing key is good for. */
export interface CredentialScope {
  /** `YYYYMMDD`. */
  readonly date: string;
  readonly region: string;
  readonly service: string;
}

/** Splits `key/date/region/service/aws4_request`; access keys may hold slashes. */
export function parseCredential(credential: string): { accessKeyId: string; scope: CredentialScope } | undefined {
  const match = /^(.+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request$/.exec(credential);
  const [, accessKeyId, date, region, service] = match ?? [];
  if (accessKeyId === undefined || date === undefined || region === undefined || service === undefined) {
    return undefined;
  }
  return { accessKeyId, scope: { date, region, service } };
}

/** Milliseconds since 1970 of `YYYYMMDDTHHMMSSZ`; `undefined` when it is not of this form. */
export function parseTimestamp(timestamp: string): number | undefined {
  const iso = timestamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z');
  const time = iso === timestamp ? Number.NaN : Date.parse(iso);
  return Number.isNaN(time) ? undefined : time;
}
