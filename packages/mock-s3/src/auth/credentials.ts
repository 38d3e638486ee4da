import { randomBytes } from 'node:crypto';

/** A key pair that may sign requests. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** A key pair that nobody can guess: whoever reaches the port of a store must not be able to sign for it. */
export const randomCredentials = (): Credentials => ({
  accessKeyId: `MOCK${randomBytes(8).toString('hex').toUpperCase()}`,
  secretAccessKey: randomBytes(30).toString('base64url'),
});
