/** All that the server knows about an upload. It travels in the token, so no server needs a database to go on. */
export type Claims = ClaimsOfAny & (SingleClaims | MultipartClaims);

interface ClaimsOfAny {
  route: string;
  /** Empty where the route has no `authorize`. */
  userId: string;
  /** Names the upload; kept with the object too, so that a finished object can be told from another at its key. */
  id: string;
  key: string;
  /** In bytes, as agreed on when the upload was created. */
  size: number;
  /** MIME type. */
  type: string;
  /** The file's name as the person saw it, cleaned and cut. */
  name: string;
  /** In milliseconds since the epoch. */
  createdAt: number;
  /** In milliseconds since the epoch. */
  expiresAt: number;
}

interface SingleClaims {
  kind: 'single';
  /** The route's own metadata, needed to sign the request again. */
  metadata: Readonly<Record<string, string>>;
}

interface MultipartClaims {
  kind: 'multipart';
  uploadId: string;
  /** In bytes. */
  partSize: number;
}
