/** A key pair that may sign requests. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** The key pair of a store that was given none. Not a secret. */
export const DEFAULT_CREDENTIALS: Credentials = {
  accessKeyId: 'portage-access-key',
  secretAccessKey: 'portage-secret-key',
};
