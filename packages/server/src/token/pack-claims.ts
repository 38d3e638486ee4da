/** An object in which small files travel together, until each is taken out. */
export interface PackClaims {
  readonly route: string;
  /** Empty where the route has no `authorize`. */
  readonly userId: string;
  readonly key: string;
  readonly uploadId: string;
  /** In bytes. */
  readonly size: number;
  /** In milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** Not a key of any upload: those are hex digits after `~pending/`. */
export const packPrefix = (prefix: string) => `${prefix}~pending/pack-`;
