import * as v from 'valibot';

/** The store does what was asked, and its reply is lost: the request is broken off instead, over HTTP/2 its stream alone. */
export interface LostReply {
  readonly kind: 'lost_reply';
}

export const lostReplySchema = v.strictObject({ kind: v.literal('lost_reply') });
