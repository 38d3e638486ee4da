/** What follows failures, and what is told while nothing moves; loaded beside the page's code. */
export * from '@portage/engine/failures';
export { isAsked as isHeld } from './asks.ts';
