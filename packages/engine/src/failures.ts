/** What is needed once a request has failed, or nothing moves; loaded beside the page's code. */
export { afterFailure } from './after-failure.ts';
export { asksForLess } from './retry-policy.ts';
export { waitsFor } from './waits-for.ts';
