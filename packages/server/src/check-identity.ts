import { RefusedError } from './errors.ts';
import type { Identity } from './route.ts';

/** Longer ones would make tokens that are too long to send. */
const MAX_USER_ID = 256;

/** Somebody, by a name that fits into a token. @throws RefusedError where it is nobody; TypeError where the name is none. */
export function checkIdentity(context: Identity | null | undefined | false): Identity {
  if (!context) throw new RefusedError();
  const { userId } = context;
  // Without a name, one would be taken for everybody else without a name.
  if (typeof userId !== 'string' || userId === '' || userId.length > MAX_USER_ID)
    throw new TypeError(
      `\`authorize\` must return a userId of 1 to ${MAX_USER_ID} characters. Where nobody has one, write \`anonymous: true\`.`,
    );
  return context;
}
