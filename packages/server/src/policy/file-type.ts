import { bareType } from '@portage/protocol/formats';

const OCTET_STREAM = 'application/octet-stream';
const MEDIA_TYPE = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/;
const CHARSET = /;\s*(charset=[\w-]+)\s*(?:;|$)/i;

/** The type that the browser guessed, where it is one that a header can carry; of its parameters the charset stays. */
export function mediaType(type: string): string {
  const bare = bareType(type);
  if (!MEDIA_TYPE.test(bare)) return OCTET_STREAM;
  const charset = CHARSET.exec(type)?.[1];
  return charset === undefined ? bare : `${bare}; ${charset.toLowerCase()}`;
}
