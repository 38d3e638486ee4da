/** The options that tell backends and their users apart. */
export interface ScopeOptions {
  readonly endpoint?: string;
  readonly route?: string;
  readonly s3Endpoint?: string;
  readonly companionEndpoint?: string;
  readonly id?: string;
  readonly user?: string | undefined;
}

/** Which backend, and which of its users, a record belongs to. */
export function scopeOf({ endpoint, route, s3Endpoint, companionEndpoint, id, user }: ScopeOptions): string {
  const backend =
    endpoint === undefined
      ? (s3Endpoint ?? companionEndpoint ?? id ?? 'PortageS3')
      : `${new URL(endpoint, location.href).href} ${route ?? 'files'}`;
  return user === undefined ? backend : `${backend} ${user}`;
}
