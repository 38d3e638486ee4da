import type { FaultRule } from '@portage/mock-s3';

/**
 * A store that refuses what it has read, in words that the page may read: the file fails within a second or two. Responses that
 * no page may read are waited out for longer, which is for `hidden-answers.spec.ts` to show.
 */
export const REFUSED = {
  kind: 'error',
  status: 403,
  code: 'AccessDenied',
  headers: { 'access-control-allow-origin': '*' },
  after: 'body',
} as const satisfies FaultRule['fault'];
